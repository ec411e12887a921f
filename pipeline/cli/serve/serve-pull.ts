import type { Home } from "../../home.ts";
import { type OpenPull, openPull } from "../../intake/pull/open-pull.ts";
import { PullError } from "../../intake/pull-error.ts";
import type { Part } from "../../operations/stop-parts.ts";
import { repeatWithBackoff } from "../../schedule/repeat-with-backoff.ts";
import { describeSource, pullCommand } from "../pull.ts";
import type { News } from "./serve-news.ts";

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
    repeatWithBackoff(() => pullOnce(home, news, pull, events.afterwards), {
      everyMs: pull.everyMs,
      stop,
    }).catch(events.crashed),
  );
  return {
    name: "pull",
    async stop() {
      stopped.abort();
      await Promise.all(loops);
    },
  };
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
    home.measures.pulled(name, failed.length === 0 ? "read" : "failed");
    return failed.length === 0;
  } catch (cause) {
    // It was told to end: no failure of the source.
    if (home.stop.soon.aborted) return false;
    home.measures.pulled(name, "failed");
    tellFailure(news, name, cause);
    return false;
  }
}

function tellFailure(news: News, source: string, cause: unknown): void {
  const japanese = `${source} を読めません（あとでやり直します）`;
  news.tellFailure("pull-failed", cause, { source }, japanese);
}
