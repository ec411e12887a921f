import { createHmac } from "node:crypto";
import { jstDate } from "../period.ts";
import type { RawVoice } from "../schema/raw-voice.ts";

/** Shorter words (特になし) are said by many on one day: they need the minute. In letters and digits. */
const TELLING_LETTERS = 20;

type Marked = Pick<
  RawVoice,
  "sourceId" | "receivedAt" | "receivedPrecision" | "verbatim" | "known"
>;

/**
 * What a voice is known by when it comes again as another source's: its number, its words, and whom it is of, each with
 * its time. Keyed, so that nobody without home's key can try out who was forgotten; what sources write differently
 * (width, blanks, signs, seconds) makes no difference.
 *
 * @returns 32 hex digits each
 */
export function marksOf(voice: Marked, identityKey: Buffer): string[] {
  const { sourceId, receivedAt, receivedPrecision, verbatim, known = [] } = voice;
  const instant = new Date(receivedAt);
  const day = jstDate(instant);
  const minute =
    receivedPrecision === "instant" ? Math.floor(instant.getTime() / MINUTE_MS) : undefined;
  const words = folded(verbatim);
  const names: unknown[][] = [];
  if (words.length >= TELLING_LETTERS) names.push(["words", day, words]);
  if (minute !== undefined && words !== "") names.push(["words", minute, words]);
  const number = folded(sourceId ?? "").replace(/^0+(?=\d+$)/, "");
  if (isRunning(number)) {
    // 1 to n on the same day: two sources have that by chance.
    names.push(minute === undefined ? ["id", day, number, words] : ["id", minute, number]);
  } else if (number !== "") names.push(["id", day, number]);
  if (minute !== undefined) names.push(...reaching(known).map((value) => ["known", minute, value]));
  return names.map((name) => markOf(identityKey, name));
}

const MINUTE_MS = 60_000;

function isRunning(number: string): boolean {
  return /^\d{1,6}$/.test(number);
}

/** Letters and digits: what a spreadsheet, a form and a mail leave as it is. */
function folded(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, "");
}

/** Telephone numbers and mail addresses: a name may be the clerk's. */
function reaching(known: readonly string[]): string[] {
  return known.flatMap((value) => {
    // ー is what a Japanese keyboard gives for the hyphen of 090-1234-5678.
    const plain = value.normalize("NFKC").toLowerCase().replaceAll("ー", "-");
    const digits = plain.replace(/[^\d]/g, "");
    if (!/\p{L}/u.test(plain) && digits.length >= SHORTEST_PHONE) return [digits];
    return plain.includes("@") ? [plain.trim()] : [];
  });
}

const SHORTEST_PHONE = 9;

function markOf(identityKey: Buffer, name: readonly unknown[]): string {
  const text = JSON.stringify(["forgotten", ...name]);
  return createHmac("sha256", identityKey).update(text).digest("hex").slice(0, 32);
}
