import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { InputError } from "../../../../pipeline/errors.ts";
import { parseSource, SourceDescription } from "../../../../pipeline/intake/source.ts";
import { RawRecord } from "../../../../pipeline/schema/raw-record.ts";
import { openOne } from "../../../support/open-one.ts";
import { cp932Bytes } from "../cp932-bytes.ts";
import { useTempFolder } from "../temp-folder.ts";

const write = useTempFolder();
const identityKey = Buffer.alloc(32, 7);

const described = SourceDescription.parse({
  name: "相談室",
  channel: "phone",
  columns: { id: "番号", receivedAt: "日時", verbatim: "声" },
});
const { id: _, ...withoutId } = described.columns;
const anonymous: SourceDescription = { ...described, columns: withoutId };

async function readAll(path: string, source?: SourceDescription, from = 0): Promise<RawRecord[]> {
  const file = await openOne(path, { identityKey, ...(source && { source }) });
  const records: RawRecord[] = [];
  for await (const batch of file.records(from)) records.push(...batch);
  return records;
}

function voiceIds(records: readonly RawRecord[]): string[] {
  return records.flatMap((record) => (record.status === "ok" ? [record.voice.voiceId] : []));
}

const DESK =
  "番号,日時,声,氏名\r\n" +
  'A-1,2025/7/1 9:05,"髙﨑さんの①㈱～、\r\n袋が開けにくい",山田\r\n' +
  "A-2,2025-02-30,味がとても良かったです,鈴木\r\n" +
  "A-3,2025/7/2,,佐藤\r\n" +
  "A-4,2025/7/3,味がとても良かったです,加藤\r\n";

test("a CP932 file is named by its bytes, guessed, and every record has its place", async () => {
  const bytes = cp932Bytes(DESK);
  const file = await openOne(await write("相談室_202507.csv", bytes), { identityKey });
  expect(file).toMatchObject({
    content: `file:${createHash("sha256").update(bytes).digest("hex")}`,
    file: "相談室_202507.csv",
    encoding: "cp932",
    format: "csv",
    sizeBytes: bytes.length,
    isEmpty: false,
    notes: [
      "個人情報らしい列は取り込みません: 氏名",
      expect.stringContaining("「番号」と「日時」が同じ声は一度だけ"),
    ],
  });
  const records: RawRecord[] = [];
  for await (const batch of file.records(0)) records.push(...batch);
  expect(file.progress()).toEqual({
    bytesRead: bytes.length,
    sizeBytes: bytes.length,
    rowsRead: 4,
  });
  expect(records.map((record) => RawRecord.parse(record))).toEqual(records);
  expect(records.map(({ origin, status }) => [origin.offset, origin.row, status])).toEqual([
    [0, 2, "ok"],
    [1, 4, "reject"],
    [2, 5, "skip"],
    [3, 6, "ok"],
  ]);
  expect(records[0]).toMatchObject({ voice: { verbatim: "髙﨑さんの①㈱～、\r\n袋が開けにくい" } });
  expect(records[1]).toMatchObject({ reason: "impossible date", column: "日時" });
});

test("the same voices in three encodings and three formats are the same voices", async () => {
  const cells = [
    ["番号", "日時", "声"],
    ["1", "2025-07-01", "袋が開けにくい"],
    ["2", "2025-07-02", "表示が小さい"],
  ];
  const csv = cells.map((row) => row.join(",")).join("\n");
  const jsonl = cells
    .slice(1)
    .map(([番号, 日時, 声]) => JSON.stringify({ 番号: Number(番号), 日時, 声 }))
    .join("\n");
  const files = [
    { bytes: csv, encoding: "utf-8", format: "csv" },
    { bytes: `\ufeff${csv}`, encoding: "utf-8-bom", format: "csv" },
    { bytes: cp932Bytes(csv), encoding: "cp932", format: "csv" },
    { bytes: cp932Bytes(csv.replaceAll(",", "\t")), encoding: "cp932", format: "tsv" },
    { bytes: `\ufeff${jsonl}`, encoding: "utf-8-bom", format: "jsonl" },
  ];
  const seen = new Set<string>();
  for (const { bytes, ...expected } of files) {
    const path = await write("same.txt", bytes);
    expect(await openOne(path, { source: described, identityKey })).toMatchObject(expected);
    const records = await readAll(path, described);
    seen.add(JSON.stringify(records.map((record) => record.status === "ok" && record.voice)));
  }
  expect(seen.size).toBe(1);
});

test("reading from any offset on gives the same tail, repeated words without ids included", async () => {
  const lines = Array.from({ length: 25 }, (_, n) =>
    n % 6 === 5 ? `${n},2025-02-30,x` : `${n},2025-07-0${1 + (n % 2)},ありがとう`,
  );
  const path = await write("thanks.csv", `番号,日時,声\n${lines.join("\n")}\n`);
  const all = await readAll(path, anonymous);
  expect(all).toHaveLength(25);
  expect(new Set(voiceIds(all)).size).toBe(21);
  for (let from = 0; from <= 25; from += 1) {
    expect(await readAll(path, anonymous, from)).toEqual(all.slice(from));
  }
});

