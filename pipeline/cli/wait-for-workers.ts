import { setTimeout as sleep } from "node:timers/promises";
import type { Home } from "../home.ts";
import type { KafkaHome } from "../kafka-home.ts";
import type { Reporter } from "../reporter.ts";
import { goOn } from "../stop.ts";

const POLL_MS = 300;
/** Without any movement for so long, no worker is at work. */
const STILL_MS = 20_000;

/** Returns when records are through and loaded; workers elsewhere do it, and whoever waits may go. */
export async function waitForWorkers(
  home: Home,
  kafka: KafkaHome,
  {
    what,
    records,
    countDone,
    reporter,
  }: {
    /** Whose records they are, for a person: a file's name. */
    readonly what: string;
    readonly records: number;
    readonly countDone: () => Promise<number>;
    readonly reporter: Reporter;
  },
): Promise<void> {
  let done = await countDone();
  let movedMs = performance.now();
  reporter.begin(`${what} の声の処理を待っています`, records - done);
  while (done < records) {
    goOn(home.stop);
    await Promise.race([sleep(POLL_MS), kafka.failed]);
    const now = await countDone();
    if (now > done) movedMs = performance.now();
    reporter.advance(now - done);
    done = now;
    if (performance.now() - movedMs < STILL_MS) continue;
    movedMs = performance.now();
    reporter.line(
      `${what}: ${STILL_MS / 1000} 秒のあいだ進んでいません（${done}/${records} 件）。ワーカーが動いているか確かめ、なければ別の端末で kizuki enrich を始めてください。声は voc.raw に書き終わっているので、ここで Ctrl-C を押しても失われません。`,
    );
  }
  // Dead letters come by a stream of their own.
  await kafka.caughtUp();
  reporter.end();
}
