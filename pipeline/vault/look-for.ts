import { createHmac } from "node:crypto";
import { toKatakana, VARIANTS } from "../../models/name-lists.ts";
import { customerKeysOf } from "../intake/record/identify-voice.ts";
import { phoneIn } from "./marks-of.ts";
import type { SealedContent } from "./seal-record.ts";

/** What somebody looks for: a name, a telephone number, a mail address or any other word, as he wrote it. */
export type Wanted = {
  readonly written: string;
  /** Letters and digits that a record has to hold. */
  readonly sought: string;
  /** Where it holds them. */
  readonly pattern: RegExp;
};

/** @returns undefined of what stands in almost every record: a single letter, three digits */
export function wantedOf(written: string): Wanted | undefined {
  const phone = phoneIn(written.normalize("NFKC"));
  // Without the 0 that +81 and spreadsheets leave out.
  const sought = phone?.slice(1) ?? spelled(written).replaceAll(PART, "");
  const fewest = /^\d*$/.test(sought) ? FEWEST_DIGITS : FEWEST_LETTERS;
  if ([...sought].length < fewest) return undefined;
  const before = /^\d/.test(sought) ? `(?<!\\d)${phone === undefined ? "" : DIALLED_BEFORE}` : "";
  const after = /\d$/.test(sought) ? "(?!\\d)" : "";
  const parted = sought.replace(/(?<=\d)(?=\d)/g, `${PART}?`);
  return { written, sought, pattern: new RegExp(`${before}${parted}${after}`, "u") };
}

/** What stands between two digits that no digit parts, as `spelled` leaves it. */
const PART = "-";
const DIALLED_BEFORE = "(?:(?:00|010)?-?81-?)?(?:0-?)?";

const FEWEST_DIGITS = 4;
const FEWEST_LETTERS = 2;

/** Says in a log that the same was looked for, and to nobody without the key what. 16 hex digits. */
export function signOf({ sought }: Wanted, identityKey: Buffer): string {
  const text = JSON.stringify(["looked for", sought]);
  return createHmac("sha256", identityKey).update(text).digest("hex").slice(0, 16);
}

/** @returns what tells which of the wanted a record holds, by their places in the list */
export function lookFor(
  wanted: readonly Wanted[],
  identityKey: Buffer,
): (content: SealedContent) => number[] {
  const keysOf = new Map<string, readonly (readonly string[])[]>();
  const customerKeys = (source: string) => {
    const known = keysOf.get(source);
    if (known !== undefined) return known;
    const keys = wanted.map(({ written }) => customerKeysOf(identityKey, source, written.trim()));
    keysOf.set(source, keys);
    return keys;
  };
  return (content) => {
    const text = fieldsOf(content).map(spelled).join("\n");
    const keys = "bytes" in content ? [] : customerKeys(content.source);
    const customer = "bytes" in content ? undefined : content.customerKey;
    return wanted.flatMap(({ pattern }, place) => {
      const isCustomer = customer !== undefined && keys[place]?.includes(customer) === true;
      return isCustomer || pattern.test(text) ? [place] : [];
    });
  };
}

/** @returns the text without what somebody looks for, nor the parts of a name; `spelled` as the search spells it */
export function withoutWanted(text: string, written: readonly string[]): string {
  const words = written.flatMap((one) => [one, ...one.split(/\s+/)]);
  const soughts = words.flatMap((word) => wantedOf(word)?.sought ?? []);
  return soughts.reduce(without, text);
}

function without(text: string, sought: string): string {
  const holds = (part: string) => spelled(part).replaceAll(PART, "").includes(sought);
  let rest = text;
  while (holds(rest)) {
    const end = firstWhere(rest.length, (until) => holds(rest.slice(0, until)));
    const kept = firstWhere(end, (length) => holds(rest.slice(end - length, end)));
    rest = `${rest.slice(0, end - kept)}【…】${rest.slice(end)}`;
  }
  return rest;
}

/** @returns a number that holds where the one below does not; the last holds, and 0 never */
function firstWhere(last: number, holds: (number: number) => boolean): number {
  let below = 0;
  let found = last;
  while (found - below > 1) {
    const middle = Math.floor((below + found) / 2);
    if (holds(middle)) found = middle;
    else below = middle;
  }
  return found;
}

function fieldsOf(content: SealedContent): readonly string[] {
  if ("bytes" in content) return [content.bytes, ...Object.values(content.cells ?? {})];
  const { verbatim, sourceId = "", product = "", place = "", lot = "" } = content;
  const { known = [], contacts = [], attributes } = content;
  return [
    ...[verbatim, sourceId, product, place, lot],
    ...[...known, ...contacts, ...Object.values(attributes)],
  ];
}

/**
 * Width, case, blanks, signs, hiragana and the two ways to write a surname make no difference. Between digits one sign
 * stays: 「5678」 is in 「1234-5678」, and A-12 is not in A-127.
 */
function spelled(text: string): string {
  const parted = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(SIGNS, (signs: string, at: number, whole: string) =>
      isDigit(whole[at - 1]) && isDigit(whole[at + signs.length]) ? PART : "",
    );
  return toKatakana(parted)
    .replace(OLD_KANJI, (kanji) => NEW_KANJI.get(kanji) ?? kanji)
    .replace(BETWEEN_DIGITS, PART);
}

const SIGNS = /[^\p{L}\p{M}\p{N}]+/gu;

function isDigit(sign: string | undefined): boolean {
  return sign !== undefined && /\d/.test(sign);
}

/** 「090ー1234ー5678」「090の1234の5678」 */
const BETWEEN_DIGITS = /(?<=\d)[ーノ](?=\d)/g;

/** Old forms of kanji in names. 斎 and 斉 are two names, and written for each other. */
const NEW_KANJI: ReadonlyMap<string, string> = new Map([
  ...VARIANTS,
  ..."齋斉 斎斉 𠮷吉 惠恵 榮栄 實実 增増 黑黒 關関 寶宝 條条 瀧滝"
    .split(" ")
    .map((pair): [string, string] => [pair.slice(0, -1), pair.slice(-1)]),
]);
const OLD_KANJI = new RegExp(`[${[...NEW_KANJI.keys()].join("")}]`, "gu");
