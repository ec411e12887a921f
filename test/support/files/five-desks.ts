import { cp932Bytes } from "../../pipeline/intake/cp932-bytes.ts";
import { type Cell, styled, workbookBytes } from "./workbook-bytes.ts";

const ROWS = 66;

const COMPLAINTS = [
  "袋の切り口が固くて、開けるのにはさみがいりました。",
  "前に買ったものより味が薄く感じました。",
  "箱の角がつぶれた状態で届きました。",
  "賞味期限の表示が小さくて読めません。",
  "近くの店で売り切れが続いていて困っています。",
  "個包装にしてもらえると持ち歩きやすいです。",
];
const PRAISES = [
  "家族みんなで楽しくいただきました。",
  "香ばしさがちょうどよく、また買いたいです。",
  "贈り物にしたところ、とても喜ばれました。",
];
const PRODUCTS = ["うすしおポテト", "のりしおポテト", "えび満月", "黒豆せんべい"];
/** Invented, and such that no rule would find them without a word beside them. */
const PERSONS = [
  { name: "霧ヶ谷 澄江", kana: "キリガヤ スミエ" },
  { name: "羽衣石 郁", kana: "ウエシ カオル" },
  { name: "小鳥遊 琴葉", kana: "タカナシ コトハ" },
];

/** The names that stand in fields of their own, and again in the words: no file that people can read may hold them. */
export const CANARIES = ["霧ヶ谷", "澄江", "羽衣石", "小鳥遊", "琴葉", "キリガヤ", "タカナシ"];

function pick<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new Error("an empty list");
  return item;
}

function familyOf(index: number): string {
  return pick(pick(PERSONS, index).name.split(" "), 0);
}

const day = (index: number) => String(1 + (index % 28)).padStart(2, "0");
const numbers = Array.from({ length: ROWS }, (_, index) => index);

/** Five files as desks have them: name and bytes. Every person and number in them is invented. */
export const FIVE_DESKS: readonly { readonly file: string; bytes(): Uint8Array }[] = [
  { file: "お客様相談室_通話記録_202507.csv", bytes: callLog },
  { file: "愛用者調査（2025年7月）.xlsx", bytes: survey },
  { file: "楽天市場_レビュー_20250731.tsv", bytes: reviews },
  { file: "お問い合わせメール_2025-07.json", bytes: mails },
  { file: "x_posts_2025-07.jsonl", bytes: posts },
];

/** CP932; the customer's words and the desk's in one cell. */
function callLog(): Uint8Array {
  const rows = numbers.map((index) => {
    const { name, kana } = pick(PERSONS, index);
    const said = pick(COMPLAINTS, index);
    const memo = `"【お申し出】\r\n${said}${familyOf(index)}の家ではみな困っているとのこと。\r\n【対応】\r\nお詫びし、代わりの品をお送りする旨をお伝えした。"`;
    const cells = [`T-${1000 + index}`, `2025/7/${Number(day(index))}`, `${9 + (index % 8)}:05`];
    const product = pick(PRODUCTS, index);
    return [...cells, name, kana, "076-200-0001", product, memo, "雲居", "完了"].join(",");
  });
  const header = "受電番号,受電日,受電時刻,お客様氏名,フリガナ,電話番号,商品名,内容,受付者,状況";
  return cp932Bytes(`${[header, ...rows].join("\r\n")}\r\n`);
}

/** A title above the table, a header of two rows with merged cells, two questions to be answered freely. */
function survey(): Uint8Array {
  const answers = numbers.map((index): readonly Cell[] => [
    index + 1,
    styled(45839.4 + (index % 28), 1),
    pick(["女性", "男性"], index),
    pick(["30代", "40代", "50代"], index),
    pick(["店頭", "オンラインショップ"], index),
    5 - (index % 4),
    `${pick(PRAISES, index)}${familyOf(index)}より`,
    index % 5 === 0 ? "特にありません" : pick(COMPLAINTS, index),
    pick(PERSONS, index).name,
  ]);
  const merges = ["A1:I1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3", "G2:H2", "I2:I3"];
  const rows: readonly (readonly Cell[])[] = [
    ["ご愛用者アンケート 2025年7月"],
    [
      "回答番号",
      "回答日時",
      "ご本人について",
      null,
      "購入チャネル",
      "総合評価",
      "ご自由に",
      null,
      "お名前",
    ],
    [null, null, "性別", "年代", null, null, "お気に召した点", "困っている点", null],
    ...answers,
  ];
  return workbookBytes({ sheets: [{ name: "回答一覧", rows, merges }] });
}

/** UTF-16 with a mark, as a shop's administration page gives it. */
function reviews(): Uint8Array {
  const header =
    "レビューID\t投稿日時\t商品管理番号\t商品名\t評価\tレビュータイトル\tレビュー本文\tニックネーム\t購入者";
  const rows = numbers.map((index) => {
    const text = `${pick(PRAISES, index)}ただ、${pick(COMPLAINTS, index)}`;
    const { name } = pick(PERSONS, index);
    const cells = [`RV${index}`, `2025-07-${day(index)} 21:${10 + (index % 50)}`, "ec-001"];
    const given = `${name.split(" ")[1]}より`;
    return [...cells, pick(PRODUCTS, index), String(1 + (index % 5)), "また買います"]
      .concat(text + given, "ぽてと好き", name)
      .join("\t");
  });
  return Buffer.from(`\ufeff${[header, ...rows].join("\r\n")}\r\n`, "utf16le");
}

/** One array, with headers as mail has them. */
function mails(): Uint8Array {
  const list = numbers.map((index) => {
    const { name } = pick(PERSONS, index);
    return {
      message_id: `<${index}.202507@mail.example.jp>`,
      date: `2025-07-${day(index)}T1${index % 10}:30:00+09:00`,
      from: `${name} <customer${index}@example.jp>`,
      to: "support@kizuki.example.jp",
      subject: `${pick(PRODUCTS, index)}について`,
      body: `お世話になっております。\n${pick(COMPLAINTS, index)}\nご確認をお願いいたします。\n\n${name}`,
    };
  });
  return Buffer.from(JSON.stringify(list, null, 2));
}

/** As the interface of X gives them, a line each. */
function posts(): Uint8Array {
  const lines = numbers.map((index) =>
    JSON.stringify({
      id: String(1_940_000_000_000_000_000n + BigInt(index)),
      created_at: `2025-07-${day(index)}T0${index % 10}:12:00.000Z`,
      text: `${pick(PRODUCTS, index)}、${pick([...PRAISES, ...COMPLAINTS], index)} ${familyOf(index)}の昼 #おやつ`,
      author_id: String(2_000_000 + index),
      author: { name: pick(PERSONS, index).name, username: `oyatsu_${index}` },
      lang: "ja",
      public_metrics: { like_count: index, retweet_count: index % 3 },
    }),
  );
  return Buffer.from(`${lines.join("\n")}\n`);
}
