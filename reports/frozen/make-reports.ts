import { clearHeapAsUsual } from "../../pipeline/heap-growth.ts";
import type { Home } from "../../pipeline/home.ts";
import type { ReportPeriod } from "../../pipeline/period.ts";
import type { AmongMany } from "./build-report.ts";
import {
  type BegunReport,
  beginReport,
  type MadeReport,
  type ReportOptions,
} from "./make-report.ts";
import { sharedHistory } from "./shared-history.ts";

/**
 * Makes the reports of several periods, in order, none twice: once the questions of one are answered, those of the next
 * are, while the one is built, rendered, packed and frozen. Each is what `makeReport` makes of it alone. None is frozen
 * behind one that could not be; a kill, or the process's end, leaves those that were.
 */
export async function* makeReports(
  home: Home,
  periods: Iterable<ReportPeriod>,
  options: ReportOptions,
): AsyncGenerator<MadeReport> {
  // With Kafka voices are loaded all the time, and many at once.
  const asUsual = await home.warehouse.holdLessForNow(
    home.kafka === undefined ? MEMORY : undefined,
  );
  const history = sharedHistory();
  const underWay: Promise<MadeReport>[] = [];
  let newest: Promise<MadeReport> | undefined;
  let begun: readonly BegunAmongMany[] = [];
  try {
    for (const period of periods) {
      if (home.stop.soon.aborted) break;
      const previous = newest;
      newest = home.reportOverlapping(async () => {
        const before = begun;
        const next = beginAmongMany(before, (amongMany) =>
          beginReport(home, period, options, { history, ...amongMany }),
        );
        // Before the last: frozen, or being frozen.
        begun = [...before.slice(-1), next];
        const { end } = await next.report;
        return async () => {
          await previous;
          return await end();
        };
      });
      // Whoever asks for the one before it hears of it later.
      newest.catch(() => undefined);
      underWay.push(newest);
      const oldest = underWay.length > AHEAD ? underWay.shift() : undefined;
      if (oldest !== undefined) yield await oldest;
    }
    for (const made of underWay) yield await made;
  } finally {
    await Promise.allSettled(underWay);
    clearHeapAsUsual();
    await asUsual();
  }
}

/** What DuckDB holds meanwhile: what it keeps of the file beyond that makes no report faster. */
const MEMORY = "512MB";

/** One is frozen, one is built and one asks; more would only be held in memory. */
const AHEAD = 2;

type BegunAmongMany = {
  readonly report: Promise<BegunReport>;
  /** It has all that it asks but words, or is not asking any more. */
  readonly answered: Promise<unknown>;
};

function beginAmongMany(
  before: readonly BegunAmongMany[],
  begin: (amongMany: Omit<AmongMany, "history">) => Promise<BegunReport>,
): BegunAmongMany {
  let tell = () => {};
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const report = begin({
    unfrozen: async () => {
      const reports = await Promise.all(before.map((each) => each.report));
      return reports.flatMap(({ unfrozen }) => unfrozen ?? []);
    },
    mayAsk: Promise.all(before.map(({ answered }) => answered)),
    answered: tell,
  });
  return { report, answered: Promise.race([told, Promise.allSettled([report])]) };
}
