import { schedule } from "node-cron";
import type { Job } from "./jobs.ts";

/** Besides each job's own moment; a tick that node-cron drops (it runs none over a second late) is made up here. */
const HOURLY = "5 * * * *";

/** Owns the clock: wakes `tick` at each job's moment and every hour, Asia/Tokyo. @returns how to stop it */
export function startScheduler(timetable: readonly Job[], tick: () => Promise<void>): () => void {
  const expressions = [...timetable.map((job) => job.cron), HOURLY];
  const tasks = expressions.map((expression) =>
    schedule(expression, tick, { timezone: "Asia/Tokyo", noOverlap: true }),
  );
  return () => {
    for (const task of tasks) void task.destroy();
  };
}
