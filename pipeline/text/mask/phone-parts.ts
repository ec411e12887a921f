import type { Detection } from "./detection.ts";

/** What stands between the groups of a number. */
export const DASH = "-‐‑‒–—―−ー─━";
/** One digit in kanji. */
export const KANJI = "[〇零一二三四五六七八九]";
/** One digit as it is spoken. */
export const SOUND =
  "(?:ぜろ|れい|まる|いち|に[ーい]?|さん|よん|しち?|ご[ーうお]?|ろく|なな|はち|きゅう|ゼロ|レイ|マル|イチ|ニ[ーイ]?|サン|ヨン|シチ?|ゴ[ーウオ]?|ロク|ナナ|ハチ|キュウ)";

/** Each match as a part of a telephone number. */
export function partsOf(text: string, pattern: RegExp): Detection[] {
  return Array.from(text.matchAll(pattern), ({ 0: written, index }) => ({
    kind: "電話",
    key: written.replace(/\D/g, ""),
    start: index,
    end: index + written.length,
  }));
}
