import { expect, test } from "vitest";
import { openSourceFiles } from "../../../../pipeline/intake/files/open-source-files.ts";
import { SourceDescription } from "../../../../pipeline/intake/source.ts";
import type { RawRecord } from "../../../../pipeline/schema/raw-record.ts";
import {
  BUILT_IN_DATE_STYLE,
  PADDED_STYLE,
  raw,
  rich,
  type SheetOptions,
  styled,
  workbookBytes,
} from "../../../support/files/workbook-bytes.ts";
import { useTempFolder } from "../temp-folder.ts";

const write = useTempFolder();

const source = SourceDescription.parse({
  name: "相談室",
  channel: "phone",
  columns: { id: "番号", receivedAt: "日時", verbatim: "声" },
  attributes: ["JAN", "時刻", "年代"],
});
const plain = SourceDescription.parse({ ...source, attributes: [] });

async function read(
  bytes: Uint8Array,
  described?: SourceDescription,
): Promise<{ records: RawRecord[]; notes: string[]; files: string[] }> {
  const path = await write("声.xlsx", bytes);
  const notes: string[] = [];
  const files: string[] = [];
  const records: RawRecord[] = [];
  const options = { identityKey: Buffer.alloc(32), ...(described && { source: described }) };
  for await (const file of openSourceFiles(path, options, ({ note }) => notes.push(note))) {
    if (file instanceof Error) throw file;
    files.push(file.file);
    notes.push(...file.notes);
    for await (const batch of file.records(0)) records.push(...batch);
  }
  return { records, notes, files };
}

function sheet(rows: SheetOptions["rows"], more: Partial<SheetOptions> = {}): Uint8Array {
  return workbookBytes({ sheets: [{ name: "声", rows, ...more }] });
}

function voices(records: readonly RawRecord[]) {
  return records.flatMap((record) => (record.status === "ok" ? [record.voice] : []));
}

const HEADER = ["番号", "日時", "声", "JAN", "時刻", "年代"];

test("cells say what a person sees in them", async () => {
  const { records } = await read(
    sheet([
      HEADER,
      [
        "A-1",
        styled(45839.378472222, 1),
        "袋が固い",
        4901234567894,
        styled(0.378472222, 1),
        "30代",
      ],
      [
        "A-2",
        styled(45840, 2),
        rich("<r><t>味は</t></r><r><rPr><b/></rPr><t>よい</t></r>"),
        styled(49012345, PADDED_STYLE),
        styled(1.0625, 4),
        raw('t="str"', "<f>X1</f><v>40代</v>"),
      ],
      [
        "A-3",
        styled(45841, BUILT_IN_DATE_STYLE),
        rich('<t>東京で</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh>'),
        raw("", "<v>4.901234567894E12</v>"),
        null,
        raw('t="b"', "<v>1</v>"),
      ],
      [
        "A-4",
        raw('t="d"', "<v>2025-07-04T10:00:00</v>"),
        "一行目_x000D_\n二行目",
        0.1 + 0.2,
        null,
        null,
      ],
    ]),
    source,
  );
  expect(
    voices(records).map(({ receivedAt, verbatim, attributes }) => [
      receivedAt,
      verbatim,
      attributes,
    ]),
  ).toEqual([
    [
      "2025-07-01T09:05:00+09:00",
      "袋が固い",
      { JAN: "4901234567894", 時刻: "09:05:00", 年代: "30代" },
    ],
    [
      "2025-07-02T00:00:00+09:00",
      "味はよい",
      { JAN: "0000049012345", 時刻: "25:30:00", 年代: "40代" },
    ],
    ["2025-07-03T00:00:00+09:00", "東京で", { JAN: "4901234567894", 年代: "TRUE" }],
    ["2025-07-04T10:00:00+09:00", "一行目\r\n二行目", { JAN: "0.3" }],
  ]);
});

test("a day and a time in a cell each are one moment, whether their formats show them or not", async () => {
  const { records } = await read(
    sheet([
      ["受付番号", "受付日", "受付時刻", "お申し出内容"],
      ["1", styled(45839, BUILT_IN_DATE_STYLE), styled(0.375, 1), "袋が開けにくかったです"],
      ["2", 45839, styled(0.375, 1), "味が良かったですよ"],
      ["3", 45839, 0.375, "量が多すぎました"],
      ["4", styled(45839, BUILT_IN_DATE_STYLE), 0.375, "また買おうと思います"],
    ]),
  );
  const at = { status: "ok", voice: { receivedAt: "2025-07-01T09:00:00+09:00", attributes: {} } };
  expect(records).toMatchObject([at, at, at, at]);
  expect(voices(records).flatMap(({ attributes }) => Object.keys(attributes))).toEqual([]);
});

test("a workbook from an old Mac counts its days from 1904", async () => {
  const rows = [
    ["番号", "日時", "声"],
    ["1", styled(45839 - 1462, 1), "袋が固い"],
  ];
  const { records } = await read(
    workbookBytes({ date1904: true, sheets: [{ name: "声", rows }] }),
    plain,
  );
  expect(voices(records)[0]?.receivedAt).toBe("2025-07-01T00:00:00+09:00");
});

test("lines above the header, a header of two rows with merged cells, and empty rows are no records", async () => {
  const { records, notes } = await read(
    sheet(
      [
        ["お客様相談室 受付一覧（2025年7月）"],
        [],
        ["番号", "日時", "お客様", null, "声"],
        [null, null, "年代", "性別", null],
        ["A-1", "2025-07-01", "30代", "女性", "袋が固い"],
        [null, "", " "],
        ["A-2", "2025-07-02", "40代", "男性", "味がよい"],
      ],
      { merges: ["A1:E1", "A3:A4", "B3:B4", "C3:D3", "E3:E4"] },
    ),
    SourceDescription.parse({ ...source, attributes: ["年代", "性別"] }),
  );
  expect(records.map(({ origin }) => [origin.offset, origin.row])).toEqual([
    [0, 5],
    [1, 7],
  ]);
  expect(voices(records).map(({ attributes }) => attributes)).toEqual([
    { 年代: "30代", 性別: "女性" },
    { 年代: "40代", 性別: "男性" },
  ]);
  expect(notes).toContain("4 行目を見出しとして読みます");
});

