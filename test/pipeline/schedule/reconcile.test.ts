import { expect, test } from "vitest";
import type { Period } from "../../../pipeline/period.ts";
import { jobs } from "../../../pipeline/schedule/jobs.ts";
import { nextDue, reconcile } from "../../../pipeline/schedule/reconcile.ts";

const timetable = jobs({ weeklyHour: 8, monthlyHour: 9 });
const [weekly] = timetable;

/** A ledger in memory that keeps what a real one keeps. */
function ledger(options: { firstVoice?: string; failOn?: string } = {}) {
  const done: string[] = [];
  const claimed = new Set<string>();
  const made: string[] = [];
  const key = (period: Period) => `${period.job} ${period.name}`;
  return {
    made,
    done,
    readDone: async (job: string) =>
      done.filter((entry) => entry.startsWith(job)).map((entry) => entry.slice(job.length + 1)),
    hasVoicesBefore: async (until: string) => (options.firstVoice ?? "2025-07-01") < until,
    claim: async (period: Period) => void claimed.add(key(period)),
    release: async (period: Period) => void claimed.delete(key(period)),
    make: async (period: Period) => {
      if (period.name === options.failOn) throw new Error("disk full");
      expect(claimed.has(key(period))).toBe(true);
      made.push(period.name);
      done.push(key(period));
    },
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
  await reconcile(timetable, at(now), effects);
  expect(effects.made).toContain(week);
});

test("after a first import of old data only the last closed periods are made", async () => {
  const effects = ledger({ firstVoice: "2019-04-01" });
  await reconcile(timetable, at("2026-01-05T08:00"), effects);
  expect(effects.made).toEqual(["2026-W01", "2025-12"]);
});

test("no report is made before there is a voice", async () => {
  const effects = ledger({ firstVoice: "2026-01-05" });
  await reconcile(timetable, at("2026-01-05T08:00"), effects);
  expect(effects.made).toEqual([]);
});

test("a machine that slept for three weeks makes each missed report once, oldest first", async () => {
  const effects = ledger();
  await reconcile(timetable, at("2025-12-15T08:00"), effects);
  effects.made.length = 0;
  await reconcile(timetable, at("2026-01-05T12:00"), effects);
  await reconcile(timetable, at("2026-01-05T13:00"), effects);
  expect(effects.made).toEqual(["2025-W51", "2025-W52", "2026-W01", "2025-12"]);
});

test("a report that fails is tried again at the next tick, and the ones after it wait", async () => {
  const effects = ledger({ failOn: "2025-W52" });
  effects.done.push("weekly 2025-W51");
  const first = await reconcile([...timetable].slice(0, 1), at("2026-01-05T08:00"), effects);
  expect(first.map(({ period, error }) => [period.name, error !== undefined])).toEqual([
    ["2025-W52", true],
  ]);
  expect(effects.made).toEqual([]);
});

test("the next weekly report falls due on the next Monday at 08:00 JST", () => {
  if (weekly === undefined) throw new Error("no weekly job");
  expect(nextDue(weekly, at("2026-01-05T07:59"))).toEqual(at("2026-01-05T08:00"));
  expect(nextDue(weekly, at("2026-01-05T08:00"))).toEqual(at("2026-01-12T08:00"));
});
