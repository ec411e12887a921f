import type { Home } from "../../pipeline/home.ts";
import type { ReportPeriod } from "../../pipeline/period.ts";
import {
  type BegunReport,
  beginReport,
  type MadeReport,
  type ReportOptions,
} from "./make-report.ts";
import { sharedHistory } from "./shared-history.ts";

/**
 * Makes the reports of several periods, in order, none twice: while one is rendered, packed and frozen, the questions of
 * the next are answered. Each is what `makeReport` makes of it alone. None is frozen behind one that could not be; a
 * kill, or the process's end, leaves those that were.
 */
export async function* makeReports(
  home: Home,
  periods: Iterable<ReportPeriod>,
  options: ReportOptions,
): AsyncGenerator<MadeReport> {
  const history = sharedHistory();
  let unfrozen: BegunReport["unfrozen"];
  let last: Promise<MadeReport> | undefined;
  try {
    for (const period of periods) {
      if (home.stop.soon.aborted) break;
      const previous = last;
      last = home.reportOverlapping(async () => {
        const begun = await beginReport(home, period, options, { unfrozen, history });
        unfrozen = begun.unfrozen;
        return async () => {
          await previous;
          return await begun.end();
        };
      });
      // Whoever asks for the one before it hears of it later.
      last.catch(() => undefined);
      if (previous !== undefined) yield await previous;
    }
    if (last !== undefined) yield await last;
  } finally {
    await last?.catch(() => undefined);
  }
}
