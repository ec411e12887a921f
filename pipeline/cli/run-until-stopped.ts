import { setTimeout as sleep } from "node:timers/promises";
import { KizukiError } from "../errors.ts";
import { type Part, stopParts } from "../operations/stop-parts.ts";
import type { Stop } from "../stop.ts";
import type { News } from "./serve/serve-news.ts";

/** What a process that runs until it is told to end gives to what it starts. */
export type Running = {
  /** Called with each part once it runs; they are stopped in the opposite order. */
  started(part: Part): void;
  /** A part broke for good: the process ends at once, for its supervisor to start it again. */
  crashed(cause: unknown): void;
  readonly stop: Stop;
};

/** Records wait, and none has moved for so long that only a new start can help. */
export class StuckError extends KizukiError {
  readonly code = "KIZUKI_STUCK";
}

class StopOverrunError extends KizukiError {
  readonly code = "KIZUKI_STOP_OVERRUN";
}

/** In the place of a message that may quote a voice, where standard error is a log. */
class StartFailedError extends KizukiError {
  readonly code = "KIZUKI_START_FAILED";
  override readonly exitCode: number;

  constructor(role: News["role"], cause: unknown) {
    const known = cause instanceof KizukiError;
    const code = known ? cause.code : "KIZUKI_UNEXPECTED";
    super(
      `${role} を始められません（${code}）。記録の最後の行と、kizuki doctor の結果を見てください。`,
    );
    this.exitCode = known ? cause.exitCode : 1;
  }
}

/** Errors whose messages name settings and paths, nothing that a customer wrote. */
const PLAIN_CODES = [
  "KIZUKI_CONFIG",
  "KIZUKI_WAREHOUSE_BUSY",
  "KIZUKI_STORAGE",
  "KIZUKI_MODEL",
  "KIZUKI_KAFKA",
  "KIZUKI_STREAM_LOSS",
];

/**
 * Starts parts and ends them at SIGTERM or SIGINT: nothing more is begun, what is in hand may be finished for half
 * of the deadline and is given up then. Exits with 0; past the deadline with 1 and the name of what hung. A second
 * signal ends it at once, and so does a part that crashes or an error that nobody caught: with one fatal line and its exit code, else 1.
 * None of it loses anything, for a kill would not.
 *
 * @throws where the parts cannot be started
 */
export async function runUntilStopped(
  { news, deadlineMs }: { readonly news: News; readonly deadlineMs: number },
  start: (running: Running) => Promise<void>,
): Promise<void> {
  const soon = new AbortController();
  const now = new AbortController();
  const parts: Part[] = [];
  const crashed = (cause: unknown) => die(news, cause);
  process.on("uncaughtException", crashed);
  const asked = stopSignal(news);
  const starting = start({
    started: (part) => void parts.push(part),
    crashed,
    stop: { soon: soon.signal, now: now.signal },
  });
  try {
    const signal = await Promise.race([asked, starting.then(() => asked)]);
    news.tell("stopping", { signal }, "止めています…");
  } catch (cause) {
    news.log.fatal("failed", cause, { part: "start" });
    await stopParts(parts.toReversed(), sleep(deadlineMs));
    throw news.isTerminal ? cause : plainError(news.role, cause);
  }
  soon.abort();
  setTimeout(() => now.abort(), deadlineMs / 2);
  const whole = { name: "start", stop: () => starting.catch(() => undefined) };
  const deadline = sleep(deadlineMs);
  const begun = await stopParts([whole], deadline);
  const ended = begun.status === "ended" ? await stopParts(parts.toReversed(), deadline) : begun;
  if (ended.status === "ended") {
    news.log.info("stopped");
    // Not left to run out: a timer that somebody forgot would be a hang that no deadline sees.
    process.exit(0);
  }
  const overrun = `${deadlineMs / 1000} 秒たっても「${ended.part}」が終わらないので、打ち切ります。失われるものはありません。`;
  const cause = ended.status === "failed" ? ended.cause : new StopOverrunError(overrun);
  die(news, cause, { part: ended.part });
}

/** @returns the first signal; the second does not wait for anything */
function stopSignal(news: News): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let asked = false;
    for (const name of ["SIGINT", "SIGTERM"] as const) {
      process.on(name, () => {
        if (asked) {
          news.log.warn("stopping", { signal: name, again: true });
          process.exit(1);
        }
        asked = true;
        resolve(name);
      });
    }
  });
}

function die(news: News, cause: unknown, fields: { readonly part?: string } = {}): void {
  news.log.fatal(eventOf(cause), cause, fields);
  const why = cause instanceof KizukiError ? cause.message : `思わぬ誤りです: ${String(cause)}`;
  news.reporter.line(why);
  process.exit(cause instanceof KizukiError ? cause.exitCode : 1);
}

function eventOf(cause: unknown): "failed" | "stop-overrun" | "stuck" {
  if (cause instanceof StuckError) return "stuck";
  return cause instanceof StopOverrunError ? "stop-overrun" : "failed";
}

function plainError(role: News["role"], cause: unknown): unknown {
  if (cause instanceof KizukiError && PLAIN_CODES.includes(cause.code)) return cause;
  return new StartFailedError(role, cause);
}
