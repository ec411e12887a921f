import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseReportPeriod } from "../../pipeline/period.ts";
import { makeReport } from "../../reports/make-report.ts";
import { writeUnfinished } from "../../reports/write-unfinished.ts";
import { fill, openLined } from "../support/home-with-lines.ts";
import { tempFolder } from "../support/temp-folder.ts";

test("of reports made in one minute each that lacks its files gets them, and none that was cleared away before", async () => {
  const folder = tempFolder();
  const clock = { now: "2025-08-04T09:30:00+09:00" };
  const home = await openLined({ folder, clock });
  await fill(home);
  const make = async (name: string) => {
    const period = parseReportPeriod(name);
    if (period === undefined) throw new RangeError(name);
    await makeReport(home, period, { again: false, askedBy: "timetable" });
  };
  await make("2025-W30");
  clock.now = "2025-08-04T09:31:00+09:00";
  const made = ["2025-W31.街歩き", "2025-W31"];
  for (const name of made) await make(name);
  const pageOf = (name: string) => join(folder, "reports", "weekly", `${name}.html`);
  rmSync(join(folder, "reports", "weekly"), { recursive: true });
  await writeUnfinished(home);
  await home.close();
  expect(["2025-W30", ...made].filter((name) => existsSync(pageOf(name)))).toEqual(made);
}, 120_000);
