import { createHmac } from "node:crypto";
import { z } from "zod";
import { addressIn } from "../intake/record/mailbox.ts";
import { QUESTION } from "../intake/record/split-answers.ts";
import { jstDate } from "../period.ts";
import type { RawVoice } from "../schema/raw-voice.ts";

/** Shorter words (特になし) are said by many on one day: they need the minute. In letters and digits. */
const TELLING_LETTERS = 20;

type Marked = Pick<
  RawVoice,
  "sourceId" | "receivedAt" | "receivedPrecision" | "verbatim" | "attributes" | "contacts"
>;

/**
 * What a voice is known by when it comes again as another source's. One thing that two voices may share by chance is
 * never enough: an innocent voice that stays out unseen is worse than a forgotten one that comes back. Keyed, so that
 * nobody without home's key can try out who was forgotten; what sources write differently (width, blanks, signs,
 * seconds) makes no difference.
 *
 * @returns 32 hex digits each
 */
export function marksOf(voice: Marked, identityKey: Buffer): string[] {
  const day = jstDate(new Date(voice.receivedAt));
  const minute = minuteOf(voice);
  const words = folded(voice.verbatim);
  const { number, answered } = numberOf(voice);
  const contacts = (voice.contacts ?? []).flatMap(reaching);
  const names: unknown[][] = [];
  if (words.length >= TELLING_LETTERS) names.push(["words", day, words]);
  if (number !== "") {
    if (words !== "") names.push(["id", day, number, "words", words]);
    names.push(...contacts.map((contact) => ["id", day, number, "contact", contact, ...answered]));
  }
  if (minute !== undefined) {
    if (words !== "") names.push(["words", minute, words]);
    if (number !== "") names.push(["id", minute, number, ...answered]);
    names.push(...contacts.map((contact) => ["contact", minute, contact, ...answered]));
  }
  return names.map((name) => markOf(identityKey, name));
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
const JST_MINUTES = 9 * 60;

/** Midnight is what a system writes that has the day alone. */
function minuteOf({ receivedAt, receivedPrecision }: Marked): number | undefined {
  const exact = new Date(receivedAt).getTime() / MINUTE_MS;
  const isDay = receivedPrecision === "date" || (exact + JST_MINUTES) % DAY_MINUTES === 0;
  return isDay ? undefined : Math.floor(exact);
}

type Numbered = {
  readonly number: string;
  /** Of an answer its question: respondents may want one answer forgotten, and the others are of that number and minute, too. */
  readonly answered: readonly string[];
};

/** Of an answer the respondent's: with the same words it is known whatever other sources call the question. */
function numberOf({ sourceId = "", attributes }: Marked): Numbered {
  const parts = partsOf(sourceId);
  const question = attributes[QUESTION];
  const isAnswer = parts.length > 1 && parts.at(-1) === question;
  const number = folded((isAnswer ? parts.slice(0, -1) : parts).join(" "));
  return {
    number: number.replace(/^0+(?=\d+$)/, ""),
    answered: isAnswer && question !== undefined ? ["question", folded(question)] : [],
  };
}

/** An id of several columns is a list in JSON. */
function partsOf(sourceId: string): readonly string[] {
  if (!sourceId.startsWith("[")) return [sourceId];
  try {
    return z.array(z.string()).parse(JSON.parse(sourceId));
  } catch {
    return [sourceId];
  }
}

/** Letters and digits: what a spreadsheet, a form and a mail leave as it is. */
export function folded(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, "");
}

/** @returns the mail address or telephone number in its one spelling; nothing of what many share */
function reaching(contact: string): string[] {
  const plain = contact.normalize("NFKC").toLowerCase();
  const address = addressIn(plain);
  if (address !== undefined) return SHARED_ADDRESS.test(address) ? [] : [address];
  const phone = phoneIn(plain);
  return phone === undefined || SHARED_PHONE.test(phone) ? [] : [phone];
}

const SHARED_ADDRESS = /^(?:no-?reply|do-?not-?reply|info|support|webmaster|mailer-daemon)@/;
/** Free and switched numbers are a desk's; eight times the same digit is what is typed for none. */
const SHARED_PHONE = /^0(?:120|800|570)|(\d)\1{7}$/;

/** @param plain after NFKC @returns its digits as they are dialled at home; nothing of what is no telephone number */
export function phoneIn(plain: string): string | undefined {
  // 「090-1234-5678(携帯)」, and no 「03-1234(5678)」.
  const written = plain.replace(/\([^()]*\p{L}[^()]*\)\s*$/u, "").replaceAll("ー", "-");
  if (/\p{L}/u.test(written)) return undefined;
  const digits = written.replace(/\D/g, "");
  // +81 90…, +81 (0)90…, and 90… of a spreadsheet that took it for a count.
  const national = digits.replace(/^81(?=0?\d{9,10}$)/, "").replace(/^(?=[1-9]\d{8,9}$)/, "0");
  return /^0\d{9,10}$/.test(national) ? national : undefined;
}

function markOf(identityKey: Buffer, name: readonly unknown[]): string {
  const text = JSON.stringify(["forgotten", ...name]);
  return createHmac("sha256", identityKey).update(text).digest("hex").slice(0, 32);
}
