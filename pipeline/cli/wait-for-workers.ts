import { setTimeout as sleep } from "node:timers/promises";
import type { Home } from "../home.ts";
import { readOrigins, type TakenFile } from "../intake/take-in-file.ts";
import type { KafkaHome } from "../kafka-home.ts";
import type { Reporter } from "../reporter.ts";
import { goOn } from "../stop.ts";

const POLL_MS = 300;
/** Without any movement for so long, no worker is at work. */
const STILL_MS = 20_000;

/** Returns when every record of a file is loaded; workers elsewhere do it, and whoever waits may go. */
export async function waitForWorkers(
  home: Home,
  kafka: KafkaHome,
  { taken, reporter }: { readonly taken: TakenFile; readonly reporter: Reporter },
): Promise<void> {
  const loaded = async () => (await readOrigins(home)).get(taken.stream)?.records ?? 0;
  let done = await loaded();
  let movedMs = performance.now();
  reporter.begin(`${taken.file} の声の処理を待っています`, taken.rows - done);
  while (done < taken.rows) {
    goOn(home.stop);
    await Promise.race([sleep(POLL_MS), kafka.failed]);
    const now = await loaded();
    if (now > done) movedMs = performance.now();
    reporter.advance(now - done);
    done = now;
    if (performance.now() - movedMs < STILL_MS) continue;
    movedMs = performance.now();
    reporter.line(
      `${taken.file}: ${STILL_MS / 1000} 秒のあいだ進んでいません（${done}/${taken.rows} 件）。ワーカーが動いているか確かめ、なければ別の端末で kizuki enrich を始めてください。声は voc.raw に書き終わっているので、ここで Ctrl-C を押しても失われません。`,
    );
  }
  // Dead letters come by a stream of their own.
  await kafka.caughtUp();
  reporter.end();
}
