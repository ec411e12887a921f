import { GARBLING_WORDS } from "../pipeline/intake/encoding/garbled.ts";
import type { Change } from "./statistics/change.ts";

/** The words that screens and reports print for the values of tags. */
export const SENTIMENT_WORDS = {
  negative: "ネガティブ",
  neutral: "中立",
  positive: "ポジティブ",
} as const;

export const KIND_WORDS = {
  complaint: "ご指摘",
  request: "ご要望",
  question: "お問い合わせ",
  praise: "お褒め",
  other: "その他",
} as const;

/** Of sections that a line's report names where it leaves them out. */
export const SECTION_TITLES = {
  signals: "早期の兆し",
  terms: "増えたことば",
  praise: KIND_WORDS.praise,
  awareness: "気づき",
} as const;

/** Of a segment that a person says no topic fits. */
export const NO_TOPICS = "話題なし";

/** In the place of a sentiment or a kind that no label is sure enough of. */
export const HELD_BACK = "判定保留";

export const CHANGE_WORDS: Readonly<Record<Change["word"], string>> = {
  increased: "増えた",
  decreased: "減った",
  unclear: "変化とは言えない",
  few: "件数が少なく判断できない",
  "nothing-before": "比べる期間に声がない",
  "begun-before": "前の期間は途中からのデータ",
};

export const USUAL = "いつも";
export const LAST_YEAR = "前年";

/** Words of a change that say against what: 前週, いつも, 前年. Two comparisons of one line may differ. */
export function changeText(change: Change, against: string): string {
  return `${againstText(change.word, against)}${noChangeReason(change)}`;
}

export function againstText(word: Change["word"], against: string): string {
  const isUsual = against === USUAL;
  switch (word) {
    case "increased":
      return isUsual ? "いつもの水準を上回る" : `${against}から増えた`;
    case "decreased":
      return isUsual ? "いつもの水準を下回る" : `${against}から減った`;
    case "unclear":
      return isUsual ? UNLIKE_USUAL : `${against}からは${CHANGE_WORDS.unclear}`;
    case "few":
      return `${against}と比べるには件数が少ない`;
    default:
      return CHANGE_WORDS[word];
  }
}

const UNLIKE_USUAL = "いつもと違うとは言えない";

/** Why a difference that catches the eye is no change. */
export const NO_CHANGE_REASONS: Readonly<Record<NonNullable<Change["because"]>, string>> = {
  chance: "この件数の差なら、偶然でも起こります",
  restless: "ふだんから、これくらいは動きます",
  many: "多くの項目を見比べると、偶然でも出る差です",
};

/** In brackets; nothing where the word says enough. */
export function noChangeReason({ because }: Change): string {
  return because === undefined ? "" : `（${NO_CHANGE_REASONS[because]}）`;
}

/** Below every table of changes. */
export const UNCLEAR_NOTE = `「${CHANGE_WORDS.unclear}」「${UNLIKE_USUAL}」は、ふだんの揺れの範囲におさまり、増えたとも減ったとも言い切れないという意味です。差が大きく見えるときは、わけを添えています。`;

/** Steps and reasons of dead letters; a reason that is not known here is printed as it stands. */
export const STEP_WORDS: Readonly<Record<string, string>> = {
  intake: "取り込み",
  guard: "本文の検査",
  enrich: "読み取り",
};

export const REASON_WORDS: Readonly<Record<string, string>> = {
  "verbatim too long": "本文が長すぎる",
  "broken quote": "引用符の位置がおかしい",
  "unclosed quote": "引用符が閉じていない",
  "too many cells": "列が多い",
  "too few cells": "列が足りない",
  "not a JSON object": "JSONのオブジェクトではない",
  "invalid JSON": "JSONとして読めない",
  "digits lost": "Excelが番号を縮めて桁が失われている（4.90123E+12 など）",
  "unclosed array": "JSONの配列が閉じていない（途中で切れているかもしれない）",
  "number out of range": "数値が範囲の外にある",
  "record too long": "1件が長すぎる",
  "cut-off character at end of file": "ファイルの末尾で文字が切れている",
  "unreadable date": "日付として読めない",
  "impossible date": "暦にない日付",
  "missing column": "必要な列がない",
  "unknown channel": "チャネルの値がわからない",
  "cell too long": "セルが長すぎる",
  "unreadable cell": "セルが読めない",
  ...GARBLING_WORDS,
  "ambiguous date": "年・月・日の並びがわからない日付",
  "date without year": "年のない日付",
  "error cell": "セルが Excel のエラーか、計算結果の保存されていない数式になっている",
  'no "text"': "text の項目がないか、文字列ではない",
  "tokenize mismatch": "文を語に分けられない",
  "mail too large": "メールの本文が大きすぎる",
  "unreadable mail": "メールの作りを読めない",
  "unknown character set": "文字コードがわからない",
  "no id": "番号（id）がない",
  "worker crashed": "読み取りの途中で処理が落ちた",
  "empty verbatim": "本文がない",
  // Of messages in Kafka.
  "no value": "Kafka のメッセージに中身がない",
  "too large": "1件が大きすぎる",
  "broken JSON": "JSONとして読めない",
  "broken seal": "暗号が壊れている（書かれたあとで変わった）",
  "unknown version": "知らない版のメッセージ（kizuki enrich か serve が古いかもしれない）",
  "not a raw voice": "声の形をしていないメッセージ",
  "not an enriched voice": "分類済みの声の形をしていないメッセージ",
  "not a dead letter": "不達の形をしていないメッセージ",
  "not an action": "操作の記録の形をしていないメッセージ",
};
