import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { openWarehouse } from "../../../pipeline/warehouse/open-warehouse.ts";
import { type RunOptions, runKizuki } from "../../support/run-kizuki.ts";
import { removeFolder, sharedFolder } from "../../support/temp-folder.ts";

const ROWS = [
  ["A1", "2025/7/28 10:00", "駐車場が遠くて大変でした。電話は090-1234-5678です"],
  ["A2", "2025/7/29 11:30", "味は良いが袋が開けにくい"],
  ["A3", "2025/7/30", "どこで買えますか？"],
  ["A4", "2025/8/3 23:30", "とてもおいしかったです"],
  ["A5", "2025/8/4 00:30", "髪の毛が入っていて不愉快でした"],
];

function csv(rows: readonly (readonly string[])[]): string {
  return [["受付番号", "受付日時", "お申し出内容"], ...rows].map((row) => row.join(",")).join("\n");
}

describe("scripts that use the command line", () => {
  const folder = sharedFolder();
  const home = join(folder, "home");
  const first = join(folder, "first.csv");
  const overlap = join(folder, "overlap.csv");
  beforeAll(() => {
    writeFileSync(first, csv(ROWS));
    writeFileSync(overlap, csv([...ROWS.slice(3), ["A6", "2025/8/5", "また買いたいです"]]));
  });
  afterAll(() => removeFolder(folder));

  const kizuki = async (args: readonly string[], options: Partial<RunOptions> = {}) => {
    const ran = await runKizuki(args, { home, ...options });
    return { ...ran, json: () => JSON.parse(ran.stdout) as unknown };
  };

  test("import says what became of each row, and the same file again changes nothing", async () => {
    const ran = await kizuki(["import", first, "--json"]);
    expect(ran.stderr).not.toContain("誤り");
    const expected = {
      file: "first.csv",
      encoding: "utf-8",
      rows: 5,
      deadLetters: 0,
      skipped: 0,
      forgotten: 0,
      fileRows: 5,
    };
    expect(ran.json()).toEqual({ files: [{ ...expected, voices: 5, changed: 0, duplicates: 0 }] });
    const again = await kizuki(["import", first, "--json"]);
    expect(again.json()).toEqual({
      files: [{ ...expected, voices: 0, changed: 0, duplicates: 5 }],
    });
  });

  test("an overlapping export brings only what is new", async () => {
    const ran = await kizuki(["import", overlap, "--json"]);
    expect(ran.json()).toMatchObject({ files: [{ rows: 3, voices: 1, duplicates: 2 }] });
  });

  test("running numbers that begin anew each month are no ids", async () => {
    const other = join(folder, "numbers");
    for (const month of ["07", "08"]) {
      writeFileSync(
        `${other}-${month}.csv`,
        `No,受付日,内容\n1,2025-${month}-01,${month}月の声です`,
      );
    }
    const ran = await runKizuki(["import", `${other}-07.csv`, `${other}-08.csv`, "--json"], {
      home: join(folder, "numbers"),
    });
    expect(JSON.parse(ran.stdout)).toMatchObject({ files: [{ voices: 1 }, { voices: 1 }] });
    const status = await runKizuki(["status", "--json"], { home: join(folder, "numbers") });
    expect(JSON.parse(status.stdout)).toMatchObject({ voices: 2 });
  });

  test("status --json has the promised fields", async () => {
    const { json } = await kizuki(["status", "--json"]);
    expect(json()).toMatchObject({
      voices: 6,
      segments: expect.any(Number),
      deadLetters: 0,
      periods: [],
      model: { name: expect.any(String), sha256: expect.any(String) },
    });
  });

  test("a telephone number stands in no table", async () => {
    const warehouse = await openWarehouse(join(home, "warehouse.duckdb"));
    const reader = await warehouse.reader.runAndReadAll(
      "select count(*)::int, count(*) filter (where text like '%【電話1】%')::int, count(*) filter (where text like '%5678%')::int from voices",
    );
    expect(reader.getRowsJS()).toEqual([[6, 1, 0]]);
    warehouse.close();
  });

  test("the promised tables hold something after the process has ended", async () => {
    const warehouse = await openWarehouse(join(home, "warehouse.duckdb"));
    const ofVoices = ["voices", "segments", "segment_topics", "terms", "segment_terms", "vectors"];
    for (const table of ofVoices) {
      const { currentRowCount } = await warehouse.reader.runAndReadAll(`from ${table} limit 1`);
      expect(currentRowCount, table).toBe(1);
    }
    warehouse.close();
  });

  test("an awareness without a reason is refused, one with a reason stands in the list", async () => {
    const add = ["awareness", "add", "--voice", "A2", "--author", "林"];
    const without = await kizuki([...add, "--reason", "  "]);
    expect(without).toMatchObject({ code: 2, stdout: "" });
    expect(without.stderr).toContain("理由");
    expect((await kizuki([...add, "--reason", "袋の話です"])).code).toBe(0);
    const list = await kizuki(["awareness", "list", "--json"]);
    expect(list.json()).toMatchObject([{ author: "林", reason: "袋の話です" }]);
    const unknown = await kizuki([
      ...["awareness", "add", "--voice", "Z9", "--author", "林", "--reason", "x"],
    ]);
    expect(unknown.code).toBe(3);
  });

  test("a report is made once, frozen, and has the Sunday night voice but not Monday's", async () => {
    const ran = await kizuki(["report", "weekly", "--period", "2025-W31", "--json"]);
    expect(ran.json()).toMatchObject({ period: "2025-W31", revision: 1, wasFrozen: false });
    expect(existsSync(join(home, "reports/weekly/2025-W31.html"))).toBe(true);
    const again = await kizuki(["report", "weekly", "--period", "2025-W31", "--json"]);
    expect(again.json()).toMatchObject({ revision: 1, wasFrozen: true });
    const revised = await kizuki(["report", "weekly", "--period", "2025-W31", "--again", "--json"]);
    expect(revised.json()).toMatchObject({ revision: 2, wasFrozen: false });
    const monthly = await kizuki(["report", "monthly", "--period", "2025-07", "--json"]);
    expect(monthly.json()).toMatchObject({ job: "monthly", revision: 1 });
    expect(existsSync(join(home, "reports/monthly/2025-07.html"))).toBe(true);
  });

  test("classify answers each line in order, with spans that point at the words", async () => {
    const input =
      '味は良いが袋が開けにくい😀\n{"text":"電話は03-1234-5678です"}\n\nどこで買えますか？\n';
    const ran = await kizuki(["classify", "--taxonomy", "food-maker", "--json"], { input });
    const Line = z.object({
      text: z.string(),
      sentiment: z.enum(["negative", "neutral", "positive"]),
      polarity: z.number().min(-1).max(1),
      kind: z.enum(["complaint", "request", "question", "praise", "other"]),
      segments: z.array(
        z.object({
          start: z.number(),
          end: z.number(),
          text: z.string(),
          topics: z.array(
            z.object({ topic: z.string(), confidence: z.number(), why: z.array(z.string()) }),
          ),
        }),
      ),
    });
    const lines = ran.stdout
      .trim()
      .split("\n")
      .map((line) => Line.parse(JSON.parse(line)));
    expect(lines).toHaveLength(4);
    expect(lines[1]?.text).toContain("【電話1】");
    for (const { text, segments } of lines) {
      for (const { start, end, text: words } of segments) {
        expect([...text].slice(start, end).join("")).toBe(words);
      }
    }
    expect(lines[0]?.segments.map(({ topics }) => topics[0]?.topic)).toEqual([
      "quality.taste",
      "package.opening",
    ]);
    expect(lines[3]?.kind).toBe("question");
  });

  test("a line that classify cannot read gets an error in its place, and the others their answers", async () => {
    const input = '{"note":"no text"}\n{笑}おいしい\n駐車場が遠い\n';
    const ran = await kizuki(["classify", "--json"], { input });
    const lines = ran.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(ran.code, ran.stderr).toBe(0);
    expect(lines.map(({ text, error }) => [text, error])).toEqual([
      ["", 'no "text"'],
      ["{笑}おいしい", undefined],
      ["駐車場が遠い", undefined],
    ]);
  });

  test("a bad clock in the environment is told by its name", async () => {
    const ran = await kizuki(["status"], { env: { KIZUKI_CLOCK: "yesterday" } });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("KIZUKI_CLOCK … 読んだもの: yesterday");
  });

  test("reclassify with nothing changed changes nothing: heads see what is stored", async () => {
    const ran = await kizuki(["reclassify", "--json"]);
    expect(ran.json()).toMatchObject({ taxonomies: [{ taxonomy: "food-maker", changed: 0 }] });
  });

  test("a changed taxonomy is applied to what is stored", async () => {
    const yaml = join(folder, "own.yaml");
    const topics = "- { id: bag, label: 袋, severity: 1, description: 袋の声, rules: [袋] }";
    writeFileSync(yaml, `name: own\nlabel: 自社\nversion: 1\ntopics:\n  ${topics}\n`);
    const config = join(folder, "kizuki.yaml");
    writeFileSync(config, "taxonomies: [food-maker, ./own.yaml]\n");
    const ran = await kizuki(["--config", config, "reclassify", "--taxonomy", "own", "--json"]);
    expect(ran.json()).toMatchObject({ taxonomies: [{ taxonomy: "own", changed: 1 }] });
  });

  test("a head of one's own is trained, measured and refuses nonsense", async () => {
    const lines = (texts: readonly string[], label: string) =>
      texts.map((text) => JSON.stringify({ text, label })).join("\n");
    const good = [
      "とても甘くて好き",
      "甘さがちょうどいい",
      "甘い香りがした",
      "甘くておいしい",
      "ほんのり甘い",
    ];
    const bad = [
      "塩辛くて飲み込めない",
      "しょっぱい味だった",
      "塩気が強い",
      "塩がききすぎ",
      "しょっぱすぎる",
    ];
    const examples = join(folder, "examples.jsonl");
    writeFileSync(examples, `${lines(good, "甘い")}\n${lines(bad, "塩辛い")}\n`);
    const head = join(folder, "head");
    const train = ["models", "train", "--examples", examples, "--out", head];
    expect((await kizuki(train)).code).toBe(0);
    const ran = await kizuki([
      "models",
      "evaluate",
      "--head",
      head,
      "--examples",
      examples,
      "--json",
    ]);
    expect(ran.json()).toMatchObject({
      n: 10,
      accuracy: 1,
      macroF1: 1,
      microF1: 1,
      perLabel: { 甘い: { precision: 1, recall: 1, f1: 1, support: 5 } },
    });
    writeFileSync(examples, '{"text":"甘い"}\n{"text":3,"label":"a"}\n');
    const broken = await kizuki(train);
    expect(broken.code).toBe(3);
    expect(broken.stderr).toContain("examples.jsonl:1 ");
    expect(broken.stderr).toContain("examples.jsonl:2 ");
  });

  test("embed gives one unit vector a line", async () => {
    const { stdout } = await kizuki(["models", "embed", "--json"], {
      input: "駐車場が遠い\n味が良い\n",
    });
    const lines = stdout.trim().split("\n");
    const Line = z.object({ vector: z.array(z.number()).length(384) });
    const vectors = lines.map((line) => Line.parse(JSON.parse(line)).vector);
    expect(vectors).toHaveLength(2);
    for (const vector of vectors) {
      expect(vector.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 5);
    }
  });

  test.each([
    { why: "an unknown command", args: ["exort"], says: "ありません" },
    { why: "an unknown kind of report", args: ["report", "yearly"], says: "weekly" },
    {
      why: "a week that does not exist",
      args: ["report", "weekly", "--period", "2025-W53"],
      says: "2025-W31",
    },
    {
      why: "a source that does not exist",
      args: ["import", "x.csv", "--source", "desk"],
      says: "desk",
    },
  ])("$why ends with 2 and says what is expected", async ({ args, says }) => {
    const { code, stderr } = await kizuki(args);
    expect(stderr).toContain(says);
    expect(code).toBe(2);
  });
});
