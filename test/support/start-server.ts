import { existsSync, readFileSync } from "node:fs";
import { type Ran, runKizuki } from "./run-kizuki.ts";

/** Not on a terminal, `serve` writes JSON lines. */
const RUNNING = '"event":"running"';

export type Server = { readonly ended: Promise<Ran>; kill(signal: NodeJS.Signals): void };

/** Starts `serve` and waits until a line with `until` has come. */
export function startServer(
  home: string,
  options: {
    readonly args?: readonly string[];
    readonly clock?: string;
    readonly until?: string;
    /** The log's file, where lines do not come on standard error. */
    readonly log?: string;
  } = {},
): Promise<Server> {
  return new Promise((resolve, reject) => {
    let kill: (signal: NodeJS.Signals) => void = () => undefined;
    const ended = runKizuki([...(options.args ?? []), "serve"], {
      home,
      env: options.clock === undefined ? {} : { KIZUKI_CLOCK: options.clock },
      onStart: (killer) => {
        kill = killer;
      },
      onLine: (line) => {
        if (line.includes(options.until ?? RUNNING)) resolve({ ended, kill });
      },
    });
    const { log } = options;
    if (log !== undefined) {
      const timer = setInterval(() => {
        if (!existsSync(log) || !readFileSync(log, "utf8").includes(options.until ?? RUNNING))
          return;
        clearInterval(timer);
        resolve({ ended, kill });
      }, 200);
      ended.finally(() => clearInterval(timer)).catch(reject);
    }
    ended.then((ran) => reject(new Error(`serve ended with ${ran.code}: ${ran.stderr}`)), reject);
  });
}
