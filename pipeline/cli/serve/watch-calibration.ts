import type { Part } from "../../operations/stop-parts.ts";
import {
  countOtherCalibrations,
  otherCalibrationsNote,
  type Watched,
} from "../other-calibrations.ts";
import type { News } from "./serve-news.ts";

const LOOK_MS = 60_000;

/** Says each time that there are others of them how many workers have another calibration than this machine. */
export function watchCalibration(home: Watched, news: News, lookMs = LOOK_MS): Part {
  let told = 0;
  const look = async () => {
    const workers = await countOtherCalibrations(home);
    if (workers === undefined || workers === told) return;
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
