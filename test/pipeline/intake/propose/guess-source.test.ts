import { describe, expect, test } from "vitest";
import { guessed, rows } from "./guessed.ts";

const IDENTITY_NOTE = expect.stringContaining("--source で取り込み元を分けて");

const DESK = `
受付番号|受付日時|受付方法|氏名|電話番号|商品名|ロット|お申し出内容|対応内容|年代
A-1|2025/7/1 9:05|電話|山田太郎|090-1234-5678|おかき|L01|袋が開けにくいです|謝罪|60代
A-2|2025/7/2 10:15|メール|鈴木花子|03-1234-5678|せんべい|L02|とてもおいしかったです|お礼|30代
`;

test("who wrote a post is never kept by guess", () => {
  const posts = `
id|posted_at|text|author|user|username|place
1|2025-07-01T09:05:00Z|袋が開けにくいです|みーちゃん|{"screen_name":"mii_38"}|mii|金沢
2|2025-07-02T09:05:00Z|とてもおいしかったです|たろすけ|{"screen_name":"taro_2"}|taro|富山
`;
  const said = JSON.stringify(guessed(rows(posts)));
  expect(said).toContain("個人情報らしい列は取り込みません: author、user、username");
  expect(said).not.toContain('"attributes":["author"');
});

test("a customer desk's export explains itself", () => {
  const guess = guessed(rows(DESK));
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
  const guess = guessed(
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
    const guess = guessed(rows(table));
    expect(guess).toMatchObject({
      status: "sure",
      source: { attributes: [] },
      notes: [`個人情報らしい列は取り込みません: ${column}`, IDENTITY_NOTE],
    });
  });
});

test("a long column beside the verbatim is left out, and said so", () => {
  const table = `日付|声|URL\n2025-07-01|味がとても良かったです|https://example.jp/${"x".repeat(100)}`;
  expect(guessed(rows(table))).toMatchObject({
    source: { attributes: [] },
    notes: ["文の長い列は取り込みません: URL", IDENTITY_NOTE],
  });
});

test.each(["2025-02-30", "きのう", ""])(
  "one row dated %j does not make the others unsure",
  (date) => {
    const table = `日付|声\n2025-07-01|味がとても良かったです\n${date}|袋が開けにくいです`;
    expect(guessed(rows(table)).status).toBe("sure");
  },
);

test("a number that stands twice is an id still: the second is a revision of the first", () => {
  const table =
    "受付番号|日付|声\n1|2025-07-01|味がとても良かったです\n1|2025-07-02|袋が開けにくいです";
  const guess = guessed(rows(table));
  expect(guess.status === "sure" && guess.source.columns).toHaveProperty("id", "受付番号");
});

test("a running number is an id only together with its day: each export begins at 1", () => {
  const guess = guessed(rows("No|日付|声\n1|2025-07-01|味がとても良かったです"));
  expect(guess.status === "sure" && guess.source.columns.id).toEqual(["No", "日付"]);
});

test("a column of few values is no id, whatever it is called", () => {
  const table =
    "番号|日付|声\n1|2025-07-01|味がとても良かったです\n1|2025-07-02|袋が開けにくいです\n1|2025-07-02|とても助かりました";
  const guess = guessed(rows(table));
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
    const guess = guessed(rows(table));
    expect(guess.status).toBe("unsure");
    expect(guess.status === "unsure" && guess.reasons.join()).toContain(says);
  });
});

test("the desk's longer answer beside the customer's words raises no doubt", () => {
  const table = "日付|声|対応結果\n2025-07-01|開けにくい|申し訳ありませんとお伝えしました";
  const guess = guessed(rows(table));
  expect(guess.status === "sure" && guess.source.columns.verbatim).toBe("声");
});

test("exports with the same columns are one source, whatever they are called, and that is said", () => {
  const table = "番号|日付|声\n1|2025-07-01|味がとても良かったです";
  const july = sourceNameOf(guessed(rows(table), "通話記録_202507.csv"));
  expect(july).toMatch(/^通話記録-[0-9a-f]{8}$/);
  const wider = "声|番号|日付|年代\n袋が開けにくいです|2|2025-08-01|60代";
  const known = ["別のもの-00000000", String(july)];
  expect(sourceNameOf(guessed(rows(wider), "全件.csv", known))).toBe(july);
  const other = "no|日付|声\n1|2025-07-01|味がとても良かったです";
  expect(sourceNameOf(guessed(rows(other), "通話記録_202507.csv", known))).not.toBe(july);
  const guess = guessed(rows(table));
  expect(guess.status === "sure" && guess.notes.at(-1)).toContain(
    "「番号」と「日付」が同じ声は一度だけ",
  );
});

