import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { offsetConfidence } from "../../../models/desk-offset.ts";
import { CalibrationFile } from "../../../pipeline/calibration.ts";
import type { SheetLine } from "../../../pipeline/cli/judgement-sheet.ts";
import { readJudgementSheet } from "../../../pipeline/cli/read-judgement-sheet.ts";
import { openWarehouse } from "../../../pipeline/warehouse/open-warehouse.ts";
import { query } from "../../../pipeline/warehouse/query.ts";
import { fillCells } from "../../support/files/fill-cells.ts";
import { rowsOfHome } from "../../support/home-rows.ts";
import { PROJECT, runKizuki } from "../../support/run-kizuki.ts";
import { removeFolder, sharedFolder, tempFolder } from "../../support/temp-folder.ts";

const folder = sharedFolder();
const home = join(folder, "home");
const config = join(folder, "kizuki.yaml");
const sheet = join(folder, "判定.xlsx");
const calibration = join(folder, "calibration.json");

async function kizuki(...args: string[]) {
  const ran = await runKizuki(["--config", config, ...args], { home });
  return { ...ran, said: ran.stdout + ran.stderr };
}

async function rowsOf(sql: string): Promise<unknown[][]> {
  const warehouse = await openWarehouse(join(home, "warehouse.duckdb"));
  try {
    return (await warehouse.reader.runAndReadAll(sql)).getRowsJS();
  } finally {
    warehouse.close();
  }
}

let drawn: SheetLine[] = [];

/** Real voices, real models: a hundred and twenty of the demo's. */
beforeAll(async () => {
  const demo = join(PROJECT, "pipeline/demo");
  const lines = readFileSync(join(demo, "voices/2025-07.csv"), "utf8").split("\n");
  const voices = join(folder, "voices.csv");
  writeFileSync(voices, lines.slice(0, 121).join("\n"));
  writeFileSync(config, `workers: 1\ntaxonomies: [tourism]\nencoder: small\n`);
  const imported = await kizuki("import", voices, "--source", join(demo, "source.yaml"));
  expect(imported.code, imported.said).toBe(0);
  const sampled = await kizuki(
    "tag",
    "sample",
    "--head",
    "emotion",
    "--count",
    "40",
    "--file",
    sheet,
  );
  expect(sampled.code, sampled.said).toBe(0);
  drawn = await readJudgementSheet(sheet);
}, 240_000);

afterAll(() => removeFolder(folder));

test("the table has as many tags as were asked for, of one segment one at most, and is for its owner alone", async () => {
  expect(drawn).toHaveLength(40);
  expect(drawn.every(({ mark, key, tag }) => mark === "" && key !== "" && tag !== "")).toBe(true);
  const places = drawn.map(({ key }) => key.split("|").slice(0, 4).join());
  expect(new Set(places).size).toBe(40);
  expect(statSync(sheet).mode & 0o077).toBe(0);
  const again = join(folder, "again.xlsx");
  writeFileSync(again, "", { mode: 0o644 });
  const anew = ["tag", "sample", "--head", "emotion", "--count", "40", "--overwrite", "--file"];
  await kizuki(...anew, again);
  expect(await readJudgementSheet(again)).toEqual(drawn);
  expect(statSync(again).mode & 0o077).toBe(0);
  const nowhere = await kizuki(...anew, join(folder, "none", "a.xlsx"));
  expect(nowhere.stderr).toMatch(/a\.xlsx に書けません。フォルダがあるか/);
  const other = join(folder, "other.xlsx");
  await kizuki(
    "tag",
    "sample",
    "--head",
    "emotion",
    "--count",
    "40",
    "--seed",
    "2",
    "--file",
    other,
  );
  expect(await readJudgementSheet(other)).not.toEqual(drawn);
  const more = await kizuki("tag", "sample", "--head", "emotion", "--count", "2000");
  expect(more.stdout).toContain("判定できるタグは、これですべてです");
}, 120_000);

