import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadActions } from "../../pipeline/warehouse/load-action.ts";
import { openWarehouse } from "../../pipeline/warehouse/open-warehouse.ts";
import { warehouseEffects } from "../../reports/read-warehouse.ts";
import { tempFolder } from "../support/temp-folder.ts";

const REPORTS = 40;

test("what 40 reports of 4 MB showed is read in 96 MB: the newest of each before, of the same line", async () => {
  const path = join(tempFolder(), "warehouse.duckdb");
  let warehouse = await openWarehouse(path);
  const freeze = async (period: string, revision: number, shown: string) => {
    await warehouse.transaction(async () => {
      const value = JSON.stringify({ awarenessShown: [shown], rest: "声".repeat(1_300_000) });
      const at = "2026-01-05T00:00:00.000Z";
      const made = { type: "report-made", actionId: randomUUID(), at, askedBy: "person" } as const;
      await loadActions(warehouse, [{ ...made, job: "weekly", period, revision, value }]);
    });
  };
  const weeks = Array.from({ length: REPORTS }, (_, week) => `2025-W${String(week + 10)}`);
  for (const week of weeks) await freeze(week, 1, `of ${week}`);
  await freeze("2025-W10", 2, "of the second revision");
  await freeze("2025-W11.菓子", 1, "of a line");
  warehouse.close();
  warehouse = await openWarehouse(path);
  await warehouse.checkpoint();
  await warehouse.connection.run("set memory_limit = '96MB'");
  const effects = warehouseEffects(warehouse.reader);
  const shown = await effects.readReportedAwarenessIds("weekly", "2025-W49");
  expect(shown).toEqual([
    "of the second revision",
    ...weeks.slice(1, -1).map((week) => `of ${week}`),
  ]);
  expect(await effects.readReportedAwarenessIds("weekly", "2025-W12.菓子")).toEqual(["of a line"]);
  warehouse.close();
}, 120_000);