test("a source from before files gave names keeps its name, and its channel", () => {
  const table = "番号|日付|声\n1|2025-07-01|味がとても良かったです";
  const name = String(sourceNameOf(guessed(rows(table), "202507.csv")));
  expect(name).toMatch(/^columns-/);
  const guess = guessed(rows(table), "電話メモ.csv", [name]);
  expect(guess).toMatchObject({ source: { name, channel: "other" } });
});

function sourceNameOf(guess: ReturnType<typeof guessed>): string | undefined {
  return guess.status === "sure" ? guess.source.name : undefined;
}

describe("the customer's words are found", () => {
  test.each(["本文", "レビュー本文", "口コミ", "コメント", "内容", "ご意見", "通話内容"])(
    "by the heading %s",
    (heading) => {
      const guess = guessed(rows(`日付|${heading}\n2025-07-01|味がとても良かったです`));
      expect(guess).toMatchObject({ status: "sure", source: { columns: { verbatim: heading } } });
    },
  );

  test("by what is in the column, where no heading tells: proposed, and not taken in unasked", () => {
    const table = `
日付|列A|列B|列C
2025-07-01|山田商店|袋の切り口が固くて開けにくいです。|東京都
2025-07-02|鈴木酒店|前に買ったものより味が薄く感じました。|石川県`;
    const guess = guessed(rows(table));
    expect(guess).toMatchObject({ status: "unsure", found: { columns: { verbatim: "列B" } } });
    expect(guess.status === "unsure" && guess.reasons).toEqual([
      "見出しからはお客様の声がわかりません。文の入った「列B」をお客様の言葉とします",
    ]);
  });

  test("a title sums the words up: it stays beside them", () => {
    const table = `
投稿日|レビュータイトル|レビュー本文
2025-07-01|とても良い買い物でした|袋の切り口が固くて開けにくいです。`;
    expect(guessed(rows(table))).toMatchObject({
      source: { columns: { verbatim: "レビュー本文" }, attributes: ["レビュータイトル"] },
    });
  });
});

describe("a column of both sides' words is the verbatim, with the marks that part them", () => {
  test.each([
    "お申し出・対応内容",
    "お申し出／対応",
    "申出内容・対応内容",
    "相談内容と対応",
    "対応履歴",
  ])("%s", (heading) => {
    const guess = guessed(
      rows(`日付|${heading}
2025-07-01|【お申し出】袋の切り口が固くて開けにくい。【対応】お詫びした。
2025-07-02|【お申し出】前に買ったものより味が薄い。【対応】工場に伝えた。`),
    );
    expect(guess.found).toMatchObject({
      columns: { verbatim: heading },
      marks: { customer: ["【お申し出】"], desk: ["【対応】"] },
    });
    expect(guess.status === "unsure" && guess.reasons).toEqual([
      expect.stringContaining("目印: 【対応】"),
    ]);
  });

  test("and where no mark parts them, a person is asked", () => {
    const guess = guessed(rows("日付|相談内容と対応\n2025-07-01|開けにくい。お詫びした。"));
    expect(guess.status === "unsure" && guess.reasons.join()).toContain("目印が見つかりません");
  });

  test.each(["お申し出対応内容", "相談内容と対応区分", "対応内容"])("but not %s", (heading) => {
    const table = `日付|声|${heading}\n2025-07-01|開けにくいです|お詫びしてお送りしました`;
    expect(guessed(rows(table))).toMatchObject({
      status: "sure",
      source: { columns: { verbatim: "声" } },
    });
  });
});

const NUMBERED = Array.from(
  { length: 5 },
  (_, row) => `2025/7/${row + 1} 9:05|K${row}-x|L0${row % 2}|袋が開けにくいです${row}`,
);

test.each([
  { heads: "受付日時|照会キー|ロット|お申し出内容", says: "「照会キー」は行ごとに値が違います" },
  { heads: "受付日時|受付番号|ロット|お申し出内容", says: undefined },
])("a column of numbers that was not taken for the id is told of: $heads", ({ heads, says }) => {
  const guess = guessed(rows([heads, ...NUMBERED].join("\n")));
  const notes = guess.status === "sure" ? guess.notes : [];
  const told = notes.find((note) => note.includes("声を見分ける番号の列が選ばれていません"));
  expect(told?.includes(says ?? "")).toBe(says === undefined ? undefined : true);
});

test("who a mail is from is proposed as the customer's key, and kept nowhere else", () => {
  const mails = `
date|from|subject|body
2025-07-01T09:05:00Z|林 美咲 <taro0@example.com>|袋|袋が開けにくいです
2025-07-02T09:05:00Z|taro1@example.com|味|とてもおいしかったです
`;
  const { columns, attributes } = guessed(rows(mails)).found;
  expect([columns.customerKey, attributes]).toEqual(["from", ["subject"]]);
});
