import type { Channel } from "../../schema/raw-voice.ts";
import { ChannelColumn, normalizeValue } from "../source.ts";
import { foldColumnName } from "./column-words.ts";

/**
 * What Japanese desks write in a channel column. A fixed table, never one made of the values seen: two exports
 * that overlap have to read the same value alike, whatever their first rows are.
 */
const CHANNEL_WORDS: Readonly<Record<Channel, string>> = {
  phone: "電話 お電話 TEL Tel tel 入電 フリーダイヤル コールセンター phone",
  mail: "メール Eメール eメール E-mail e-mail Email email mail 電子メール",
  web: "Web WEB web ウェブ ウェブサイト フォーム Webフォーム WEBフォーム 問い合わせフォーム お問い合わせフォーム メールフォーム ホームページ HP サイト チャット アプリ",
  letter: "手紙 お手紙 はがき ハガキ 葉書 封書 郵送 郵便 書面 FAX ファックス letter",
  social: "SNS X Twitter X(旧Twitter) Instagram Facebook LINE 口コミ social",
  survey: "アンケート 調査 survey",
  other: "その他 店頭 来店 対面 other",
};

/** By which way all voices of a file came, as far as the file says it, and what says so. */
export type ToldChannel = {
  readonly channel: Channel;
  /** In Japanese. */
  readonly by: string;
  /** 高: header and name agree. 中: one of them says so. 低: nothing does. */
  readonly confidence: "高" | "中" | "低";
};

/**
 * @param columns the file's header
 * @param names what may tell it, the surest first: the sheet's name, the file's or the source's
 * @param hasRating people who answer a survey rate; so do others
 */
export function tellChannel(
  columns: readonly string[],
  { names, hasRating }: { readonly names: readonly string[]; readonly hasRating: boolean },
): ToldChannel {
  const folded = columns.map(foldColumnName);
  const inHeader = oneOf(HEADER_CHANNELS, (words) => folded.some((name) => words.test(name)));
  const [inName] = names
    .map((name) => oneOf(NAMED_CHANNELS, (words) => words.test(name.normalize("NFKC"))))
    .filter((channel) => channel !== undefined);
  const channel = inName ?? inHeader;
  if (channel === undefined) {
    if (hasRating) return { channel: "survey", by: "評価の列があるため", confidence: "低" };
    return {
      channel: "other",
      by: "見出しからもファイルの名前からもわかりません",
      confidence: "低",
    };
  }
  if (inName === inHeader) return { channel, by: "見出しとファイルの名前から", confidence: "高" };
  const by = inName === undefined ? "見出しから" : "ファイルかシートの名前から";
  return { channel, by, confidence: "中" };
}

/** @returns undefined where nothing is said, or two things */
function oneOf(
  table: readonly (readonly [Channel, RegExp])[],
  says: (words: RegExp) => boolean,
): Channel | undefined {
  const said = table.filter(([, words]) => says(words));
  return said.length === 1 ? said[0]?.[0] : undefined;
}

const NAMED_CHANNELS: readonly (readonly [Channel, RegExp])[] = [
  ["phone", /電話|入電|受電|通話|コール(?:センター|ログ|履歴|記録)|フリーダイヤル|call/i],
  ["mail", /メール(?!マガジン|フォーム)|e-?mail|(?<![a-z])mails?(?![a-z])/i],
  ["web", /フォーム|ウェブ|チャット|(?<![a-z])(?:web|chat)(?![a-z])/i],
  ["letter", /手紙|はがき|ハガキ|葉書|封書/],
  [
    "social",
    /SNS|口コミ|クチコミ|レビュー|ツイート|インスタ|review|twitter|tweet|instagram|(?<![a-z])x(?![a-z])/i,
  ],
  ["survey", /アンケート|調査|survey|questionnaire/i],
  ["other", /店頭|来店/],
];

/** By names as `foldColumnName` spells them. */
const HEADER_CHANNELS: readonly (readonly [Channel, RegExp])[] = [
  ["phone", /^(?:入電|受電|着信|通話|架電|録音|コール)|オペレータ/],
  ["mail", /^(?:メール(?:本文|件名|id)|messageid|subject|差出人|送信元|送信者)/],
  ["letter", /^(?:消印|はがき|葉書|封書|投函)/],
  [
    "social",
    /^(?:レビュー|口コミ|クチコミ|ツイート|ポスト|いいね|リツイート|リポスト|review|tweet|retweet|likecount|publicmetrics|hashtags|screenname|username)/,
  ],
  [
    "survey",
    /^(?:回答(?:日|番号|id|者|no|方法)|アンケート|設問|respon(?:se|dent)id|answeredat|q\d)/,
  ],
];

/** What people call a channel. */
export const CHANNEL_NAMES: Readonly<Record<Channel, string>> = {
  phone: "電話",
  mail: "メール",
  web: "ウェブのフォームやチャット",
  letter: "手紙・はがき・FAX",
  social: "口コミ・レビュー・SNS",
  survey: "アンケート",
  other: "その他",
};

/** Whether a column says by which way voices came, and not where people bought: most of its values do. */
export function saysChannel(cells: readonly string[]): boolean {
  const values = [...new Set(cells.map(normalizeValue))].filter((value) => value !== "");
  const ways = values.filter((value) => KNOWN_WAYS.has(value));
  return values.length === 0 || ways.length * 2 >= values.length;
}

const KNOWN_WAYS = new Set(
  Object.entries(CHANNEL_WORDS).flatMap(([channel, words]) =>
    channel === "other" ? [] : words.split(" ").map(normalizeValue),
  ),
);

/** Reads a column by the words above; a value that is not among them is "other". */
export function guessChannel(column: string): ChannelColumn {
  const values = Object.fromEntries(
    Object.entries(CHANNEL_WORDS).flatMap(([channel, words]) =>
      words.split(" ").map((word) => [word, channel]),
    ),
  );
  return ChannelColumn.parse({ column, values, otherwise: "other" });
}
