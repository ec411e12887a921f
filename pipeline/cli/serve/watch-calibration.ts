import type { Home } from "../../home.ts";
import type { Part } from "../../operations/stop-parts.ts";
import { countOtherCalibrations, otherCalibrationsNote } from "../other-calibrations.ts";
import type { News } from "./serve-news.ts";

const LOOK_MS = 60_000;

/** A home whose workers are looked at. */
type Watched = Pick<Home, "config"> & {
  readonly kafka?: Pick<NonNullable<Home["kafka"]>, "state"> | undefined;
};

/** Says how many workers have another calibration than this machine, each time that the number is another one. */
export function watchCalibration(home: Watched, news: News, lookMs = LOOK_MS): Part {
  let told = 0;
  const look = async () => {
    const state = await home.kafka?.state();
    if (state === undefined) return;
    const workers = countOtherCalibrations(home, state);
    if (workers === told) return;
    told = workers;
    if (workers === 0) return;
    news.log.warn("other-calibration", { workers });
    news.reporter.line(otherCalibrationsNote(workers));
  };
  const failed = (cause: unknown) =>
    news.tellFailure("models-failed", cause, {}, "校正を調べられません");
  const timer = setInterval(() => void look().catch(failed), lookMs).unref();
  return { name: "calibration", stop: async () => clearInterval(timer) };
}
