import { expect, test } from "vitest";
import type { JobPeriod } from "../../../pipeline/period.ts";
import { nightlyJobs, reportJobs } from "../../../pipeline/schedule/jobs.ts";
import { nextDue, reconcile } from "../../../pipeline/schedule/reconcile.ts";

const reports = reportJobs({ weeklyHour: 8, monthlyHour: 9 });
const timetable = [
  ...reports,
  ...nightlyJobs({ retentionHour: undefined, snapshotHour: 3, backupHour: 4, deadLettersHour: 7 }),
];
const [weekly] = timetable;

/** A ledger in memory that keeps what a real one keeps, and the period that each job was given. */
function ledger(options: { firstVoice?: string; failOn?: string } = {}) {
  const rows = new Map<string, "claimed" | "done">();
  const made: string[] = [];
  const spans: JobPeriod[] = [];
  const key = (period: JobPeriod) => `${period.job} ${period.name}`;
  return {
    made,
    spans,
    rows,
    readDone: async (job: string) =>
      [...rows]
        .filter(([name, state]) => name.startsWith(`${job} `) && state === "done")
        .map(([name]) => name.slice(job.length + 1)),
    hasVoicesBefore: async (until: string) => (options.firstVoice ?? "2025-07-01") < until,
    claim: async (period: JobPeriod) => {
      if (rows.has(key(period))) return false;
      rows.set(key(period), "claimed");
      return true;
    },
    release: async (period: JobPeriod) => void rows.delete(key(period)),
    make: async (period: JobPeriod) => {
      if (period.name === options.failOn) throw new Error("disk full");
      expect(rows.get(key(period))).toBe("claimed");
      made.push(key(period));
      spans.push(period);
      rows.set(key(period), "done");
    },
    isStopping: () => false,
  };
}

const at = (jst: string) => new Date(`${jst}:00+09:00`);

test.each([
  {
    why: "a minute before Monday 08:00 JST the week is not due",
    now: "2026-01-05T07:59",
    week: "2025-W52",
  },
  { why: "at Monday 08:00 JST it is", now: "2026-01-05T08:00", week: "2026-W01" },
  { why: "and all the week after", now: "2026-01-11T23:59", week: "2026-W01" },
])("$why", async ({ now, week }) => {
  const effects = ledger();
  await reconcile(reports, at(now), effects);
  expect(effects.made).toContain(`weekly ${week}`);
});

/** What a machine went through: moments at which it looked at its clock, and all that was made of them, in order. */
test.each([
  {
    why: "a process that was paused over Monday 08:00 makes the report at its next tick",
    ticks: ["2026-01-05T07:05", "2026-01-05T09:05"],
    made: ["weekly 2025-W52", "monthly 2025-12", "weekly 2026-W01"],
  },
  {
    why: "a machine that slept over Monday morning makes it on Tuesday, once",
    ticks: ["2026-01-04T22:05", "2026-01-06T10:05", "2026-01-06T11:05"],
    made: ["weekly 2025-W52", "monthly 2025-12", "weekly 2026-W01"],
  },
  {
    why: "a clock that jumps a day ahead and back makes each report once",
    ticks: ["2026-01-04T22:05", "2026-01-05T22:05", "2026-01-04T23:05", "2026-01-05T08:00"],
    made: ["weekly 2025-W52", "monthly 2025-12", "weekly 2026-W01"],
  },
  {
    why: "a clock that jumps two months ahead and back makes nothing twice",
    ticks: ["2026-01-05T08:05", "2026-02-09T08:05", "2026-01-05T09:05", "2026-02-09T08:05"],
    made: [
      ...["weekly 2026-W01", "monthly 2025-12", "weekly 2026-W02", "weekly 2026-W03"],
      ...["weekly 2026-W04", "weekly 2026-W05", "weekly 2026-W06", "monthly 2026-01"],
    ],
  },
  {
    why: "a month down is made up oldest first, each report once",
    ticks: ["2025-12-01T09:00", "2026-01-05T12:00", "2026-01-05T13:00"],
    made: [
      ...["weekly 2025-W48", "monthly 2025-11", "weekly 2025-W49", "weekly 2025-W50"],
      ...["weekly 2025-W51", "weekly 2025-W52", "weekly 2026-W01", "monthly 2025-12"],
    ],
  },
])("$why", async ({ ticks, made }) => {
  const effects = ledger();
  for (const tick of ticks) await reconcile(reports, at(tick), effects);
  expect(effects.made).toEqual(made);
  expect(new Set(effects.made).size).toBe(effects.made.length);
});

