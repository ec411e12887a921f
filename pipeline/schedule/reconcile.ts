import { jstDate, nextPeriod, type Period, periodOf, previousPeriod } from "../period.ts";
import type { Job } from "./jobs.ts";

/** Everything that the scheduler does to the world. */
export type ScheduleEffects = {
  /** Names of the job's periods that were done, in any order. */
  readDone(job: Job["name"]): Promise<readonly string[]>;
  /** Whether there is any voice received before a date. Without one there is nothing to report. */
  hasVoicesBefore(date: string): Promise<boolean>;
  claim(period: Period): Promise<void>;
  /** Gives a claim back after a failure, so that the next tick tries again. */
  release(period: Period): Promise<void>;
  /** Makes the report and marks the period as done. */
  make(period: Period): Promise<void>;
};

/** How a period's report ended. */
export type Reconciled = { readonly period: Period; readonly error?: unknown };

/**
 * Makes every report that is due and not made yet, oldest first, each once. Called at start and at each
 * tick, so a tick that was missed is made up by the next.
 *
 * After a first import of old data only the last closed period is made: nobody asked for the years before.
 */
export async function reconcile(
  timetable: readonly Job[],
  now: Date,
  effects: ScheduleEffects,
): Promise<Reconciled[]> {
  const made: Reconciled[] = [];
  for (const job of timetable) {
    for (const period of await duePeriods(job, now, effects)) {
      await effects.claim(period);
      try {
        await effects.make(period);
        made.push({ period });
      } catch (error) {
        await effects.release(period);
        made.push({ period, error });
        break;
      }
    }
  }
  return made;
}

async function duePeriods(job: Job, now: Date, effects: ScheduleEffects): Promise<Period[]> {
  const last = lastDue(job, now);
  const done = await effects.readDone(job.name);
  const newest = [...done].sort().at(-1);
  if (newest === undefined) return (await effects.hasVoicesBefore(last.until)) ? [last] : [];
  const due: Period[] = [];
  for (let period = last; period.name > newest; period = previousPeriod(period))
    due.unshift(period);
  return due;
}

/** The newest period whose report is due. */
function lastDue(job: Job, now: Date): Period {
  let period = previousPeriod(periodOf(job.name, jstDate(now)));
  if (job.dueAt(period) > now) period = previousPeriod(period);
  return period;
}

/** When the next report of a job falls due, for `status` and `serve` to say. */
export function nextDue(job: Job, now: Date): Date {
  const next = nextPeriod(lastDue(job, now));
  return job.dueAt(next);
}