test.each([
  { why: "by id", source: described },
  { why: "by time, words and occurrence", source: anonymous },
])("exports that overlap share the voices of the overlap: $why", async ({ source }) => {
  const lines = [
    "1,2025-07-01,ありがとう",
    "2,2025-07-01,ありがとう",
    "3,2025-07-02,袋が開けにくい",
    "4,2025-07-03,ありがとう",
  ];
  const july = await write("7月.csv", `番号,日時,声\n${lines.slice(0, 3).join("\n")}`);
  const whole = await write("全部.csv", `番号,日時,声\n${lines.join("\n")}`);
  const [first, second] = [await readAll(july, source), await readAll(whole, source)];
  expect(voiceIds(second).slice(0, 3)).toEqual(voiceIds(first));
  expect(new Set(voiceIds(second)).size).toBe(4);
});

test("one id with two texts is one voice in two revisions", async () => {
  const path = await write(
    "revised.csv",
    "番号,日時,声\n1,2025-07-01,まずい\n1,2025-07-01,うまい\n",
  );
  const [one, other] = await readAll(path, described);
  if (one?.status !== "ok" || other?.status !== "ok") throw new Error("both can be read");
  expect(one.voice.voiceId).toBe(other.voice.voiceId);
  expect(one.voice.revision).not.toBe(other.voice.revision);
});

test("a record without an id in a file that has ids is known by its words", async () => {
  const path = await write("gap.csv", "番号,日時,声\n,2025-07-01,うまい\n,2025-07-01,うまい\n");
  expect(new Set(voiceIds(await readAll(path, described))).size).toBe(2);
});

test("half a character at the end costs only the last record", async () => {
  const bytes = Buffer.from("番号,日時,声\n1,2025-07-01,うまい\n2,2025-07-02,まずい").subarray(
    0,
    -1,
  );
  const [one, two] = await readAll(await write("cut.csv", bytes), described);
  expect(one).toMatchObject({ status: "ok" });
  expect(two).toMatchObject({ status: "reject", reason: "cut-off character at end of file" });
});

test.each([
  { why: "no bytes", bytes: "", says: "空のファイルです" },
  { why: "only a mark", bytes: "\ufeff", says: "空のファイルです" },
  { why: "only a header", bytes: "番号,日時,声\n", says: "データの行がありません" },
])("a file with $why is empty, and says so", async ({ bytes, says }) => {
  const path = await write("empty.csv", bytes);
  for (const source of [undefined, described]) {
    const file = await openOne(path, { identityKey, ...(source && { source }) });
    expect(file).toMatchObject({ isEmpty: true, source });
    expect(file.notes.join()).toContain(says);
    expect(await readAll(path, source)).toEqual([]);
  }
});

test("an unsure file gives a description to complete, which reads it once completed", async () => {
  const text = "番号,購入日,内容\n1,2025-07-01,袋が開けにくいです\n";
  const path = await write("謎 の.csv", text);
  const failure = await openOne(path, { identityKey }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(InputError);
  const message = failure instanceof Error ? failure.message : "";
  expect(message).toContain("見出し: 番号、購入日、内容");
  expect(message).toContain(`kizuki source init '${path}' で`);
  expect(message).toContain(`kizuki import '${path}' --source 説明.yaml`);
  const yaml = message.slice(message.indexOf("name:")).replace("<受付日時の列>", "購入日");
  const records = await readAll(path, parseSource(yaml, "説明.yaml"));
  expect(records).toMatchObject([{ status: "ok", voice: { sourceId: "1" } }]);
});

test("a column that a description names and the file lacks stops the file, not each record", async () => {
  const path = await write("other.csv", "no,日時,声\n1,2025-07-01,うまい\n");
  const failure = readAll(path, described);
  await expect(failure).rejects.toThrow(InputError);
  await expect(failure).rejects.toThrow(/番号。ファイルの見出し: no、日時、声/);
});

test("a JSON array inside of an object is refused with the way to take it out", async () => {
  const path = await write("array.json", '{"items":[{"a":1}]}');
  await expect(readAll(path)).rejects.toThrow(/「items」の中にあるようです.*jq/);
});

test("a file without headings is refused without a word of its first record", async () => {
  const path = await write(
    "headless.csv",
    "2025-07-01,羽衣石郁,090-1234-5678,羽衣石です。袋が開けにくいので困っています\n" +
      "2025-07-02,小鳥遊琴吹,090-2222-3333,味がとても良かったので、また買います\n",
  );
  const refused = await openOne(path, { identityKey }).catch((cause: unknown) => cause);
  expect(refused).toBeInstanceOf(InputError);
  expect(String(refused)).toContain("見出しの行がなく");
  expect(String(refused)).not.toMatch(/羽衣石|5678|袋が/);
});
