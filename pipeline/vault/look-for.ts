import { createHmac } from "node:crypto";
import { toKatakana, VARIANTS } from "../../models/name-lists.ts";
import { customerKeysOf } from "../intake/record/identify-voice.ts";
import { folded, phoneIn } from "./marks-of.ts";
import type { SealedContent } from "./seal-record.ts";

/** What somebody looks for: a name, a telephone number, a mail address or any other word, as he wrote it. */
export type Wanted = {
  readonly written: string;
  /** Letters and digits that a record has to hold. */
  readonly sought: string;
};

/** @returns undefined of what stands in almost every record: a single letter, three digits */
export function wantedOf(written: string): Wanted | undefined {
  const phone = phoneIn(written.normalize("NFKC"));
  // Without the 0 that +81 and spreadsheets leave out.
  const sought = phone?.slice(1) ?? spelled(written);
  const fewest = /^\d*$/.test(sought) ? FEWEST_DIGITS : FEWEST_LETTERS;
  return [...sought].length < fewest ? undefined : { written, sought };
}

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
    return wanted.flatMap(({ sought }, place) => {
      const isCustomer = customer !== undefined && keys[place]?.includes(customer) === true;
      return isCustomer || text.includes(sought) ? [place] : [];
    });
  };
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

/** Width, case, blanks, signs, hiragana and the two ways to write a surname make no difference. */
function spelled(text: string): string {
  return toKatakana(folded(text))
    .replace(OLD_KANJI, (kanji) => NEW_KANJI.get(kanji) ?? kanji)
    .replace(BETWEEN_DIGITS, "");
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