test("a row that was changed by hand is told by its number, and nothing of the file is kept", async () => {
  const bad = join(folder, "bad.xlsx");
  const [first, second] = drawn;
  await fillCells(sheet, bad, {
    ...{ D2: "○", D3: "たぶん", D4: "○", A4: "ちがう文です", D5: "×", C5: "怒り？" },
    ...{ D6: "○", E6: "", D7: "○", A7: first?.text ?? "", C7: first?.tag ?? "" },
    ...{
      E7: first?.key ?? "",
      D8: "×",
      E8: second?.key.replace(/[0-9a-f]+\|[0-9a-f]+$/, "old") ?? "",
    },
  });
  const { code, stderr } = await kizuki("tag", "judge", bad, "--author", "林");
  expect(code).toBe(3);
  expect(stderr).toContain("6 行が読めません。何も記録していません");
  expect(stderr).toContain(
    "3 行目: 「合っていますか（○か×）」 … 読んだもの: たぶん、期待: ○、×、または空",
  );
  expect(stderr).toContain("4 行目: 「文」が書き換えられています。読んだもの: ちがう文です");
  expect(stderr).toContain("5 行目: 「タグ」が書き換えられています。読んだもの: 怒り？");
  expect(stderr).toContain("6 行目: 隠れた列");
  expect(stderr).toContain("7 行目: 2 行目と同じタグです");
  expect(stderr).toContain("8 行目: 感情の名前の分類器が、この表を作ったときと違います");
  const asText = join(folder, "判定.csv");
  writeFileSync(asText, "文,タグ\n");
  expect((await kizuki("tag", "judge", asText, "--author", "林")).stderr).toContain(
    "期待: kizuki tag sample が書いたブック（.xlsx）",
  );
  expect(await rowsOf("select count(*)::integer from judged_tags")).toEqual([[0]]);
}, 60_000);

test("with fewer than twenty judgements nothing is written; the rest may follow, and nothing counts twice", async () => {
  const empty = await kizuki("tag", "judge", sheet, "--author", "林");
  expect(empty.stdout).toContain("判定 0 件を読み込みました（まだ空の行 40 件）");
  expect(empty.stdout).toContain(
    "感情の名前: いま 0 件。校正するには、あと 20 件の判定が要ります。「合っていますか（○か×）」に○か×を入れて保存し",
  );
  const part = join(folder, "part.xlsx");
  await fillCells(sheet, part, { D2: "○", D3: "x", D4: "Ｏ" });
  const first = await kizuki("tag", "judge", part, "--author", "林");
  expect(first.stdout).toContain("感情の名前の判定 3 件を読み込みました（まだ空の行 37 件）");
  expect(first.stdout).toContain(
    "感情の名前: いま 3 件。校正するには、あと 17 件の判定が要ります。",
  );
  expect(first.stdout).not.toContain("models calibrate");
  const few = await kizuki("models", "calibrate");
  expect(few.stdout).toContain("校正しません: あと 17 件の判定が要ります");
  expect(existsSync(calibration)).toBe(false);

  const all = join(folder, "all.xlsx");
  const marks = drawn.map((_, index) => [`D${index + 2}`, index % 3 === 0 ? "○" : "×"]);
  await fillCells(sheet, all, Object.fromEntries(marks));
  const rest = await kizuki("tag", "judge", all, "--author", "森");
  expect(rest.said).toContain("判定 37 件を読み込みました（前と変わった判定 1 件");
  expect(rest.stdout).toContain("次: kizuki models calibrate");
  expect(rest.stdout).not.toContain("要ります");
  const twice = await kizuki("tag", "judge", all, "--author", "森");
  expect(twice.stdout).toContain("判定 0 件を読み込みました（もう読み込んであった判定 40 件）");
  const counts =
    "select count(*)::integer, count(*) filter (where is_right)::integer from judged_tags";
  expect(await rowsOf(counts)).toEqual([[40, 14]]);

  const emptied = join(folder, "emptied.xlsx");
  await fillCells(sheet, emptied, Object.fromEntries(marks.slice(1)));
  const other = await kizuki("tag", "judge", emptied, "--author", "森", "--reopen");
  expect(other.stdout).toContain("空の行のうち 1 件は、ほかの人が判定しています。");
  expect(await rowsOf(counts)).toEqual([[40, 14]]);
  const kept = await kizuki("tag", "judge", emptied, "--author", "林");
  expect(kept.stdout).toContain("1 件が、いまは空です。その判定は残してあります。");
  expect(await rowsOf(counts)).toEqual([[40, 14]]);
  const undone = await kizuki("tag", "judge", emptied, "--author", "林", "--reopen");
  expect(undone.stdout).toContain("空に戻して取り消した判定 1 件");
  expect(await rowsOf(counts)).toEqual([[39, 13]]);
  await kizuki("tag", "judge", all, "--author", "森");
  expect(await rowsOf(counts)).toEqual([[40, 14]]);
}, 180_000);

