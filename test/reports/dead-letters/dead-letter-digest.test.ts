import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { DayPeriod } from "../../../pipeline/period.ts";
import { writeDigest } from "../../../reports/dead-letters/dead-letter-digest.ts";
import { openTestHome, publishDeadLetter } from "../../support/home-with-voices.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const SUNDAY: DayPeriod = {
  job: "dead-letters",
  name: "2026-01-04",
  from: "2026-01-04",
  until: "2026-01-05",
};

test("a digest tells the records that were refused on its days in JST, by file, row, column and reason", async () => {
  const folder = tempFolder();
  const home = await openTestHome(folder);
  const refused = [
    { file: "土曜.csv", row: 2, at: "2026-01-03T23:59:59+09:00" },
    { file: "日曜<b>.csv", row: 12, at: "2026-01-04T00:00:00+09:00" },
    { file: "日曜<b>.csv", row: 1300, at: "2026-01-04T23:59:59+09:00" },
    { file: "月曜.csv", row: 2, at: "2026-01-05T00:00:00+09:00" },
  ];
  for (const letter of refused) await publishDeadLetter(home, letter);
  const written = await writeDigest(home, SUNDAY);
  expect(written?.letters).toBe(2);
  const page = readFileSync(join(folder, "reports/dead-letters/2026-01-04.html"), "utf8");
  expect(page).toContain("2026年1月4日（日）に、読めない記録が 2 件ありました。");
  expect(page).toContain("日曜&#60;b&#62;.csv");
  expect(page).toContain("日付として読めない");
  expect(page).toContain("1,300");
  expect(page).not.toMatch(/土曜|月曜/);
  // Nights that were missed are told with the last.
  const both = await writeDigest(home, { ...SUNDAY, from: "2026-01-01" });
  expect(both?.letters).toBe(3);
  await home.close();
});

test("without a refused record there is no page", async () => {
  const folder = tempFolder();
  const home = await openTestHome(folder);
  expect(await writeDigest(home, SUNDAY)).toBeUndefined();
  expect(existsSync(join(folder, "reports"))).toBe(false);
  await home.close();
});
