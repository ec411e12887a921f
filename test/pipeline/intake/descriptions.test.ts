import { describe, expect, test } from "vitest";
import { splitSpeakers } from "../../../pipeline/intake/record/split-speakers.ts";
import { parseSource, SourceDescription } from "../../../pipeline/intake/source.ts";
import type { RawRecord } from "../../../pipeline/schema/raw-record.ts";
import { openOne } from "../../support/open-one.ts";
import { useTempFolder } from "./temp-folder.ts";

const write = useTempFolder();

async function read(
  text: string,
  described?: unknown,
): Promise<{ records: RawRecord[]; notes: readonly string[] }> {
  const source = described === undefined ? undefined : SourceDescription.parse(described);
  const options = { identityKey: Buffer.alloc(32), ...(source && { source }) };
  const file = await openOne(await write("声.csv", text), options);
  const records: RawRecord[] = [];
  for await (const batch of file.records(0)) records.push(...batch);
  return { records, notes: file.notes };
}

function voices(records: readonly RawRecord[]) {
  return records.flatMap((record) => (record.status === "ok" ? [record.voice] : []));
}

const desk = {
  name: "相談室",
  channel: "phone",
  columns: { id: "番号", receivedAt: "日時", verbatim: "声" },
};

describe("what dates leave open is asked once of a file, before anything is loaded", () => {
  const yearless = "番号,日時,声\n1,7/1 9:05,袋が固い\n2,3/31,味がよい\n";

  test("a year", async () => {
    await expect(read(yearless, desk)).rejects.toThrow(
      /「7\/1 9:05」には年がありません.*dates.firstDay/,
    );
    const { records } = await read(yearless, { ...desk, dates: { firstDay: "2025-04-01" } });
    expect(voices(records).map(({ receivedAt }) => receivedAt)).toEqual([
      "2025-07-01T09:05:00+09:00",
      "2026-03-31T00:00:00+09:00",
    ]);
  });

  test("an order, with the only one that fits", async () => {
    const text = "番号,日時,声\n1,07/01/2025,袋が固い\n2,07/15/2025,味がよい\n";
    await expect(read(text, desk)).rejects.toThrow(
      /dates.order.*2 行のどれにも合うのは mdy だけです/,
    );
    const { records } = await read(text, { ...desk, dates: { order: "mdy" } });
    expect(voices(records).map(({ receivedAt }) => receivedAt.slice(0, 10))).toEqual([
      "2025-07-01",
      "2025-07-15",
    ]);
    const open = "番号,日時,声\n1,01/02/03,袋が固い\n";
    await expect(read(open, desk)).rejects.toThrow(/^(?!.*だけです)/s);
  });

  test("of a file without a description, which then gets one to complete", async () => {
    const text = "番号,受付日時,お申し出内容\n1,7/1,袋が開けにくいです\n2,7/2,味が良かったです\n";
    const failure = await read(text).catch((error: Error) => error.message);
    expect(failure).toContain("には年がありません");
    const yaml = String(failure);
    const completed = yaml.slice(yaml.indexOf("name:")).replace(/"?<[^>]*>"?/, '"2025-04-01"');
    const { records } = await read(text, parseSource(completed, "説明.yaml"));
    expect(voices(records)[0]?.receivedAt).toBe("2025-07-01T00:00:00+09:00");
  });

  test("what only a later row leaves open is that row's dead letter", async () => {
    const rows = Array.from({ length: 600 }, (_, n) => `${n},2025-07-01,袋が固い`);
    const { records } = await read(`番号,日時,声\n${rows.join("\n")}\n600,7/2,味がよい\n`, desk);
    expect(records.at(-1)).toMatchObject({ status: "reject", reason: "date without year" });
  });
});

test("a day and a time in two columns are one moment, unasked too", async () => {
  const text =
    "受付番号,受付日,受付時刻,お申し出内容\nA1,2025/7/1,9:05,袋が開けにくいです\nA2,2025/7/2,,味が良かったです\n";
  const { records } = await read(text);
  expect(voices(records)).toMatchObject([
    { receivedAt: "2025-07-01T09:05:00+09:00", receivedPrecision: "instant" },
    { receivedAt: "2025-07-02T00:00:00+09:00", receivedPrecision: "date" },
  ]);
});

