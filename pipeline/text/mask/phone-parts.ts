import { allMatches } from "./all-matches.ts";
import type { Detection } from "./detection.ts";
import { DASH } from "./hyphen.ts";

/** One digit as it is spoken. */
export const SOUND =
  "(?:ぜろ|れい|まる|いち|ひと|ふた|に[ーい]?|さん|よん|しち?|ご[ーうお]?|ろく|なな|はち|きゅう|ゼロ|レイ|マル|イチ|ニ[ーイ]?|サン|ヨン|シチ?|ゴ[ーウオ]?|ロク|ナナ|ハチ|キュウ)";
/** Neither in a longer number nor in a word of Latin letters. */
export const FREE_BEFORE = `(?<![A-Za-z\\d${DASH}])`;
export const FREE_BEHIND = `(?![\\d${DASH}])`;

/** Each match as a part of a telephone number. */
export function partsOf(text: string, pattern: RegExp): Detection[] {
  return Array.from(allMatches(text, pattern), ({ 0: written, index }) => ({
    kind: "電話",
    key: written.replace(/\D/g, ""),
    start: index,
    end: index + written.length,
  }));
}

/** What any of some patterns, each under its name, finds. */
export function partsOfAny(text: string, patterns: Readonly<Record<string, RegExp>>): Detection[] {
  return Object.values(patterns).flatMap((pattern) => partsOf(text, pattern));
}
