import { type Measures, silentMeasures } from "../measures.ts";
import { type ProgressWatch, SAMPLE_MS } from "../operations/progress-watch.ts";
import type { Part } from "../operations/stop-parts.ts";
import { type Running, StuckError } from "./run-until-stopped.ts";

/** Lets a watch see what goes through. */
export function movements({ moved }: ProgressWatch): Measures {
  return { ...silentMeasures, passed: moved };
}

/** Ends the process where it is stuck, whether or not anybody asks `/livez`. @param lag records that wait for it */
export function startWatch(
  watch: ProgressWatch,
  lag: () => Promise<number>,
  { crashed, stop }: Pick<Running, "crashed" | "stop">,
): Part {
  const look = async () => {
    const { status } = watch.sample(await lag());
    if (status !== "stuck" || stop.soon.aborted) return;
    throw new StuckError(
      "記録が待っているのに、進んでいません。終わるので、もう一度始めてください（続きから始まります）。",
    );
  };
  const timer = setInterval(() => void look().catch(crashed), SAMPLE_MS).unref();
  return { name: "watch", stop: async () => clearInterval(timer) };
}
