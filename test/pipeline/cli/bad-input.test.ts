import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { openWarehouse } from "../../../pipeline/warehouse/open-warehouse.ts";
import { BROKEN_FILES } from "../../fixtures/broken/broken-files.ts";
import { copyProject } from "../../support/project-copy.ts";
import { runKizuki } from "../../support/run-kizuki.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { japaneseBytes } from "../intake/japanese-bytes.ts";

const HEADER = "番号,受付日時,お申し出内容";
const GOOD = "g1,2025-07-01,味がとても良かったです";
const LATER = "g2,2025-07-02,袋が開けにくいです";

const Result = z.object({
  files: z.array(
    z.object({
      file: z.string(),
      rows: z.number(),
      voices: z.number(),
      duplicates: z.number(),
      deadLetters: z.number(),
    }),
  ),
});

async function deadLettersIn(home: string): Promise<unknown[][]> {
  const warehouse = await openWarehouse(join(home, "warehouse.duckdb"));
  const sql =
    "select file, origin_row::int, column_name, reason from dead_letters order by file, origin_row";
  const reader = await warehouse.reader.runAndReadAll(sql);
  warehouse.close();
  return reader.getRowsJS();
}

test("bad rows become dead letters with file, row, column and reason; the rest loads", async () => {
  const folder = tempFolder();
  const home = join(folder, "home");
  const files: Record<string, string | Buffer> = {
    "cells.csv": `${HEADER}\n${GOOD}\nx1,2025-07-01,多い,余分\n${LATER}\n`,
    "date.csv": `${HEADER}\nd1,2025-02-30,暦にない日です\nd2,2025-07-01,味が良い声です\nd3,2025-07-01,袋が大きい声です\nd4,2025-07-02,声です\nd5,2025-07-02,声です\nd6,2025-07-02,声です\nd7,2025-07-02,声です\nd8,2025-07-02,声です\nd9,2025-07-02,声です\n`,
    "empty.csv": "",
    "half.csv": Buffer.concat([
      Buffer.from(`${HEADER}\nh1,2025-07-01,味がとても良いと思いました\nh2,2025-07-02,途中で切れ`),
      Buffer.from("た").subarray(0, 2),
    ]),
    "huge.csv": `${HEADER}\nb1,2025-07-01,${"大".repeat(1_000_000)}\nb2,2025-07-02,次の声は読めます\n`,
    "odd.csv": `${HEADER}\no1,2025-07-01,NUL\0と😀😡アプリが落ちる\no2,2025-07-02,${"1".repeat(20_000)}\no3,2025-07-03,次の声は読めます\n`,
    "surrogate.jsonl":
      '{"番号":"s1","受付日時":"2025-07-01","お申し出内容":"壊れた字\\ud800があります"}\n',
    "twice.csv": `${HEADER}\nt1,2025-07-01,はじめの言葉です\nt1,2025-07-01,言い直した言葉です\n`,
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const { code, stdout, stderr } = await runKizuki(
    ["import", ...Object.keys(files).map((name) => join(folder, name)), "--json"],
    { home },
  );
  expect(code, stderr).toBe(0);
  const counts = Result.parse(JSON.parse(stdout)).files.map((file) => [
    ...[file.file, file.rows, file.voices, file.duplicates, file.deadLetters],
  ]);
  expect(counts).toEqual([
    ["cells.csv", 3, 2, 0, 1],
    ["date.csv", 9, 8, 0, 1],
    ["empty.csv", 0, 0, 0, 0],
    ["half.csv", 2, 1, 0, 1],
    ["huge.csv", 2, 1, 0, 1],
    ["odd.csv", 3, 3, 0, 0],
    ["surrogate.jsonl", 1, 1, 0, 0],
    ["twice.csv", 2, 2, 0, 0],
  ]);
  expect(await deadLettersIn(home)).toEqual([
    ["cells.csv", 3, null, "too many cells"],
    ["date.csv", 2, "受付日時", "impossible date"],
    ["half.csv", 3, null, "cut-off character at end of file"],
    ["huge.csv", 2, "お申し出内容", "verbatim too long"],
  ]);
});

test("broken files of each kind come to the warehouse as they were read", async () => {
  const folder = tempFolder();
  const names = ["trailing-commas.csv", "title-above.csv", "open-quote.csv", "utf16le-bare.csv"];
  names.push("euc-jp.csv", "jis.csv", "array-cut.json", "id-scientific.csv", "words-garbled.csv");
  names.push("strings-beyond.xlsx", "encrypted.zip", "bomb-inside.zip", "utf8-then-cp932.csv");
  const files = BROKEN_FILES.filter(({ name }) => names.includes(name));
  for (const [index, { name, bytes }] of files.entries()) {
    // A folder each: two of them may differ by case alone.
    const place = join(folder, String(index));
    mkdirSync(place);
    writeFileSync(join(place, name), bytes());
  }
  const source = join(folder, "source.yaml");
  writeFileSync(source, SOURCE);
  const paths = files.map(({ name }, index) => join(folder, String(index), name));
  const { code, stdout, stderr } = await runKizuki(
    ["import", ...paths, "--source", source, "--json"],
    { home: join(folder, "home") },
  );
  expect(code, stderr).toBe(3);
  expect(stderr).toContain("秘密.csv: パスワードが付いています");
  expect(stderr).toContain("a.csv.gz: 広げると大きくなりすぎます");
  expect(stderr).toContain("UTF-8 としては 233 バイト目（4 行目");
  const read = Result.parse(JSON.parse(stdout)).files.map((file) => [
    file.file,
    file.voices + file.duplicates,
    file.deadLetters,
  ]);
  expect(read).toEqual([
    ["trailing-commas.csv", 2, 0],
    ["open-quote.csv", 1, 1],
    ["title-above.csv", 1, 0],
    ["words-garbled.csv", 2, 3],
    ["id-scientific.csv", 1, 2],
    ["utf16le-bare.csv", 1, 0],
    ["euc-jp.csv", 1, 0],
    ["jis.csv", 1, 0],
    ["array-cut.json", 2, 1],
    ["strings-beyond.xlsx（シート「声」）", 1, 2],
    ["bomb-inside.zip（b.csv）", 2, 0],
    ["encrypted.zip（b.csv）", 2, 0],
  ]);
}, 240_000);

const SOURCE = `name: 相談室
channel: phone
columns: { id: 番号, receivedAt: 受付日時, verbatim: お申し出内容 }
`;

test.each([
  {
    why: "a wrong encoding",
    name: "x.csv",
    content: Buffer.from([0x61, 0x2c, 0x62, 0x0a, 0xff, 0xfd, 0xfe, 0x0a]),
    says: "文字コード",
  },
  { why: "columns that nobody can map", name: "x.csv", content: "a,b\n1,2\n", says: "columns:" },
  {
    why: "a header twice",
    name: "x.csv",
    content: `${HEADER},番号\n1,2025-07-01,声です,2\n`,
    says: "番号",
  },
])("$why ends with 3 and a message that says what to do", async ({ name, content, says }) => {
  const folder = tempFolder();
  writeFileSync(join(folder, name), content);
  const { code, stderr } = await runKizuki(["import", join(folder, name)], {
    home: join(folder, "home"),
  });
  expect(stderr).toContain(says);
  expect(code).toBe(3);
});

test("a file that two encodings fit is refused, and read by the one that a person names", async () => {
  const folder = tempFolder();
  const [file, yaml] = [join(folder, "x.csv"), join(folder, "x.yaml")];
  writeFileSync(file, japaneseBytes("id,day,memo\nA-1,2025-07-01,商品不良\n", "euc-jp"));
  const columns = "columns: { id: id, receivedAt: day, verbatim: memo }";
  writeFileSync(yaml, `name: desk\nchannel: phone\n${columns}\n`);
  const args = ["import", file, "--source", yaml, "--json"];
  const home = join(folder, "home");
  const refused = await runKizuki(args, { home });
  expect([refused.code, refused.stderr]).toEqual([
    3,
    expect.stringContaining("A-1,2025-07-01,商品不良"),
  ]);
  const ran = await runKizuki([...args, "--encoding", "euc-jp"], { home });
  expect(JSON.parse(ran.stdout)).toMatchObject({ files: [{ encoding: "euc-jp", voices: 1 }] });
}, 600_000);

test("a file that is not there is named", async () => {
  const folder = tempFolder();
  const path = join(folder, "nothing.csv");
  const { code, stderr } = await runKizuki(["import", path], { home: join(folder, "home") });
  expect(stderr).toContain("nothing.csv");
  expect(code).toBe(3);
});

test("a report without a period is not made of one without voices, and names the newest that has some", async () => {
  const folder = tempFolder();
  const home = join(folder, "home");
  writeFileSync(join(folder, "voices.csv"), `${HEADER}\n${GOOD}\n`);
  await runKizuki(["import", join(folder, "voices.csv")], { home });
  const unsaid = await runKizuki(["report", "weekly"], { home });
  expect([unsaid.code, unsaid.stderr]).toEqual([3, expect.stringContaining("--period 2025-W27")]);
  const said = await runKizuki(["report", "weekly", "--period", "2025-W30"], { home });
  expect([said.code, said.stdout]).toEqual([0, expect.stringContaining("2025-W30")]);
});

test("a full disk is told as such, and after it the same import goes through", async () => {
  const folder = tempFolder();
  const home = join(folder, "home");
  const file = join(folder, "voices.csv");
  writeFileSync(file, `${HEADER}\n${GOOD}\n${LATER}\n`);
  // /dev/full answers each write as a full disk does.
  const raw = join(home, "log", "voc.raw");
  mkdirSync(raw, { recursive: true });
  symlinkSync("/dev/full", join(raw, "00000000000000000000.log"));
  const full = await runKizuki(["import", file], { home });
  expect(full.stderr).toContain("ディスクの空き");
  expect(full.code).toBe(6);
  rmSync(join(raw, "00000000000000000000.log"));
  const after = await runKizuki(["import", file, "--json"], { home });
  expect(JSON.parse(after.stdout)).toMatchObject({ files: [{ rows: 2, voices: 2 }] });
});

test.each([
  { why: "changed", spoil: (path: string) => writeFileSync(path, "other weights") },
  { why: "missing", spoil: (path: string) => rmSync(path) },
])(
  "a model file that is $why stops the import before anything is loaded wrongly",
  async ({ spoil }) => {
    const folder = tempFolder();
    const home = join(folder, "home");
    const file = join(folder, "voices.csv");
    writeFileSync(file, `${HEADER}\n${GOOD}\n${LATER}\n`);
    const project = copyProject(folder);
    spoil(join(project, "models/encoder/base/onnx/model_quantized.onnx"));
    const broken = await runKizuki(["import", file], { home, project });
    expect(broken.stderr).toContain("model_quantized.onnx");
    expect(broken.code).toBe(5);
    const whole = await runKizuki(["import", file, "--json"], { home });
    expect(JSON.parse(whole.stdout)).toMatchObject({ files: [{ rows: 2, voices: 2 }] });
  },
);

test("a form that does not exist is named with those that do", async () => {
  const ran = await runKizuki(["report", "weekly", "--format", "pdf,word"], { home: tempFolder() });
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain("読んだもの: pdf,word、期待: html、pdf、xlsx");
});
