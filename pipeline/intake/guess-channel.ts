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

/** Reads a column by the words above; a value that is not among them is "other". */
export function guessChannel(column: string): ChannelColumn {
  const values = Object.fromEntries(
    Object.entries(CHANNEL_WORDS).flatMap(([channel, words]) =>
      words.split(" ").map((word) => [word, channel]),
    ),
  );
  return ChannelColumn.parse({ column, values, otherwise: "other" });
}
