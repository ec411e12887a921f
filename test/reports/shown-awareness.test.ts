import { join } from "node:path";
import { expect, test } from "vitest";
import { openWarehouse } from "../../pipeline/warehouse/open-warehouse.ts";
import { warehouseEffects } from "../../reports/read-warehouse.ts";
import { tempFolder } from "../support/temp-folder.ts";

const REPORTS = 40;

test("what 40 reports of 4 MB showed is read in 96 MB: the newest of each before, of the same line", async () => {
  const path = join(tempFolder(), "warehouse.duckdb");
  let warehouse = await openWarehouse(path);
  const freeze = async (period: string, revision: number, shown: string) => {
    await warehouse.transaction(async () => {
      await warehouse.connection.run(
        `insert into reports (job, period, revision, made_at, value)
        select 'weekly', $period, $revision::integer, now(),
          '{"awarenessShown":["' || $shown || '"],"rest":"' || repeat(md5($shown), 125000) || '"}'`,
        { period, revision, shown },
      );
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
