import type { Detection } from "./detection.ts";
import { findNumerals } from "./find-numerals.ts";

/**
 * Order, booking, member and customer numbers, which stand behind such a word, and those that the config describes.
 *
 * @param patterns the company's own, see `MaskSettings`
 */
export function detectCustomerNumbers(text: string, patterns: readonly RegExp[]): Detection[] {
  const found = patterns.flatMap((pattern) =>
    Array.from(text.matchAll(pattern), (match) => toDetection(match[0], match.index)),
  );
  for (const label of text.matchAll(LABEL)) {
    const code = codeBehind(text, label.index + label[0].length);
    if (code !== undefined && code.key.length >= FEWEST_SIGNS) found.push(code);
  }
  return found;
}

/** Shorter is a quantity or a place in a row. */
const FEWEST_SIGNS = 5;

const THING =
  "(?:注文|発注|受注|会員証?|メンバー|顧客|お客様|お客さま|予約|契約|登録|オーダー|ユーザー|カスタマー|マイページ|ログイン)";
const NUMBER = "(?:番号|ナンバー|コード|ID|No\\.?|#)";
const LABEL = new RegExp(
  String.raw`${THING}(?:した|の|証の)?[ ]?(?:照会|管理)?${NUMBER}|(?<![A-Za-z])(?:order|member|customer|booking|reservation)[ ]?(?:number|id|no\.?|#)`,
  "giu",
);

const PAUSE = String.raw`(?:[ \n]?[-‐‑‒–—―−ー_./の][ \n]?|[ \n])`;
/** A group may begin with letters, and every group has a digit: 「ORD-2025-684000」, 「K25 3701 Z908」. */
const CODE = new RegExp(
  String.raw`[^0-9A-Za-z。〇零○◯一二三四五六七八九]{0,10}((?:[A-Za-z]{1,6}${PAUSE}?)?[0-9](?:${PAUSE}?[A-Za-z]{0,2}[0-9])*(?:[A-Za-z]{1,2}(?![A-Za-z]))?)`,
  "y",
);

function codeBehind(text: string, labelEnd: number): Detection | undefined {
  const rest = text.slice(labelEnd, labelEnd + SPOKEN_REACH);
  const spoken = findNumerals(rest).find(
    ({ script, start, digits }) => script !== "arabic" && start <= GAP && digits.length >= FEWEST_SIGNS,
  );
  if (spoken !== undefined) {
    return { kind: "お客様番号", key: spoken.digits, start: labelEnd + spoken.start, end: labelEnd + spoken.end };
  }
  CODE.lastIndex = labelEnd;
  const [all = "", code] = CODE.exec(text) ?? [];
  return code === undefined ? undefined : toDetection(code, labelEnd + all.length - code.length);
}

/** In UTF-16 units: 「会員番号ですよね 」. */
const GAP = 10;

/** In UTF-16 units: seventeen digits of three kana, with pauses. */
const SPOKEN_REACH = 80;

function toDetection(code: string, start: number): Detection {
  const key = code.replace(/[^\p{L}\p{N}]|の/gu, "").toUpperCase();
  return { kind: "お客様番号", key, start, end: start + code.length };
}
