import { describe, expect, test } from "vitest";
import { recordMapper } from "../../../../pipeline/intake/record/map-record.ts";
import { SourceDescription } from "../../../../pipeline/intake/source.ts";
import { RawRecord } from "../../../../pipeline/schema/raw-record.ts";

const source = SourceDescription.parse({
  name: "相談室",
  channel: { column: "方法", values: { 電話: "phone", TEL: "phone" } },
  columns: {
    id: "番号",
    receivedAt: "日時",
    verbatim: "声",
    rating: "評価",
    product: "商品",
    lot: "ロット",
    customerKey: "会員",
  },
  attributes: ["年代"],
  defaults: { product: "おかき", place: "本社" },
});

const GOOD = { 番号: "A-1", 日時: "2025/7/1 9:05", 声: " 味が良い ", 方法: "電話" };

function map(cells: Record<string, string>, change: Partial<SourceDescription> = {}): RawRecord {
  const mapper = recordMapper({
    stream: "file:0",
    file: "声.csv",
    source: { ...source, ...change },
    identityKey: Buffer.alloc(32, 7),
  });
  const bytes = Object.values(cells).join(",");
  return mapper({ offset: 3, row: 5, bytes, cells: new Map(Object.entries(cells)) });
}

test("a record becomes a raw voice; the verbatim is untouched and the other cells are trimmed", () => {
  const record = map({
    ...GOOD,
    評価: "４点",
    商品: " せんべい ",
    ロット: "L1",
    会員: "0001",
    年代: "60代",
    氏名: "x",
  });
  expect(RawRecord.parse(record)).toEqual(record);
  expect(record).toMatchObject({
    status: "ok",
    origin: { stream: "file:0", source: "相談室", file: "声.csv", offset: 3, row: 5 },
    voice: {
      source: "相談室",
      sourceId: "A-1",
      channel: "phone",
      receivedAt: "2025-07-01T09:05:00+09:00",
      verbatim: " 味が良い ",
      rating: 4,
      product: "せんべい",
      place: "本社",
      lot: "L1",
      attributes: { 年代: "60代" },
    },
  });
  expect(JSON.stringify(record)).not.toContain("0001");
});

test("an empty cell is no field, and falls back to the description's default", () => {
  const record = map({ ...GOOD, 評価: "", 商品: "　", ロット: "" });
  expect(record).toMatchObject({ voice: { product: "おかき", attributes: {} } });
  expect(record.status === "ok" && Object.keys(record.voice)).not.toContain("lot");
});

test("a rating that is no number is kept as an attribute, and the voice is not lost", () => {
  expect(map({ ...GOOD, 評価: "無回答" })).toMatchObject({
    status: "ok",
    voice: { attributes: { 評価: "無回答" } },
  });
});

test.each(["", " ", "　\r\n\t"])(
  "a verbatim of %j is skipped, whatever else is wrong",
  (verbatim) => {
    const record = map({ ...GOOD, 声: verbatim, 日時: "" });
    expect(record).toMatchObject({ status: "skip", reason: "empty verbatim" });
  },
);

describe("a record that cannot be mapped is a reject with its bytes", () => {
  test.each([
    { cells: { ...GOOD, 日時: "2025-02-30" }, reason: "impossible date", column: "日時" },
    { cells: { ...GOOD, 日時: "きのう" }, reason: "unreadable date", column: "日時" },
    { cells: { ...GOOD, 方法: "伝書鳩" }, reason: "unknown channel", column: "方法" },
    { cells: { ...GOOD, 方法: "constructor" }, reason: "unknown channel", column: "方法" },
    { cells: { 番号: "A-1", 日時: "2025/7/1" }, reason: "missing column", column: "声" },
    { cells: { ...GOOD, 番号: "1".repeat(201) }, reason: "cell too long", column: "番号" },
    { cells: { ...GOOD, ロット: "1".repeat(101) }, reason: "cell too long", column: "ロット" },
    { cells: { ...GOOD, 会員: "1".repeat(201) }, reason: "cell too long", column: "会員" },
    { cells: { ...GOOD, 年代: "1".repeat(1001) }, reason: "cell too long", column: "年代" },
    { cells: { ...GOOD, 声: "あ".repeat(20_001) }, reason: "verbatim too long", column: "声" },
  ])("$reason in $column", ({ cells, reason, column }) => {
    const record = map(cells);
    expect(RawRecord.parse(record)).toEqual(record);
    expect(record).toMatchObject({ status: "reject", reason, column });
    expect(record.status === "reject" && record.bytes).toContain(
      Object.values(cells).join(",").slice(0, 1000),
    );
  });
});

test("a verbatim of a megabyte is refused at once, and its bytes are cut at 64 KiB between characters", () => {
  const record = map({ ...GOOD, 声: "😀".repeat(500_000) });
  expect(record).toMatchObject({ status: "reject", reason: "verbatim too long" });
  const bytes = record.status === "reject" ? record.bytes : "";
  expect(Buffer.byteLength(bytes)).toBeGreaterThan(65_530);
  expect(Buffer.byteLength(bytes)).toBeLessThanOrEqual(65_536);
  expect(Buffer.from(bytes).toString()).toBe(bytes);
});

test.each([
  { why: "NUL", verbatim: "a\0b" },
  { why: "a lone surrogate", verbatim: "a\ud83db\udc00" },
  { why: "emoji", verbatim: "😀👨‍👩‍👧🇯🇵" },
  { why: "20,000 digits", verbatim: "1".repeat(20_000) },
  { why: "bidi marks and a formula", verbatim: "\u202e＝cmd|' /C calc'!A0" },
])("$why passes as text, through zod and JSON", ({ verbatim }) => {
  const record = map({ ...GOOD, 声: verbatim });
  expect(record).toMatchObject({ status: "ok", voice: { verbatim } });
  expect(RawRecord.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
});

test("half a character in an attribute's name or value is replaced, as no JSON of DuckDB holds it", () => {
  const record = map(
    { ...GOOD, "年代\ud83d": "30\ud83d代", 評価: "\udc00" },
    { attributes: ["年代\ud83d"] },
  );
  expect(record).toMatchObject({
    voice: { attributes: { "年代\ufffd": "30\ufffd代", 評価: "\ufffd" } },
  });
});

test("a channel's value is compared in one spelling, and may have a way out", () => {
  expect(map({ ...GOOD, 方法: " ＴＥＬ " })).toMatchObject({ voice: { channel: "phone" } });
  const channel = { column: "方法", values: {}, otherwise: "other" } as const;
  expect(map({ ...GOOD, 方法: "伝書鳩" }, { channel })).toMatchObject({
    voice: { channel: "other" },
  });
});

test("cells that were asked already are not asked again", () => {
  const mapper = recordMapper({
    stream: "http:0",
    file: "HTTP",
    source,
    identityKey: Buffer.alloc(32, 7),
  });
  const cells = new Map(Object.entries(GOOD));
  const record = { offset: 0, row: 1, bytes: "", cells, mapped: { reason: "unreadable cell" } };
  expect(mapper(record)).toMatchObject({ status: "reject", reason: "unreadable cell" });
});
