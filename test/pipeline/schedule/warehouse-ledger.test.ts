import { expect, test } from "vitest";
import type { JobPeriod } from "../../../pipeline/period.ts";
import { nightlyJobs } from "../../../pipeline/schedule/jobs.ts";
import { reconcile } from "../../../pipeline/schedule/reconcile.ts";
import { forgetClaims, ledgerEffects } from "../../../pipeline/schedule/warehouse-ledger.ts";
import { openTestHome } from "../../support/home-with-voices.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const timetable = nightlyJobs({
  retentionHour: undefined,
  snapshotHour: 3,
  backupHour: 4,
  deadLettersHour: 7,
});
const now = new Date("2026-01-05T12:00:00+09:00");

test("two schedulers that tick at once do each job once; one that fails is done at the next tick", async () => {
  const home = await openTestHome(tempFolder(), { clock: () => now });
  const made: string[] = [];
  let broken = true;
  const effects = ledgerEffects(home, async ({ job, name }: JobPeriod) => {
    if (job === "backup" && broken) throw new Error("disk full");
    made.push(`${job} ${name}`);
  });
  const ticks = [reconcile(timetable, now, effects), reconcile(timetable, now, effects)];
  const failures = (await Promise.all(ticks)).flat().filter(({ error }) => error !== undefined);
  expect(failures.length).toBeGreaterThan(0);
  expect(made).toEqual(["dead-letters 2026-01-04"]);
  broken = false;
  await reconcile(timetable, now, effects);
  await reconcile(timetable, now, effects);
  expect(made).toEqual(["dead-letters 2026-01-04", "backup 2026-01-04"]);
  await home.close();
});

test("a claim of a process that died is nobody's after a start", async () => {
  const home = await openTestHome(tempFolder(), { clock: () => now });
  const period = {
    job: "backup",
    name: "2026-01-04",
    from: "2026-01-04",
    until: "2026-01-05",
  } as const;
  const effects = ledgerEffects(home, async () => undefined);
  expect(await effects.claim(period)).toBe(true);
  expect(await effects.claim(period)).toBe(false);
  await forgetClaims(home);
  expect(await effects.claim(period)).toBe(true);
  await home.close();
});
