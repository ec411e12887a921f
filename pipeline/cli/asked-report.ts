import { z } from "zod";
import { UsageError } from "../errors.ts";
import type { Home } from "../home.ts";
import {
  jstDate,
  type Period,
  parsePeriod,
  parseReportPeriod,
  periodOf,
  periodOfLine,
  previousPeriod,
  type ReportPeriod,
} from "../period.ts";

/** Which report a command is about. */
export const AskedReport = z.strictObject({
  /** Without it, the last period that has ended. */
  period: z.string().optional(),
  /** Product line, see `lines` in the config. */
  line: z.string().min(1).max(100).optional(),
});

/** What may be typed behind `report`. */
export type ReportFlags = {
  readonly period?: string;
  readonly line?: string;
  readonly since?: string;
  readonly again?: boolean;
  readonly format?: string;
  readonly deliver?: boolean;
  readonly json?: boolean;
};

/** @returns of what was typed the part that names the report */
export function askedOf({ period, line }: ReportFlags): z.infer<typeof AskedReport> {
  return { ...(period !== undefined && { period }), ...(line !== undefined && { line }) };
}

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
  throw new UsageError(`期間が読めません。読んだもの: ${name}、期待: ${EXPECTED[job]}。`);
}

/** How a report of any kind is named. */
export const PERIODS = "2025-W31、2025-W31.スナック（商品ライン）、2025-07、2025-07-28 のどれか";

/** @throws UsageError where it is no period of a report */
export function namedPeriod(name: string): ReportPeriod {
  const period = parseReportPeriod(name);
  if (period !== undefined) return period;
  throw new UsageError(`期間が読めません。読んだもの: ${name}、期待: ${PERIODS}。`);
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
