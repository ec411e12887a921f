import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reportVoicesCommand } from "../../../pipeline/cli/report-voices.ts";
import type { Home } from "../../../pipeline/home.ts";
import { weekOf } from "../../../pipeline/period.ts";
import { silentReporter } from "../../../pipeline/reporter.ts";
import { forgetVoices } from "../../../pipeline/vault/forget-voices.ts";
import { figureOf } from "../../../reports/figure.ts";
import { makeReport, newestReport } from "../../../reports/frozen/make-report.ts";
import { redactWritten } from "../../../reports/frozen/redact-written.ts";
import { type FrozenReport, readKnownValue } from "../../../reports/frozen/write-report.ts";
import { removeVoices } from "../../../reports/frozen/write-voices.ts";
import { allVoiceIds } from "../../../reports/voices/bounded-lists.ts";
import { openLined } from "../../support/home-with-lines.ts";
import { fillWarehouse } from "../../support/report-warehouse.ts";
import { runKizuki } from "../../support/run-kizuki.ts";
import { removeFolder, sharedFolder, tempFolder } from "../../support/temp-folder.ts";

const WEEK = weekOf("2025-08-01");

const folder = sharedFolder();
let home: Home;
let report: FrozenReport;
beforeAll(async () => {
  home = await openLined({ folder, clock: { now: "2025-08-04T00:00:00Z" } });
  const { connection } = home.warehouse;
  await fillWarehouse(connection, { from: "2025-07-14", weeks: 3, voicesPerWeek: 2000 });
  await connection.run(
    "update voices set text = '=1+1' where voice_id = (select min(voice_id) from voices where received_on = '2025-08-01')",
  );
  await makeReport(home, WEEK, { again: false, askedBy: "person", forms: ["html", "json", "md"] });
  report = await frozen();
});
afterAll(async () => {
  await home.close();
  removeFolder(folder);
});

async function frozen(): Promise<FrozenReport> {
  return readKnownValue(WEEK, (await newestReport(home, WEEK))?.value ?? "");
}

async function written(figure: string) {
  const result = await reportVoicesCommand.run(home, { period: WEEK.name, figure }, silentReporter);
  const rows: string[][] = parse(readFileSync(result.file, "utf8"), { bom: true, from_line: 2 });
  return { ...result, rows };
}

test("the table has exactly the voices that the number counted, newest first, with their words", async () => {
  for (const id of ["all", "negative", "all-previous", "parking-negative"]) {
    const { rows, count, missing } = await written(id);
    const figure = figureOf(report.figures, id);
    expect(count).toBe(figure.value);
    expect(missing).toBe(0);
    expect(rows.map(([voice]) => voice)).toEqual(allVoiceIds(figure, report));
    expect(rows.every((cells) => cells[6] !== "")).toBe(true);
  }
});

test("it stays that set when voices come late or change their topics", async () => {
  const { connection } = home.warehouse;
  const before = await written("negative");
  await connection.run("update segments set sentiment = 'neutral' where sentiment = 'negative'");
  const after = await written("negative");
  expect(after.rows.map(([id]) => id)).toEqual(before.rows.map(([id]) => id));
});

test("words that a spreadsheet would take for a formula are words", async () => {
  const { rows } = await written("all");
  expect(rows.map((cells) => cells[6])).toContain("'=1+1");
});

test("the command line hands over its period, though `report` has an option of that name", async () => {
  const asked = ["report", "voices", "--period", "2025-99", "--figure", "all"];
  const { code, stderr } = await runKizuki(asked, { home: tempFolder() });
  expect(code).toBe(2);
  expect(stderr).toContain("読んだもの: 2025-99");
});

test("a number that the report has not is refused with those that it has, a line each", async () => {
  for (const id of ["nothing", "constructor", "__proto__", "../all"]) {
    await expect(written(id)).rejects.toThrow(`「${id}」がありません。期待: 次のどれか`);
    await expect(written(id)).rejects.toThrow(/\n {2}all {2}今週の声\n/);
  }
});

test("while somebody is forgotten, the table waits until his words are gone from the files", async () => {
  let finish = () => {};
  const forgetting = home.reportInTurn(async () => {
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    removeVoices(home);
  });
  const table = written("all");
  // Longer than a table takes that does not wait.
  for (let looks = 0; looks < 10; looks += 1) await newestReport(home, WEEK);
  finish();
  await forgetting;
  expect(existsSync((await table).file)).toBe(true);
});

test("a forgotten voice beyond the 200 keeps its row, and loses its words in the warehouse and in the table", async () => {
  const all = allVoiceIds(figureOf(report.figures, "all"), report);
  const id = all.find((each) => report.voices[each] === undefined) ?? "";
  const { file, rows } = await written("all");
  const words = rows.find(([voice]) => voice === id)?.[6] ?? "";
  expect(words.length).toBeGreaterThan(3);
  await forgetVoices(home, [id], { mode: "pseudonymise", author: "林", reason: "本人の求め" });
  await redactWritten(home, new Set([id]));
  expect(existsSync(file)).toBe(false);
  // A form that cannot be looked into goes, since the report names the voice.
  expect(readdirSync(join(folder, "reports", "weekly")).sort()).toEqual([
    "2025-W31.html",
    "2025-W31.json",
    "2025-W31.voices.html",
  ]);
  const again = await written("all");
  expect(again.count).toBe(figureOf(report.figures, "all").value);
  expect(again.rows.find(([voice]) => voice === id)?.[6]).toBe("（消去された声です）");
});
