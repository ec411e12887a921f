import { expect, test } from "vitest";
import { cutQuotes } from "../../../pipeline/text/cut-quotes.ts";

test.each([
  {
    why: "quoted lines go, answers between them stay",
    text: "> 色は？\n赤です。\n＞ 大きさは？\n中です。",
    left: "赤です。\n中です。",
  },
  {
    why: "all goes from the head of the answered mail",
    text: "直りません。\n\n-----Original Message-----\n確認します。",
    left: "直りません。",
  },
  {
    why: "Outlook's head is two lines",
    text: "直りません。\n差出人: 相談室\n送信日時: 2025年7月1日\n確認します。",
    left: "直りません。",
  },
  {
    why: "Gmail's head is one",
    text: "直りません。\n2025年7月1日(火) 9:05 相談室 <a@example.jp>:\n> はい",
    left: "直りません。",
  },
  {
    why: "English ones too",
    text: "直りません。\nOn Tue, Jul 1, 2025 at 9:05, desk wrote:\n確認します。",
    left: "直りません。",
  },
  {
    why: "a signature goes where it says so",
    text: "直りません。\n-- \n山田",
    left: "直りません。",
  },
  {
    why: "a dash in a sentence is no signature",
    text: "直りません。\n-- 困ります",
    left: "直りません。\n-- 困ります",
  },
  {
    why: "a customer's own 差出人 is no head",
    text: "差出人: 私\n直りません。",
    left: "差出人: 私\n直りません。",
  },
  {
    why: "a date at the head of a line is no head",
    text: "2025年7月1日に買いました。\n直りません。",
    left: "2025年7月1日に買いました。\n直りません。",
  },
  {
    why: "a signature between lines drawn across goes",
    text: "直りません。\n\n────────────\n株式会社さくら商事 総務部\n山田 太郎\nTEL 03-1234-5678\nhttps://sakura.example\n────────────",
    left: "直りません。",
  },
  {
    why: "one below a single line drawn across goes",
    text: "直りません。\n***************\n山田 太郎\nyamada@example.jp",
    left: "直りません。",
  },
  {
    why: "one without a line goes as far as its lines say how to call",
    text: "直りません。\n株式会社さくら商事\n〒380-0000 長野県ながの市1-2\n電話: 026-123-4567 FAX 026-123-4568",
    left: "直りません。",
  },
  {
    why: "what a telephone's mail program adds goes",
    text: "直りません。\n\niPhoneから送信",
    left: "直りません。",
  },
  { why: "in English too", text: "直りません。\nSent from my iPhone", left: "直りません。" },
  {
    why: "a sentence that names a telephone stays",
    text: "直りません。\n電話は026-123-4567です。",
    left: "直りません。\n電話は026-123-4567です。",
  },
  {
    why: "a form's lines stay, whose labels are others",
    text: "==========\n電話:026-123-4567\n内容:袋が開かない\n==========",
    left: "==========\n電話:026-123-4567\n内容:袋が開かない\n==========",
  },
  {
    why: "words behind a form's lines stay",
    text: "==========\n山田 太郎\n電話:026-123-4567\n==========\n袋 破損",
    left: "==========\n山田 太郎\n電話:026-123-4567\n==========\n袋 破損",
  },
  {
    why: "what stands below a line drawn across stays where nobody signs",
    text: "直りません。\n----------\n賞味期限 2025.7.1",
    left: "直りません。\n----------\n賞味期限 2025.7.1",
  },
  {
    why: "an answer below the quoted lines stays, whatever stands above them",
    text: "お世話になります。\n2025年7月1日(火) 9:05 相談室 <a@example.jp>:\n> どうでしたか。\n\n袋で指を切りました。",
    left: "お世話になります。\n\n袋で指を切りました。",
  },
  {
    why: "one below a block of headers and quoted lines, too",
    text: "お世話になります。\n-----Original Message-----\nFrom: 相談室\nSubject: 袋\n\n> どうでしたか。\n袋で指を切りました。",
    left: "お世話になります。\n袋で指を切りました。",
  },
  {
    why: "a form's headers are no answered mail where words stand below them",
    text: "フォームより\n差出人: 山田\n日時: 7月1日\n件名: 袋\n内容: 袋で指を切りました。",
    left: "フォームより\n差出人: 山田\n日時: 7月1日\n件名: 袋\n内容: 袋で指を切りました。",
  },
  {
    why: "an answered mail that quotes a form goes",
    text: "直りません。\n差出人: 相談室\n送信日時: 2025年7月1日\n件名: 袋\n\n内容: 袋で指を切りました。",
    left: "直りません。",
  },
  {
    why: "what is said below a customer's own dashes stays",
    text: "お世話になります。\n--\n袋で指を切りました。",
    left: "お世話になります。\n--\n袋で指を切りました。",
  },
  {
    why: "a signature below dashes goes, and the answered mail below it, whatever that says",
    text: "直りません。\n-- \n山田\n\n-----Original Message-----\n確認します。",
    left: "直りません。",
  },
  {
    why: "a complaint about telephone and mail is no signature",
    text: "味が薄い。\nメール: 返事なし\n電話: つながらず\nTEL 03-1234-5678 何度かけても話し中",
    left: "味が薄い。\nメール: 返事なし\n電話: つながらず\nTEL 03-1234-5678 何度かけても話し中",
  },
  ...[
    "----- 元のメール -----",
    "===== Original Message =====",
    "―――――元のメッセージ―――――",
    "---------- 転送されたメッセージ ----------",
    "【元のメッセージ】",
    "Begin forwarded message:",
    "-----以下、引用-----",
    "2025/07/01 9:05、相談室 <a@example.jp>のメール:",
    "2025年7月1日(火) 9:05、相談室 <a@example.jp> さんが書きました:",
    "On Tue, Jul 1, 2025 at 9:05 AM 相談室 <a@example.jp>\nwrote:",
    "2025年7月1日(火) 9:05 株式会社みほん食品お客様相談室\n<a@example.jp>:",
    "________________________________\n差出人: 相談室\n送信日時: 7月1日\n",
    "*差出人:* 相談室\n*送信日時:* 7月1日\n",
    "From: 相談室\nTo: 山田\nDate: 7/1\nSubject: Re\n",
    "件名: Re: 袋\n日付: 7/1\n差出人: 相談室\n宛先: 山田\n",
  ].map((head) => ({
    why: `all goes from its head on: ${head}`,
    text: `直りません。\n${head}\n確認します。`,
    left: "直りません。",
  })),
  {
    why: "what stands behind the end of what is quoted stays",
    text: "直りません。\n------ 以下引用 ------\n確認します。\n------ 引用ここまで ------\nまだです。",
    left: "直りません。\nまだです。",
  },
  {
    why: "who wrote the quoted lines goes with them",
    text: "相談室 さんは書きました:\n> 確認します。\n直りません。",
    left: "直りません。",
  },
  ...["| ", "│", "┃ ", " > ", ">> "].map((mark) => ({
    why: `lines marked by 「${mark}」 are quoted`,
    text: `直りません。\n${mark}確認します。\n${mark}3日かかります。\nまだです。`,
    left: "直りません。\nまだです。",
  })),
  ...[
    "味はA > Bが良いです。\n値段はA > Bです。",
    "注文→配送\n->届かない",
    "届きません\n>_<\nなぜですか",
    "悲しいです。\n>< 楽しみにしていたのに",
    "賞味期限が\n>= 3日なら良いのに、1日でした。",
    "次の点が残念でした。\n> 味が薄い\n> 袋が開けにくい\n改善してください。",
    "気になったのは次の3つです。\n> 味\n> 袋\n> 値段",
    "理由は以下です。\n> 味が薄い\n> 袋が固い",
    "好きな順です。\nA>B\nC>D",
    "PC>スマホで見やすいです。",
    "A> Bくらい味が違います。",
    "購入品です。\n| 商品 | 個数 |\n| クッキー | 3 |\n割れていました。",
    "┏━━━━━━┓\n┃ 袋が破れていた\n┗━━━━━━┛\nなんとかしてください。",
    "元のメッセージが消えました。\n直してください。",
    "From: 長野\n袋が開きません。\nDate: 7/1",
    "店員さんが書きました:\n交換不可。\n納得できません。",
    "以下、引用します。\n「確認します」と書かれましたが直りません。",
  ].map((text) => ({ why: `a customer's own signs stay: ${text}`, text, left: text })),
  {
    why: "what is answered below its announcement is quoted",
    text: "以下のご質問に回答します。\n> 色は?\n赤です。",
    left: "以下のご質問に回答します。\n赤です。",
  },
  ...["次の日に届きました。", "20歳以下です。", "期待以下でした。", "千円以下で買えました。"].map(
    (answer) => ({
      why: `an answer above quoted lines announces no list: ${answer}`,
      text: `${answer}\n> いかがでしたか。`,
      left: answer,
    }),
  ),
  {
    why: "lines marked by initials are quoted",
    text: "TY>色は。\n赤です。\nTY>大きさは。\n中です。",
    left: "赤です。\n中です。",
  },
  {
    why: "a single sentence behind initials, too",
    text: "TY> いつ届きましたか?\n昨日です。",
    left: "昨日です。",
  },
  { why: "where nothing would be left, all stays", text: "> 直りません。", left: "> 直りません。" },
])("$why", ({ text, left }) => {
  expect(cutQuotes(text)).toBe(left);
});
