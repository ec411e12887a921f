import type { Channel } from "../schema/raw-voice.ts";
import { ChannelColumn } from "./source.ts";

/**
 * What Japanese desks write in a channel column. A fixed table, never one made of the values seen: two exports
 * that overlap have to read the same value alike, whatever their first rows are.
 */
const CHANNEL_WORDS: Readonly<Record<Channel, string>> = {
  phone: "電話 お電話 TEL Tel tel 入電 フリーダイヤル コールセンター phone",
  mail: "メール Eメール E-mail Email email mail 電子メール",
  web: "Web WEB web ウェブ フォーム Webフォーム WEBフォーム 問い合わせフォーム お問い合わせフォーム メールフォーム ホームページ HP サイト チャット アプリ",
  letter: "手紙 お手紙 はがき ハガキ 葉書 封書 郵送 郵便 書面 FAX ファックス letter",
  social: "SNS X Twitter Instagram Facebook LINE 口コミ social",
  survey: "アンケート 調査 survey",
  other: "その他 店頭 来店 対面 other",
};

/** What a file's or a sheet's name says of all its voices: 電話受付票. @returns undefined where it says nothing, or two things */
export function channelOfName(name: string): Channel | undefined {
  const folded = name.normalize("NFKC");
  const said = NAMED_CHANNELS.filter(([, words]) => words.test(folded));
  return said.length === 1 ? said[0]?.[0] : undefined;
}

const NAMED_CHANNELS: readonly (readonly [Channel, RegExp])[] = [
  ["phone", /電話|入電|コールセンター|フリーダイヤル/],
  ["mail", /メール(?!マガジン|フォーム)/],
  ["web", /フォーム|ウェブ|チャット/],
  ["letter", /手紙|はがき|ハガキ|葉書|封書/],
  ["social", /SNS|口コミ|クチコミ/],
  ["survey", /アンケート/],
];

/** Reads a column by the words above; a value that is not among them is "other". */
export function guessChannel(column: string): ChannelColumn {
  const values = Object.fromEntries(
    Object.entries(CHANNEL_WORDS).flatMap(([channel, words]) =>
      words.split(" ").map((word) => [word, channel]),
    ),
  );
  return ChannelColumn.parse({ column, values, otherwise: "other" });
}