test("columns of one name under two merged ones are told apart by what stands above", async () => {
  const { records } = await read(
    sheet(
      [
        ["番号", "日時", "声", "購入", null, "使用", null],
        [null, null, null, "場所", "回数", "場所", "頻度"],
        ["1", "2025-07-01", "袋が固い", "渋谷店", "2", "自宅", "毎日"],
      ],
      { merges: ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1"] },
    ),
    SourceDescription.parse({ ...source, attributes: ["購入 場所", "使用 場所", "頻度"] }),
  );
  expect(voices(records)[0]?.attributes).toEqual({
    "購入 場所": "渋谷店",
    "使用 場所": "自宅",
    頻度: "毎日",
  });
});

test("what is hidden or merged is said, and read like the rest", async () => {
  const { records, notes } = await read(
    sheet(
      [
        ["番号", "日時", "声"],
        ["1", "2025-07-01", "袋が固い"],
        ["2", "2025-07-02", "味がよい"],
      ],
      { hiddenRows: [3], hiddenColumns: [1], merges: ["A2:A3"] },
    ),
    plain,
  );
  expect(voices(records)).toHaveLength(2);
  expect(notes).toEqual([
    "非表示の行が 1 行あります。ほかの行と同じに取り込みます",
    "非表示の列があります。ほかの列と同じに読みます: 番号（A 列）",
    "見出しの下に結合したセルが 1 か所あります。値は左上のセルのものとして読みます",
  ]);
});

test("an error in place of words or of the time is a dead letter, elsewhere an empty cell", async () => {
  const error = raw('t="e"', "<f>X</f><v>#NAME?</v>");
  const never = raw("", "<f>A1</f>");
  const { records } = await read(
    sheet([
      HEADER,
      ["1", "2025-07-01", error, null, null, null],
      ["2", never, "味がよい", null, null, null],
      ["3", "2025-07-03", "袋が固い", raw('t="e"', "<v>#N/A</v>"), null, null],
    ]),
    source,
  );
  expect(records).toMatchObject([
    { status: "reject", reason: "error cell", column: "声", origin: { row: 2 } },
    { status: "reject", reason: "error cell", column: "日時", origin: { row: 3 } },
    { status: "ok", voice: { attributes: {} } },
  ]);
});

test("sheets that look like voices are read, each as a file of its own; the others are told", async () => {
  const rows = [
    ["受付番号", "受付日時", "お申し出内容"],
    ["1", "2025-07-01", "袋が開けにくかったです"],
  ];
  const bytes = workbookBytes({
    sheets: [
      { name: "表紙", rows: [["お客様の声 2025年度"], ["作成", "相談室"]] },
      {
        name: "集計",
        rows: [
          ["商品", "件数"],
          ["ポテト", "12"],
        ],
      },
      { name: "7月", rows },
      {
        name: "8月",
        rows: [
          ["受付番号", "受付日時", "お申し出内容"],
          ["2", "2025-08-01", "味が良かったですよ"],
        ],
      },
      { name: "白紙", rows: [] },
      { name: "作業用", rows, isHidden: true },
    ],
  });
  const { files, records, notes } = await read(bytes);
  expect(files).toEqual(["声.xlsx（シート「7月」）", "声.xlsx（シート「8月」）"]);
  expect(new Set(records.map(({ origin }) => origin.stream)).size).toBe(2);
  expect(notes).toEqual(
    expect.arrayContaining([
      "シート「表紙」には記録がありません",
      "シート「集計」は声の一覧に見えないので取り込みません",
      "シート「白紙」には表がありません",
      "シート「作業用」は非表示なので取り込みません",
    ]),
  );
});

test("two sheets of one name, as other programs than Excel write them, are a stream each", async () => {
  const header = ["番号", "日時", "声"];
  const sheets = ["袋が固い", "味がよい", "量が多い"].map((words, index) => ({
    name: "声",
    rows: [header, [`${index}`, "2025-07-01", words]],
  }));
  const { records } = await read(workbookBytes({ sheets }), plain);
  expect(voices(records)).toHaveLength(3);
  expect(new Set(records.map(({ origin }) => origin.stream)).size).toBe(3);
});

test("the same sheet under another file's name is the same stream, and a description finds its header", async () => {
  const bytes = sheet([["メモ"], ["番号", "日時", "声"], ["1", "2025-07-01", "袋が固い"]]);
  const [one, other] = [await read(bytes, plain), await read(bytes, plain)];
  expect(one.records).toEqual(other.records);
  await expect(read(bytes, source)).rejects.toThrow(
    /シート「声」: 取り込み元の説明にある列がファイルにありません: JAN/,
  );
});

test("a sheet's streams begin alike whatever it is read as: that is how another source's voices are known", async () => {
  const bytes = sheet([HEADER.slice(0, 3), ["1", "いつか", "味がよい"]]);
  const [phone, shop] = [plain, { ...plain, name: "店舗" }];
  const streams = [await read(bytes, phone), await read(bytes, shop)].map(
    ({ records }) => records[0]?.origin.stream.split(":") ?? [],
  );
  expect(streams[0]?.slice(0, 2)).toEqual(streams[1]?.slice(0, 2));
  expect(streams[0]).not.toEqual(streams[1]);
});
