import { UsageError } from "../errors.ts";
import type { Home } from "../home.ts";
import {
  jstDate,
  type Period,
  parsePeriod,
  periodOf,
  periodOfLine,
  previousPeriod,
  type ReportPeriod,
} from "../period.ts";

/** @returns the last one that has ended where none is named */
export function wholePeriod(
  home: Pick<Home, "clock">,
  job: Period["job"],
  name: string | undefined,
): Period;
export function wholePeriod(
  home: Pick<Home, "clock">,
  job: ReportPeriod["job"],
  name: string | undefined,
): ReportPeriod;
export function wholePeriod(
  home: Pick<Home, "clock">,
  job: ReportPeriod["job"],
  name: string | undefined,
): ReportPeriod {
  if (name === undefined) return previousPeriod(periodOf(job, jstDate(home.clock())));
  const period = parsePeriod(job, name);
  if (period !== undefined) return period;
  throw new UsageError(`--period が読めません。読んだもの: ${name}、期待: ${EXPECTED[job]}。`);
}

const EXPECTED = {
  weekly: "2025-W31 のような ISO 週",
  monthly: "2025-07 のような年月",
  daily: "2025-07-28 のような日付",
} as const;

export function withLine(period: ReportPeriod, line: string | undefined): ReportPeriod {
  if (line === undefined) return period;
  if (period.job === "weekly" && period.line === undefined) return periodOfLine(period, line);
  throw new UsageError("--line は、週次（weekly）の報告書に一度だけ書けます。");
}
