import { readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(import.meta.dirname, "names");

let family: ReadonlySet<string> | undefined;
let given: ReadonlySet<string> | undefined;
let modern: ReadonlySet<string> | undefined;

/** Whether a word is a surname, as it is written or as it is read, in either kana. */
export function isFamilyName(word: string): boolean {
  family ??= readNameList("family");
  return family.has(word) || family.has(toModern(word)) || family.has(toKatakana(word));
}

/** Whether a word is a given name, as it is written or as it is read, in either kana. */
export function isGivenName(word: string): boolean {
  given ??= readNameList("given");
  return given.has(word) || given.has(toKatakana(word));
}

/** Whether it is one that parents choose today, and so more often a child than the thing it means. */
export function isModernGivenName(word: string): boolean {
  modern ??= readLists("modern-given.txt");
  return modern.has(word);
}

export type NameList = "family" | "given";

/** All names of a list, with those that were added to it. */
export function readNameList(list: NameList): ReadonlySet<string> {
  return list === "family"
    ? readLists("family.txt", "more-family.txt")
    : readLists("given.txt", "modern-given.txt");
}

function readLists(...files: readonly string[]): ReadonlySet<string> {
  return new Set(
    files.flatMap((file) => readFileSync(join(FOLDER, file), "utf8").trimEnd().split("\n")),
  );
}

export function toKatakana(word: string): string {
  return word.replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));
}

/** Forms of the same surname that registers keep: 「渡邉」, 「髙栁」. */
export const VARIANTS: ReadonlyMap<string, string> = new Map([
  ["髙", "高"],
  ["﨑", "崎"],
  ["嵜", "崎"],
  ["邉", "辺"],
  ["邊", "辺"],
  ["齋", "斎"],
  ["齊", "斉"],
  ["栁", "柳"],
  ["桺", "柳"],
  ["濵", "浜"],
  ["濱", "浜"],
  ["澤", "沢"],
  ["德", "徳"],
  ["櫻", "桜"],
  ["廣", "広"],
  ["嶋", "島"],
  ["嶌", "島"],
  ["國", "国"],
  ["眞", "真"],
  ["瀨", "瀬"],
  ["冨", "富"],
  ["靍", "鶴"],
  ["龍", "竜"],
]);

function toModern(word: string): string {
  return word.replace(/\p{Script=Han}/gu, (kanji) => VARIANTS.get(kanji) ?? kanji);
}
