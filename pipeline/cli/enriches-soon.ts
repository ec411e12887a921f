import { setTimeout as sleep } from "node:timers/promises";
import { withPool } from "../enrich/pool-of-home.ts";
import { pendingRecords } from "../enrich/pump.ts";
import type { Home } from "../home.ts";
import type { Part } from "../operations/stop-parts.ts";
import { enrichPending } from "./import.ts";
import type { News } from "./serve/serve-news.ts";

/** A start of the workers costs seconds, so voices that come one by one are gathered. */
const GATHER_MS = 2000;
const TRY_AGAIN_MS = 60_000;

/**
 * Reads what came to `voc.raw` and is no file, without anybody waiting for it. With Kafka it does nothing: there the
 * workers do it.
 */
export function enrichesSoon(home: Home, news: News): Part & { readonly wake: () => void } {
  let underWay: Promise<void> | undefined;
  const mayBegin = () => pendingRecords(home) > 0 && !home.stop.soon.aborted;
  const untilDone = async (): Promise<void> => {
    for (let pauseMs = GATHER_MS; mayBegin(); pauseMs = TRY_AGAIN_MS) {
      await sleep(pauseMs, undefined, { signal: home.stop.soon }).catch(() => undefined);
      // What is left stands in the stream; the next start reads it.
      if (mayBegin()) await enrichAll(home, news);
    }
  };
  const wake = (): void => {
    if (home.kafka !== undefined || underWay !== undefined || !mayBegin()) return;
    underWay = untilDone().finally(() => {
      underWay = undefined;
      wake();
    });
  };
  return { name: "enrichment", wake, stop: async () => await underWay };
}

/** While voices go on coming, the same workers go on; files and whoever else waits have their turns between. */
async function enrichAll(home: Home, news: News): Promise<void> {
  try {
    await withPool(home, async (pool) => {
      while (pendingRecords(home) > 0) {
        await home.intakeInTurn(() => enrichPending(home, pool, news.reporter));
      }
    });
  } catch (cause) {
    // It was told to end, or its workers were.
    if (home.stop.soon.aborted) return;
    const japanese = "届いた声を分類できません（少し後でやり直します）";
    news.tellFailure("intake-failed", cause, {}, japanese);
  }
}
