import { type JobPeriod, jstDate, nextPeriod, periodOf, previousPeriod } from "../period.ts";
import type { Job } from "./jobs.ts";

/** Everything that the scheduler does to the world. */
export type ScheduleEffects = {
  /** Names of the job's periods that were done, in any order. */
  readDone(job: Job["name"]): Promise<readonly string[]>;
  /** Whether there is any voice received before a date. Without one there is nothing to report. */
  hasVoicesBefore(date: string): Promise<boolean>;
  /** @returns false where somebody else has the period's row in the ledger: it is his */
  claim(period: JobPeriod): Promise<boolean>;
  /** Gives a claim back after a failure, so that the next tick tries again. */
  release(period: JobPeriod): Promise<void>;
  /** Does the job and marks the period as done. */
  make(period: JobPeriod): Promise<void>;
  /** True once the process is to end: no other period is begun. */
  isStopping(): boolean;
};

/** Periods that were missed and are too old to be made up for: [from, until), JST calendar dates. */
export type Skipped = { readonly from: string; readonly until: string; readonly count: number };

/** How a period's job ended; `skipped` stands with the first that was done after them. */
export type Reconciled = {
  readonly period: JobPeriod;
  readonly error?: unknown;
  readonly skipped?: Skipped;
};

/**
 * Does every job that is due and not done yet, a job's periods oldest first, each once. Called at start and at each
 * tick, so a tick that was missed is made up by the next.
 *
 * After a first import of old data only the last closed period is reported: nobody asked for the years before.
 */
export async function reconcile(
  timetable: readonly Job[],
  now: Date,
  effects: ScheduleEffects,
): Promise<Reconciled[]> {
  const made: Reconciled[] = [];
  for (const job of timetable) {
    for (const due of await duePeriods(job, now, effects)) {
      const { period } = due;
      if (effects.isStopping()) return made;
      if (!(await effects.claim(period))) continue;
      try {
        await effects.make(period);
        made.push(due);
      } catch (error) {
        await effects.release(period);
        made.push({ period, error });
        break;
      }
    }
  }
  return made;
}

type Due = Omit<Reconciled, "error">;

async function duePeriods(job: Job, now: Date, effects: ScheduleEffects): Promise<Due[]> {
  const last = lastDue(job, now);
  const done = await effects.readDone(job.name);
  const newest = [...done].sort().at(-1);
  if (newest === undefined) {
    const isEmpty = job.needsVoices && !(await effects.hasVoicesBefore(last.until));
    return isEmpty ? [] : [{ period: last }];
  }
  const missed: JobPeriod[] = [];
  for (let period = last; period.name > newest; period = previousPeriod(period))
    missed.unshift(period);
  return caughtUp(job, missed);
}

/** What is made of periods that were missed, oldest first. */
function caughtUp({ catchUp }: Job, missed: readonly JobPeriod[]): Due[] {
  const [oldest] = missed;
  const last = missed.at(-1);
  if (oldest === undefined || last === undefined) return [];
  // One run stands for all nights that were missed, so it looks at all of their days.
  if (catchUp === "last") return [{ period: { ...last, from: oldest.from } }];
  if (catchUp === "each") return missed.map((period) => ({ period }));
  const kept = missed.slice(-catchUp.newest);
  const count = missed.length - kept.length;
  return kept.map((period, index) => {
    if (index > 0 || count === 0) return { period };
    return { period, skipped: { from: oldest.from, until: period.from, count } };
  });
}

/** The newest period of a job that is due. */
function lastDue(job: Job, now: Date): JobPeriod {
  let period = previousPeriod(periodOf(job.name, jstDate(now)));
  if (job.dueAt(period) > now) period = previousPeriod(period);
  return period;
}

/** When a job next falls due, for `status` and `serve` to say. */
export function nextDue(job: Job, now: Date): Date {
  const next = nextPeriod(lastDue(job, now));
  return job.dueAt(next);
}
