import { describe, expect, test } from "vitest";
import { guessSource } from "../../../pipeline/intake/guess-source.ts";

/** Rows of a table whose cells are parted by | and whose first line is the header. */
function rows(table: string): Map<string, string>[] {
  const [header = [], ...lines] = table
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
  return lines.map((cells) => new Map(header.map((column, index) => [column, cells[index] ?? ""])));
}

const IDENTITY_NOTE = expect.stringContaining("--source で取込元を分けて");

const DESK = `
受付番号|受付日時|受付方法|氏名|電話番号|商品名|ロット|お申し出内容|対応内容|年代
A-1|2025/7/1 9:05|電話|山田太郎|090-1234-5678|おかき|L01|袋が開けにくいです|謝罪|60代
A-2|2025/7/2 10:15|メール|鈴木花子|03-1234-5678|せんべい|L02|とてもおいしかったです|お礼|30代
`;

test("who wrote a post is never kept by guess", () => {
  const posts = `
id|posted_at|text|author|place
1|2025-07-01T09:05:00Z|袋が開けにくいです|みーちゃん|金沢
2|2025-07-02T09:05:00Z|とてもおいしかったです|たろすけ|富山
`;
  const said = JSON.stringify(guessSource(rows(posts)));
  expect(said).toContain("個人情報らしい列は取り込みません: author");
  expect(said).not.toContain('"attributes":["author"');
});

test("a customer desk's export explains itself", () => {
  const guess = guessSource(rows(DESK));
  expect(guess).toMatchObject({
    status: "sure",
    source: {
      channel: { column: "受付方法", values: { 電話: "phone" }, otherwise: "other" },
      columns: {
        id: "受付番号",
        receivedAt: "受付日時",
        product: "商品名",
        lot: "ロット",
        verbatim: "お申し出内容",
      },
      attributes: ["対応内容", "年代"],
    },
    notes: ["個人情報らしい列は取り込みません: 氏名、電話番号", IDENTITY_NOTE],
  });
});

test("an English survey explains itself, and a rating makes it a survey", () => {
  const guess = guessSource(
    rows(`
id|received_at|place|text|rating|nps
1|2025-07-01T09:05:00+09:00|東尋坊|バス停があり大変助かりました|5|9
2|2025-07-02T09:05:00+09:00|東尋坊|駐車場が少ないと感じました|2|3`),
  );
  expect(guess).toMatchObject({
    status: "sure",
    source: {
      channel: "survey",
      columns: { id: "id", receivedAt: "received_at", verbatim: "text", rating: "rating" },
      attributes: ["nps"],
    },
  });
});

describe("columns of personal data are left out, and said so", () => {
  test.each([
    { why: "by name", column: "メールアドレス", cell: "なし" },
    { why: "by name", column: "ﾌﾘｶﾞﾅ", cell: "ヤマダ" },
    { why: "by name", column: "Full Name", cell: "Taro" },
    { why: "by content: an address for mail", column: "備考", cell: "taro@example.jp" },
    {
      why: "by content: a telephone number in full width",
      column: "備考",
      cell: "０９０－１２３４－５６７８",
    },
    { why: "by content: a postal code", column: "備考", cell: "910-0001" },
    { why: "by content: an address", column: "備考", cell: "福井県福井市大手3-17-1" },
  ])("$why: $column of $cell", ({ column, cell }) => {
    const table = `日付|声|${column}\n2025-07-01|味がとても良かったです|${cell}`;
    const guess = guessSource(rows(table));
    expect(guess).toMatchObject({
      status: "sure",
      source: { attributes: [] },
      notes: [`個人情報らしい列は取り込みません: ${column}`, IDENTITY_NOTE],
    });
  });
});

test("a long column beside the verbatim is left out, and said so", () => {
  const table = `日付|声|URL\n2025-07-01|味がとても良かったです|https://example.jp/${"x".repeat(100)}`;
  expect(guessSource(rows(table))).toMatchObject({
    source: { attributes: [] },
    notes: ["文の長い列は取り込みません: URL", IDENTITY_NOTE],
  });
});

test.each(["2025-02-30", "きのう", ""])(
  "one row dated %j does not make the others unsure",
  (date) => {
    const table = `日付|声\n2025-07-01|味がとても良かったです\n${date}|袋が開けにくいです`;
    expect(guessSource(rows(table)).status).toBe("sure");
  },
);

test("a number that stands twice is an id still: the second is a revision of the first", () => {
  const table =
    "受付番号|日付|声\n1|2025-07-01|味がとても良かったです\n1|2025-07-02|袋が開けにくいです";
  const guess = guessSource(rows(table));
  expect(guess.status === "sure" && guess.source.columns).toHaveProperty("id", "受付番号");
});

test("a running number is an id only together with its day: each export begins at 1", () => {
  const guess = guessSource(rows("No|日付|声\n1|2025-07-01|味がとても良かったです"));
  expect(guess.status === "sure" && guess.source.columns.id).toEqual(["No", "日付"]);
});

test("a column of few values is no id, whatever it is called", () => {
  const table =
    "番号|日付|声\n1|2025-07-01|味がとても良かったです\n1|2025-07-02|袋が開けにくいです\n1|2025-07-02|とても助かりました";
  const guess = guessSource(rows(table));
  expect(guess.status === "sure" && guess.source.columns).not.toHaveProperty("id");
});

describe("a doubt is said, and nothing is guessed", () => {
  test.each([
    {
      why: "no column of dates",
      table: "番号|声\n1|味がとても良かったです",
      says: "受付日時にあたる",
    },
    {
      why: "dates that do not parse",
      table: "日付|声\nきのう|味がとても良かったです",
      says: "「日付」の 95%",
    },
    { why: "no column of voices", table: "日付|区分\n2025-07-01|食品", says: "原文）にあたる" },
    {
      why: "voices without sentences",
      table: "日付|声\n2025-07-01|good",
      says: "日本語の文がほとんど",
    },
    {
      why: "a longer text beside",
      table: "日付|声|備考\n2025-07-01|袋が開けにくいです|次回は広口の袋を試したいとのこと",
      says: "「備考」のほうが長い",
    },
    {
      why: "two columns of voices",
      table: "日付|ご意見|ご感想\n2025-07-01|袋が開けにくいです|味は良かったです",
      says: "2 つあります",
    },
  ])("$why", ({ table, says }) => {
    const guess = guessSource(rows(table));
    expect(guess.status).toBe("unsure");
    expect(guess.status === "unsure" && guess.reasons.join()).toContain(says);
  });
});

test("the desk's longer answer beside the customer's words raises no doubt", () => {
  const table = "日付|声|対応結果\n2025-07-01|開けにくい|申し訳ありませんとお伝えしました";
  const guess = guessSource(rows(table));
  expect(guess.status === "sure" && guess.source.columns.verbatim).toBe("声");
});

test("exports with the same columns are one source, whatever else is in them, and that is said", () => {
  const july = guessSource(rows("番号|日付|声\n1|2025-07-01|味がとても良かったです"));
  const august = guessSource(rows("声|番号|日付|年代\n袋が開けにくいです|2|2025-08-01|60代"));
  const other = guessSource(rows("no|日付|声\n1|2025-07-01|味がとても良かったです"));
  const names = [july, august, other].map((guess) => guess.status === "sure" && guess.source.name);
  expect(names[0]).toBe(names[1]);
  expect(names[0]).not.toBe(names[2]);
  expect(july.status === "sure" && july.notes.at(-1)).toContain(
    "「番号」と「日付」が同じ声は一度だけ",
  );
});
