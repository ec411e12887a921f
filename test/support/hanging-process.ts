import { setTimeout as sleep } from "node:timers/promises";
import { runUntilStopped } from "../../pipeline/cli/run-until-stopped.ts";
import { systemClock } from "../../pipeline/clock.ts";
import { jsonLog, logDestination } from "../../pipeline/log.ts";
import { silentReporter } from "../../pipeline/reporter.ts";

/**
 * A process that is stopped as `serve` is, with parts that do what its first argument says at the stop: "end", "slow"
 * (ends when it is told to give up), "hang"; or that crashes by itself: "crash", "throw".
 */
const [how] = process.argv.slice(2);
const log = jsonLog({
  level: "info",
  clock: systemClock,
  role: "test",
  destination: logDestination(undefined),
});
const news = {
  log,
  reporter: silentReporter,
  role: "serve" as const,
  isTerminal: false,
  tell: log.info,
  tellFailure: log.error,
};

await runUntilStopped({ news, deadlineMs: 2_000 }, async ({ started, crashed, stop }) => {
  started({ name: "first", stop: async () => log.info("stopped", { part: "first" }) });
  started({
    name: "second",
    stop: async () => {
      if (how === "hang") await new Promise(() => undefined);
      if (how !== "slow") return;
      await new Promise<void>((resolve) => {
        stop.now.addEventListener("abort", () => resolve());
      });
    },
  });
  const forever = setInterval(() => undefined, 1_000);
  started({ name: "third", stop: async () => clearInterval(forever) });
  log.info("running");
  if (how === "crash") crashed(new TypeError("カナリア"));
  await sleep(10);
  if (how === "throw") {
    setTimeout(() => {
      throw new RangeError("カナリア");
    });
  }
});