describe("a survey with several columns of words", () => {
  const survey = {
    name: "調査",
    channel: "survey",
    columns: {
      id: "回答番号",
      receivedAt: "日時",
      verbatim: ["良かった点", "困った点"],
      rating: "評価",
    },
  };
  const text =
    "回答番号,日時,評価,良かった点,困った点\n7,2025-07-01,5,味がよい,袋が固い\n8,だめ,1,香り,表示\n9,2025-07-03,3,,量が少ない\n";

  test("gives a voice for each answer, joined by their respondent", async () => {
    const { records } = await read(text, survey);
    expect(records.map(({ status, origin }) => [status, origin.offset, origin.row])).toEqual([
      ["ok", 0, 2],
      ["ok", 1, 2],
      ["reject", 2, 3],
      ["reject", 3, 3],
      ["skip", 4, 4],
      ["ok", 5, 4],
    ]);
    const [good, bad] = voices(records);
    expect(good).toMatchObject({
      verbatim: "味がよい",
      rating: 5,
      attributes: { 設問: "良かった点", 回答者: "7" },
    });
    expect(bad).toMatchObject({
      verbatim: "袋が固い",
      attributes: { 設問: "困った点", 回答者: "7" },
    });
    expect(good?.voiceId).not.toBe(bad?.voiceId);
  });

  test("without an id is joined by the row, alike in every export", async () => {
    const { id: _, ...columns } = survey.columns;
    const one = voices((await read(text, { ...survey, columns })).records);
    const other = voices(
      (await read(`${text}1,2025-07-05,2,店員,値段\n`, { ...survey, columns })).records,
    );
    expect(other.slice(0, 3)).toEqual(one);
    const people = one.map(({ attributes }) => attributes.回答者);
    expect(people[0]).toBe(people[1]);
    expect(people[0]).not.toBe(people[2]);
  });
});

describe("a cell with the customer's words and the desk's", () => {
  const marks = { customer: ["【申出】", "客："], desk: ["【対応】", "当社:"] };

  test.each([
    {
      why: "by brackets, wherever they stand",
      cell: "【申出】袋が固い【対応】お詫びした",
      customer: "袋が固い",
      desk: "お詫びした",
    },
    {
      why: "by words where a line begins",
      cell: "客：袋が固い\n 当社：交換します\n客：お願いします",
      customer: "袋が固い\nお願いします",
      desk: "交換します",
    },
    {
      why: "what comes first is the customer's",
      cell: "袋が固い\n当社:交換",
      customer: "袋が固い",
      desk: "交換",
    },
    {
      why: "a word within a line is no mark",
      cell: "前の客：が騒いでいた",
      customer: "前の客：が騒いでいた",
      desk: "",
    },
    {
      why: "without a mark all is the customer's",
      cell: " 袋が固い ",
      customer: " 袋が固い ",
      desk: "",
    },
  ])("$why", ({ cell, customer, desk: said }) => {
    expect(splitSpeakers(cell, marks)).toEqual({ customer, desk: said });
  });

  test("gives a voice of the customer's words alone, and the desk's beside them", async () => {
    const text =
      "番号,日時,声\n1,2025-07-01,【申出】袋が固い【対応】お詫びした\n2,2025-07-02,【対応】折り返し\n";
    const { records } = await read(text, { ...desk, marks });
    expect(records).toMatchObject([
      { status: "ok", voice: { verbatim: "袋が固い", attributes: { 相談室の言葉: "お詫びした" } } },
      { status: "skip", reason: "empty verbatim" },
    ]);
  });

  test("is asked about where nobody described it, with the marks that were seen", async () => {
    const text =
      "番号,受付日時,お申し出内容\n1,2025-07-01,■お申し出 袋が開けにくいです ■対応 お詫びした\n";
    await expect(read(text)).rejects.toThrow(/目印: ■対応.*marks:/s);
  });
});

describe("a changed export is said before anything is loaded", () => {
  const known = {
    ...desk,
    header: ["番号", "日時", "声", "商品名", "店舗"],
    attributes: ["商品名"],
  };

  test("a column that is needed and has another name now is refused, with the likely one", async () => {
    const failure = read("番号,日時,声,商品,区分\n1,2025-07-01,袋が固い,a,b\n", known);
    await expect(failure).rejects.toThrow(
      /ありません: 商品名。「商品名」は「商品」に変わったようです/,
    );
  });

  test("columns that came, went or were renamed, and are not needed, are told", async () => {
    const more = "番号,日時,声,商品名,店舗名,区分\n1,2025-07-01,袋が固い,a,b,c\n";
    const { notes } = await read(more, known);
    expect(notes.join()).toContain("「店舗」が「店舗名」に変わったようです、「区分」が増えました");
    const gone = await read("番号,日時,声,商品名\n1,2025-07-01,袋が固い,a\n", known);
    expect(gone.notes.join()).toContain("「店舗」がなくなりました");
  });

  test("the same columns in another order are no change", async () => {
    const { notes } = await read("店舗,声,番号,日時,商品名\nb,袋が固い,1,2025-07-01,a\n", known);
    expect(notes).toEqual([]);
  });
});

describe("garbled text is never loaded as text", () => {
  test("a garbled cell is a dead letter that says how it came about", async () => {
    const text = "番号,日時,声\n1,2025-07-01,袋が固い\n2,2025-07-02,譁\ufffd蟄怜喧縺\ufffd\n";
    const { records } = await read(text, desk);
    expect(records).toMatchObject([
      { status: "ok" },
      { status: "reject", reason: "UTF-8 read as CP932", column: "声" },
    ]);
  });

  test("a garbled header stops the file", async () => {
    const garbled = new TextDecoder("shift_jis").decode(Buffer.from("番号,日時,声\n"));
    await expect(read(`${garbled}1,2025-07-01,x\n`)).rejects.toThrow(
      /UTF-8 を Shift_JIS として開いて/,
    );
  });
});