test.each([
  {
    why: "a nightly job runs once a day",
    ticks: ["2026-01-05T03:00", "2026-01-05T03:05", "2026-01-05T23:05", "2026-01-06T03:00"],
    spans: ["2026-01-04..2026-01-05", "2026-01-05..2026-01-06"],
  },
  {
    why: "after a month down it runs once, for all the nights that were missed",
    ticks: ["2025-12-05T03:00", "2026-01-05T12:00", "2026-01-05T13:05"],
    spans: ["2025-12-04..2025-12-05", "2025-12-05..2026-01-05"],
  },
  {
    why: "a clock that jumps a day ahead and back runs it once a day of the ledger",
    ticks: ["2026-01-05T03:05", "2026-01-06T03:05", "2026-01-05T04:05", "2026-01-06T03:05"],
    spans: ["2026-01-04..2026-01-05", "2026-01-05..2026-01-06"],
  },
  {
    why: "JST has no summer time: the weekend on which American clocks change has days like any other",
    ticks: ["2026-03-08T03:00", "2026-03-09T02:59", "2026-03-09T03:00", "2026-03-10T03:00"],
    spans: ["2026-03-07..2026-03-08", "2026-03-08..2026-03-09", "2026-03-09..2026-03-10"],
  },
  {
    why: "a minute before its hour it is the night before that counts",
    ticks: ["2026-01-05T02:59"],
    spans: ["2026-01-03..2026-01-04"],
  },
])("$why", async ({ ticks, spans }) => {
  const effects = ledger();
  for (const tick of ticks) await reconcile(timetable, at(tick), effects);
  const snapshots = effects.spans.filter(({ job }) => job === "snapshot");
  expect(snapshots.map(({ from, until }) => `${from}..${until}`)).toEqual(spans);
});

test("after a first import of old data only the last closed periods are reported", async () => {
  const effects = ledger({ firstVoice: "2019-04-01" });
  await reconcile(reports, at("2026-01-05T08:00"), effects);
  expect(effects.made).toEqual(["weekly 2026-W01", "monthly 2025-12"]);
});

test("before there is a voice no report and no snapshot is made, but dead letters are told", async () => {
  const effects = ledger({ firstVoice: "2026-01-05" });
  await reconcile(timetable, at("2026-01-05T08:00"), effects);
  expect(effects.made).toEqual(["backup 2026-01-04", "dead-letters 2026-01-04"]);
});

test("without a folder for backups, and where words are kept for ever, neither job is in the timetable", () => {
  const hours = { snapshotHour: 3, deadLettersHour: 7 };
  const namesOf = (of: { retentionHour: number | undefined; backupHour: number | undefined }) =>
    nightlyJobs({ ...hours, ...of }).map(({ name }) => name);
  const neither = { retentionHour: undefined, backupHour: undefined };
  expect(namesOf(neither)).toEqual(["snapshot", "dead-letters"]);
  const both = ["retention", "snapshot", "backup", "dead-letters"];
  expect(namesOf({ retentionHour: 2, backupHour: 4 })).toEqual(both);
});

test("a report that fails is tried again at the next tick, and the ones after it wait", async () => {
  const effects = ledger({ failOn: "2025-W52" });
  effects.rows.set("weekly 2025-W51", "done");
  const first = await reconcile([...timetable].slice(0, 1), at("2026-01-05T08:00"), effects);
  expect(first.map(({ period, error }) => [period.name, error !== undefined])).toEqual([
    ["2025-W52", true],
  ]);
  expect(effects.made).toEqual([]);
});

test("a period that another scheduler has claimed is left to it", async () => {
  const effects = ledger();
  effects.rows.set("weekly 2026-W01", "claimed");
  await reconcile(reports, at("2026-01-05T08:00"), effects);
  expect(effects.made).toEqual(["monthly 2025-12"]);
});

test("a process that is to end begins nothing more", async () => {
  const effects = { ...ledger(), isStopping: () => true };
  expect(await reconcile(timetable, at("2026-01-05T08:00"), effects)).toEqual([]);
  expect(effects.rows.size).toBe(0);
});

test("the next weekly report falls due on the next Monday at 08:00 JST", () => {
  if (weekly === undefined) throw new Error("no weekly job");
  expect(nextDue(weekly, at("2026-01-05T07:59"))).toEqual(at("2026-01-05T08:00"));
  expect(nextDue(weekly, at("2026-01-05T08:00"))).toEqual(at("2026-01-12T08:00"));
});

test("of daily digests that were missed the newest three are made, and the older ones are told of once", async () => {
  const digests = reportJobs({ weeklyHour: 8, monthlyHour: 9, dailyHour: 7 }).slice(-1);
  const effects = ledger();
  await reconcile(digests, at("2025-12-05T07:00"), effects);
  const made = await reconcile(digests, at("2026-01-05T12:00"), effects);
  expect(made).toMatchObject([
    {
      period: { name: "2026-01-02" },
      skipped: { from: "2025-12-05", until: "2026-01-02", count: 28 },
    },
    { period: { name: "2026-01-03" } },
    { period: { name: "2026-01-04" } },
  ]);
  expect(made.slice(1).every(({ skipped }) => skipped === undefined)).toBe(true);
  const twoLater = await reconcile(digests, at("2026-01-07T07:00"), effects);
  expect(twoLater.map(({ period, skipped }) => [period.name, skipped])).toEqual([
    ["2026-01-05", undefined],
    ["2026-01-06", undefined],
  ]);
});

test("without an hour there is no daily digest in the timetable", () => {
  expect(reports.map(({ name }) => name)).toEqual(["weekly", "monthly"]);
});
