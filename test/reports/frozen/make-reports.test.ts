import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { loadConfig } from "../../../pipeline/config.ts";
import { type Home, openHome } from "../../../pipeline/home.ts";
import { keysFromText } from "../../../pipeline/keys.ts";
import { addDays, monthOf, type Period, weekOf } from "../../../pipeline/period.ts";
import { makeReport } from "../../../reports/frozen/make-report.ts";
import { makeReports } from "../../../reports/frozen/make-reports.ts";
import { WeeklyReport } from "../../../reports/weekly/weekly-report.ts";
import { fillWarehouse } from "../../support/report-warehouse.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const FIRST = "2025-06-02";
/** Without the first: what was written on its voices is 追加 in the second, and never again. */
const WEEKS = Array.from({ length: 4 }, (_, week) => weekOf(addDays(FIRST, 7 * (week + 1))));
const PERIODS: readonly Period[] = [...WEEKS, monthOf(FIRST)];
const ASKED = { again: false, askedBy: "person" } as const;

async function openFilled(home = tempFolder()): Promise<Home> {
  const config = {
    ...loadConfig({ home, file: undefined, workingFolder: home }),
    taxonomies: ["tourism"],
  };
  const clock = () => new Date("2025-08-04T00:00:00Z");
  const opened = await openHome(config, keysFromText("ab".repeat(32)), clock);
  await fillWarehouse(opened.warehouse.connection, { from: FIRST, weeks: 5, voicesPerWeek: 24 });
  await opened.warehouse.connection.run(
    `insert into awareness by name
      select '6f1c1f0e-8a3f-4c58-9f0b-2d1f6f1f0a11'::uuid as awareness_id, voice_id, '林' as author,
        '読んで' as reason, '2025-06-05 00:00:00+00'::timestamptz as added_at
      from voices order by received_at, voice_id limit 1`,
  );
  return opened;
}

function contents(files: readonly string[]): string[] {
  return files.map((file) => readFileSync(file, "utf8"));
}

async function frozenIn({ warehouse }: Home): Promise<unknown[][]> {
  const sql = "select job, period, revision, value from reports order by all";
  return (await warehouse.reader.runAndReadAll(sql)).getRowsJS();
}

test("reports made together are, byte for byte, those that are made one by one", async () => {
  const home = await openFilled();
  const together = await openFilled();
  const alone: string[][] = [];
  for (const period of PERIODS) alone.push(contents((await makeReport(home, period, ASKED)).files));
  let index = 0;
  for await (const { period, files } of makeReports(together, PERIODS, ASKED)) {
    expect(period).toBe(PERIODS[index]?.name);
    expect(contents(files)).toEqual(alone[index]);
    index += 1;
  }
  expect(index).toBe(PERIODS.length);
  expect(await frozenIn(together)).toEqual(await frozenIn(home));
  // Else nothing would tell whether a report knows what the one before it, not frozen yet, has shown.
  const added = alone
    .slice(0, WEEKS.length)
    .map((files) => WeeklyReport.parse(JSON.parse(files.at(-1) ?? "")).awareness.added.length);
  expect(added.map((count) => count > 0)).toEqual([true, false, false, false]);
  await home.close();
  await together.close();
});

test("ended on the way, the same call goes on where it was", async () => {
  const home = await openFilled();
  let made = 0;
  for await (const { wasFrozen } of makeReports(home, WEEKS, ASKED)) {
    expect(wasFrozen).toBe(false);
    made += 1;
    if (made === 2) break;
  }
  const before = await frozenIn(home);
  expect(before.length).toBeGreaterThanOrEqual(2);
  const known: boolean[] = [];
  for await (const { wasFrozen } of makeReports(home, WEEKS, ASKED)) known.push(wasFrozen);
  expect(known).toEqual(WEEKS.map((_, week) => week < before.length));
  expect((await frozenIn(home)).slice(0, before.length)).toEqual(before);
  await home.close();
});

test("behind a report that cannot be frozen none is", async () => {
  const home = await openFilled();
  const { connection } = home.warehouse;
  await connection.run(
    `create or replace table frozen_reports (job varchar, period varchar check (period <> '${WEEKS[2]?.name}'),
      revision integer, made_at timestamptz, piece integer, text varchar)`,
  );
  const made: string[] = [];
  const making = async () => {
    for await (const { period } of makeReports(home, WEEKS, ASKED)) made.push(period);
  };
  await expect(making()).rejects.toThrow("CHECK constraint");
  expect(made).toEqual(WEEKS.slice(0, 2).map(({ name }) => name));
  expect((await frozenIn(home)).map(([, period]) => period)).toEqual(made);
  await home.close();
});
