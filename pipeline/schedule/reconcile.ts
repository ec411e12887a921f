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

/** How a period's job ended. */
export type Reconciled = { readonly period: JobPeriod; readonly error?: unknown };

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
    for (const period of await duePeriods(job, now, effects)) {
      if (effects.isStopping()) return made;
      if (!(await effects.claim(period))) continue;
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

async function duePeriods(job: Job, now: Date, effects: ScheduleEffects): Promise<JobPeriod[]> {
  const last = lastDue(job, now);
  const done = await effects.readDone(job.name);
  const newest = [...done].sort().at(-1);
  if (newest === undefined) {
    return job.needsVoices && !(await effects.hasVoicesBefore(last.until)) ? [] : [last];
  }
  const due: JobPeriod[] = [];
  for (let period = last; period.name > newest; period = previousPeriod(period))
    due.unshift(period);
  const [oldest] = due;
  if (oldest === undefined || job.catchUp === "each") return due;
  // One run stands for all nights that were missed, so it looks at all of their days.
  return [{ ...last, from: oldest.from }];
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
