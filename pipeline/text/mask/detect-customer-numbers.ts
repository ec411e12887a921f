import type { Detection } from "./detection.ts";
import { findNumerals } from "./find-numerals.ts";
import { HYPHEN } from "./hyphen.ts";
import { isLabelledCode } from "./labelled-code.ts";

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
  for (const thing of text.matchAll(THINGS)) {
    const code = codeBehind(text, thing.index + thing[0].length);
    if (code !== undefined && isSureCode(text, code)) found.push(code);
  }
  for (const match of text.matchAll(CODE_FIRST)) {
    const code = toDetection(match[1] ?? "", match.index);
    if (isSureCode(text, code)) found.push(code);
  }
  return found;
}

/** Long enough, no date, no amount, no product's code. */
function isSureCode(text: string, { key, start, end }: Detection): boolean {
  const digits = key.replace(/\D/g, "");
  if (key.length < SURE_SIGNS || DATE_LIKE.test(text.slice(start, end))) return false;
  if (COUNTED.test(text.slice(end, end + 3)) || /^4[59]\d{11}$/.test(digits)) return false;
  return !isLabelledCode(text, start) || ORDERED.test(text.slice(Math.max(0, start - 12), start));
}

const SURE_SIGNS = 6;
const ORDERED = /注文|受注|予約|会員|顧客/;
const DATE_LIKE =
  /^(?:19|20)\d\d[-/.年 ](?:0?[1-9]|1[0-2])[-/.月 ]|^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;
const COUNTED = /^[ ]?(?:円|年|月|日|時|分|個|人|名|点|回|件|ポイント|pt|%)/;

/** Shorter is a quantity or a place in a row. */
const FEWEST_SIGNS = 5;

const THING =
  "(?:注文|発注|受注|会員証?|メンバー(?:ズ|シップ)?|顧客|お客様|お客さま|お得意様|予約|契約者?|登録|オーダー|ユーザー|カスタマー|マイページ|ログイン|申込|申し込み|購入|取引|受付|照会|確認|定期便|ポイントカード|マイル|問い?合わ?せ|サポート|チケット|利用者|加入者|診察券|宿泊者?)";
/** Words that are near such a number also where nobody says 番号. */
const THINGS =
  /注文|受注|予約|会員|メンバー|顧客|お客様番号|契約|オーダー|ポイントカード|(?<![A-Za-z])(?:order|member|booking|reservation|customer)(?![a-z])/giu;
const NUMBER = "(?:番号|ナンバー|コード|ID|No\\.?|#|ばんごう)";
const LABEL = new RegExp(
  String.raw`${THING}(?:した|時の|の|証の|書の|用の?)?[ ]?(?:照会|管理|確認|認証|整理)?${NUMBER}|(?<![A-Za-z])(?:order|member|customer|booking|reservation)[ ]?(?:number|id|no\.?|#)`,
  "giu",
);

const PAUSE = String.raw`(?:[ \n]?[${HYPHEN}‒_./の][ \n]?|[ \n])`;
/** A group may begin with letters, and every group has a digit: 「ORD-2025-684000」, 「K25 3701 Z908」. */
const CODE = new RegExp(
  String.raw`[^0-9A-Za-z。〇零○◯一二三四五六七八九]{0,10}(?:number|no\.?)?[ :#]{0,3}((?:(?!number|no\b)[A-Za-z]{1,6}${PAUSE}?)?[0-9](?:${PAUSE}?[A-Za-z]{0,2}[0-9]){0,40}(?:[A-Za-z]{1,2}(?![A-Za-z]))?)`,
  "y",
);

/** 「R-096303 という注文番号」, 「K25-3701(会員番号)」 */
const CODE_FIRST = new RegExp(
  `(?<![A-Za-z0-9]|[-‐‑–—−_./])((?:[A-Za-z]{1,6}${PAUSE}?)?[0-9](?:${PAUSE}?[A-Za-z]{0,2}[0-9]){3,40})(?=[^0-9A-Za-z。]{0,8}${THING}(?:した|の|証の)?${NUMBER})`,
  "giu",
);

function codeBehind(text: string, labelEnd: number): Detection | undefined {
  const rest = text.slice(labelEnd, labelEnd + SPOKEN_REACH);
  const spoken = findNumerals(rest).find(
    ({ script, start, digits }) =>
      script !== "arabic" && start <= GAP && digits.length >= FEWEST_SIGNS,
  );
  if (spoken !== undefined) {
    return {
      kind: "お客様番号",
      key: spoken.digits,
      start: labelEnd + spoken.start,
      end: labelEnd + spoken.end,
    };
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