test("a table is drawn on where it stopped, though tags come and go meanwhile", async () => {
  const warehouse = await openWarehouse(join(home, "warehouse.duckdb"));
  try {
    const { connection } = warehouse;
    const found = await connection.runAndReadAll("select any_value(encoder) from vectors");
    const [[encoder = ""] = []] = found.getRowsJS();
    const draw = async (after: string) => {
      const asked = { head: "emotion", head_version: "none", since: "", seed: "1" };
      const params = { ...asked, encoder: String(encoder), after, limit: 1000 };
      const Row = z.object({ voice_id: z.string(), span_start: z.number(), draw: z.string() });
      return await query(connection, "questions/tags_to_judge.sql", params, Row);
    };
    const whole = await draw("");
    const [first, ...rest] = whole;
    expect(rest.length).toBeGreaterThan(40);
    await connection.run("begin");
    await connection.run(`delete from segments where voice_id = '${first?.voice_id}'`);
    const gone = rest.slice(10).filter(({ voice_id }) => voice_id !== first?.voice_id);
    expect(await draw(rest[9]?.draw ?? "")).toEqual(gone);
    await connection.run("rollback");
  } finally {
    warehouse.close();
  }
});

test("of a sentence that another mask wrote anew the table says so, and of one that a person did that they did", async () => {
  const [line] = drawn;
  const [voice, , start] = line?.key.split("|") ?? [];
  const run = async (sql: string) => {
    const warehouse = await openWarehouse(join(home, "warehouse.duckdb"));
    await warehouse.connection.run(sql);
    warehouse.close();
  };
  const where = `where voice_id = '${voice}' and span_start = ${start}`;
  await run(`update segments set text = '［氏名］が不親切でした。' ${where}`);
  const marked = join(folder, "masked.xlsx");
  await fillCells(sheet, marked, { D2: "○" });
  const masked = await kizuki("tag", "judge", marked, "--author", "林");
  expect(masked.stderr).toContain("2 行目: この表を作ったあとで伏せ方が変わり、いまは「［氏名］が");
  const changed = join(folder, "changed.xlsx");
  await fillCells(sheet, changed, { D2: "○", A2: "ちがう文です" });
  const own = await kizuki("tag", "judge", changed, "--author", "林");
  expect(own.stderr).toContain("2 行目: 「文」が書き換えられています。");
  await run(`update segments set text = '${line?.text.replaceAll("'", "''")}' ${where}`);
}, 60_000);

