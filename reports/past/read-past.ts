import type { ReportEffects } from "../report-effects.ts";
import { type Origins, type SourceChange, usualSourceChangeOf } from "../source-change.ts";
import type { History } from "./history.ts";
import { type Past, pastOf } from "./past.ts";

/** The past, and what it had of other sources, if anything. */
type ReadPast = { readonly past: Past; readonly usualSourceChange: SourceChange | undefined };

/**
 * Finds the periods to compare with. Where a source came or went since the same season of earlier years, the latest
 * periods are what is usual, if they have the sources of today.
 */
export async function readPast(
  effects: Pick<ReportEffects, "readSources">,
  history: History,
  sources: { readonly now: Origins; readonly arrived: ReadonlySet<string> },
): Promise<ReadPast> {
  const withSources = async (past: Past): Promise<ReadPast> => {
    const periods = past.usual.map(({ period }) => period);
    const { rows } = await effects.readSources(periods);
    return { past, usualSourceChange: usualSourceChangeOf(rows, periods.length, sources) };
  };
  const read = await withSources(pastOf(history));
  if (read.usualSourceChange === undefined || read.past.spans.usual?.basis === "recent")
    return read;
  const recent = await withSources(pastOf(history, ["recent"]));
  const isBetter = recent.past.usual.length > 0 && recent.usualSourceChange === undefined;
  return isBetter ? recent : read;
}
