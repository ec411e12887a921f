import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tickOf } from "../../../pipeline/cli/serve/serve-jobs.ts";
import type { Home } from "../../../pipeline/home.ts";
import { silentLog } from "../../../pipeline/log.ts";
import { periodOfLine, weekOf } from "../../../pipeline/period.ts";
import { silentReporter } from "../../../pipeline/reporter.ts";
import { makeReport } from "../../../reports/frozen/make-report.ts";
import { writeUnfinished } from "../../../reports/frozen/write-unfinished.ts";
import { fill, openLined } from "../../support/home-with-lines.ts";
import { removeFolder, sharedFolder } from "../../support/temp-folder.ts";

const WEEK = weekOf("2025-08-01");

const folder = sharedFolder();
const weekly = join(folder, "reports", "weekly");
let home: Home;
beforeAll(async () => {
  home = await openLined({ folder, clock: { now: "2025-08-04T09:30:00+09:00" } });
  await fill(home);
  for (const period of [periodOfLine(WEEK, "庭園"), WEEK]) {
    await makeReport(home, period, { again: false, askedBy: "timetable" });
  }
});
afterAll(async () => {
  await home.close();
  removeFolder(folder);
});

test("the whole's files are written again, though a line's report was made in the same minute", async () => {
  const value = join(weekly, `${WEEK.name}.json`);
  rmSync(value);
  await writeUnfinished(home);
  expect(existsSync(value)).toBe(true);
});

test("where files cannot be written, a tick tells it and goes on, and a later one writes them", async () => {
  const failures: string[] = [];
  const tick = tickOf(home, {
    role: "serve",
    tell: () => undefined,
    tellFailure: (event) => failures.push(event),
    log: silentLog,
    reporter: silentReporter,
    isTerminal: false,
  });
  rmSync(weekly, { recursive: true });
  writeFileSync(weekly, "in the way");
  await tick();
  expect(failures).toContain("report-files-failed");
  const value = join(weekly, `${WEEK.name}.json`);
  // The second time as after a disk that was full while the process was already running.
  for (const missing of [weekly, value]) {
    rmSync(missing, { recursive: true, force: true });
    await tick();
    expect(existsSync(value)).toBe(true);
  }
});