test("calibrating moves the confidence of new voices and, by reclassify --all, of old ones; again it moves nothing", async () => {
  const before = await rowsOf(CONFIDENCES);
  const { code, stdout } = await kizuki("models", "calibrate");
  expect(code, stdout).toBe(0);
  expect(stdout).toContain(
    "判定した 40 件のうち 14 件、35.0%（全体では、おそらく 20.6% から 51.7%。95% 区間）",
  );
  const { heads } = CalibrationFile.parse(JSON.parse(readFileSync(calibration, "utf8")));
  const offset = heads.emotion?.offset ?? 0;
  expect(offset).toBeLessThan(-0.5);

  const topics = await rowsOf("select * from segment_topics order by all");
  const moved = await kizuki("reclassify", "--all");
  expect(moved.stdout).toContain("tourism: ");
  const after = await rowsOf(CONFIDENCES);
  expect(after.length).toBeLessThan(before.length);
  expect(after.length).toBeGreaterThan(0);
  const known = new Map(before.map(([place, confidence]) => [place, Number(confidence)]));
  for (const [place, confidence] of after) {
    const expected = offsetConfidence(known.get(place) ?? Number.NaN, offset);
    expect(Number(confidence)).toBeCloseTo(expected, 5);
  }
  expect(await rowsOf("select * from segment_topics order by all")).toEqual(topics);

  const again = await kizuki("models", "calibrate");
  expect(JSON.parse(readFileSync(calibration, "utf8"))).toEqual({ heads });
  expect(again.stdout).toContain(`（校正の値 ${offset.toFixed(2)} → ${offset.toFixed(2)}`);
  expect((await kizuki("reclassify", "--all")).stdout).toContain(
    "ほかのタグ（感情、声の種類など）: 0 文",
  );
  expect(await rowsOf(CONFIDENCES)).toEqual(after);

  const classified = await runKizuki(["--config", config, "classify"], { home, input: PRAISE });
  const plain = await runKizuki(["classify", "--config", bare()], { home, input: PRAISE });
  const [own, bared] = [classified, plain].map(({ stdout: line }) => emotionsOf(line));
  expect(own?.joy).toBeCloseTo(offsetConfidence(bared?.joy ?? 0, offset), 4);
  const status = await kizuki("status");
  expect(status.stdout).toMatch(
    /確信度\s+校正済 感情の名前（40 件、\d{4}-\d\d-\d\d）、ほかは未校正/,
  );
}, 240_000);

test("what was judged is drawn no more, goes with its voice, and comes back from the streams", async () => {
  const next = join(folder, "next.xlsx");
  await kizuki("tag", "sample", "--head", "emotion", "--count", "2000", "--file", next);
  const keys = new Set(drawn.map(({ key }) => key));
  expect((await readJudgementSheet(next)).filter(({ key }) => keys.has(key))).toEqual([]);
  const [voice] = (drawn[0]?.key ?? "").split("|");
  const forget = ["vault", "forget", "--voice", voice ?? "", "--reason", "本人の求め"];
  const forgotten = await kizuki(...forget);
  expect(forgotten.code, forgotten.said).toBe(0);
  const rows = await rowsOf(
    `select count(*)::integer from judged_tags where voice_id = '${voice}'`,
  );
  expect(rows).toEqual([[0]]);
  const held = await rowsOfHome(home);
  await kizuki("rebuild");
  expect((await rowsOfHome(home)).judged_tags).toBe(held.judged_tags);
}, 120_000);

const PRAISE = "とてもきれいな景色で、家族みんなで大満足でした。ありがとうございました。\n";

const CONFIDENCES =
  "select voice_id::varchar || ' ' || span_start || ' ' || emotion as place, confidence from segment_emotions join segments using (segment_id, voice_id) order by place";

/** The same settings in a folder without a calibration. */
function bare(): string {
  const other = join(tempFolder(), "kizuki.yaml");
  writeFileSync(other, readFileSync(config));
  return other;
}

function emotionsOf(line: string): { readonly joy: number } {
  const joy = /"emotion":"(?:喜び|感謝)","confidence":([\d.]+)/.exec(line)?.[1];
  return { joy: Number(joy) };
}
