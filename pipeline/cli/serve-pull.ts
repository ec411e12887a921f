import type { Home } from "../home.ts";
import { type OpenPull, openPull } from "../intake/open-pull.ts";
import { PullError } from "../intake/pull-error.ts";
import type { Part } from "../operations/stop-parts.ts";
import { describeSource, pullCommand } from "./pull.ts";
import type { News } from "./serve-news.ts";

/** A source that fails is asked again after a minute, then after two, four and so on, up to its own interval or an hour. */
const FIRST_RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 60 * 60_000;

/**
 * Reads each source of `pull:` at start and then at its interval. One that fails stops neither `serve` nor the others.
 *
 * @throws ConfigError where a source is not set up as its plugin wants
 */
export async function startPulls(
  home: Home,
  news: News,
  events: { readonly afterwards: () => Promise<void>; readonly crashed: (cause: unknown) => void },
): Promise<Part> {
  const pulls = await Promise.all(
    Object.keys(home.config.pull).map((name) => openPull(home.config, name)),
  );
  const stopped = new AbortController();
  const stop = AbortSignal.any([stopped.signal, home.stop.soon]);
  const loops = pulls.map((pull) =>
    repeat(() => pullOnce(home, news, pull, events.afterwards), pull, stop).catch(events.crashed),
  );
  return {
    name: "pull",
    async stop() {
      stopped.abort();
      await Promise.all(loops);
    },
  };
}

/** @param work says whether it went well */
async function repeat(
  work: () => Promise<boolean>,
  { everyMs }: OpenPull,
  stop: AbortSignal,
): Promise<void> {
  let failures = 0;
  while (!stop.aborted) {
    failures = (await work()) ? 0 : failures + 1;
    const retryMs = Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS);
    await waitUntil(failures === 0 ? everyMs : Math.min(retryMs, everyMs), stop);
  }
}

function waitUntil(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    stop.addEventListener("abort", done);
    if (stop.aborted) done();
  });
}

async function pullOnce(
  home: Home,
  news: News,
  { name }: OpenPull,
  afterwards: () => Promise<void>,
): Promise<boolean> {
  try {
    const { sources, failed } = await pullCommand.run(home, { names: [name] }, news.reporter);
    for (const source of sources.filter(({ records }) => records > 0)) {
      const { records, counts } = source;
      news.tell("pull-done", { source: name, records, ...counts }, describeSource(source));
      await afterwards();
    }
    for (const { message } of failed) tellFailure(news, name, new PullError(message));
    return failed.length === 0;
  } catch (cause) {
    // It was told to end: no failure of the source.
    if (!home.stop.soon.aborted) tellFailure(news, name, cause);
    return false;
  }
}

function tellFailure(news: News, source: string, cause: unknown): void {
  const why = cause instanceof Error ? cause.message : String(cause);
  const japanese = `${source} を読めません（あとでやり直します）: ${why}`;
  news.tellFailure("pull-failed", cause, { source }, japanese);
}
