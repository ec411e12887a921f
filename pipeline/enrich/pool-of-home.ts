import type { Home } from "../home.ts";
import { type WorkerSettings, workerSettings } from "./worker-messages.ts";
import { WorkerPool } from "./worker-pool.ts";

/**
 * Gives the work a pool of workers that start when they are first needed and end with it, or when home's owner says
 * that what is in hand is to be given up.
 *
 * @param changes to the settings that the config makes
 */
export async function withPool<T>(
  { config, measures, stop, workerOutput }: Home,
  work: (pool: WorkerPool) => Promise<T>,
  changes: Partial<WorkerSettings> = {},
): Promise<T> {
  const settings = { ...workerSettings(config), ...changes };
  const pool = new WorkerPool(config.workers, settings, { measures, output: workerOutput });
  const giveUp = () => pool.close();
  stop.now.addEventListener("abort", giveUp);
  try {
    if (stop.now.aborted) pool.close();
    return await work(pool);
  } finally {
    stop.now.removeEventListener("abort", giveUp);
    pool.close();
  }
}
