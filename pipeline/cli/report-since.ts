import { z } from "zod";
import { InputError, UsageError } from "../errors.ts";
import type { Home } from "../home.ts";
import { jstDate, nextPeriod, type Period, type ReportPeriod } from "../period.ts";
import { query } from "../warehouse/query.ts";
import { AskedReport, askedOf, type ReportFlags, wholePeriod, withLine } from "./asked-report.ts";
import type { CliContext } from "./context.ts";
import { type HomeCommand, runHomeCommand } from "./home-command.ts";

/** The period is the last. */
const Options = AskedReport.extend({ job: z.enum(["weekly", "monthly"]), since: z.string() });

const Result = z.strictObject({
  /** Names of the periods. */
  made: z.array(z.string()),
  /** Periods that had a report. */
  kept: z.number().int(),
  /** Names of those of them whose files were gone, as a kill leaves them. */
  rewritten: z.array(z.string()),
});

/** What a report of each period would be alone, made together: much of one is worked on beside another. */
export const reportSinceCommand: HomeCommand<typeof Options, typeof Result> = {
  name: "report-since",
  Options,
  Result,
  async run(home, { job, since, period, line }, reporter) {
    const last = wholePeriod(home, job, period);
    refuseUnended(home, last);
    const periods = periodsBetween(wholePeriod(home, job, since), last).map((each) =>
      withLine(each, line),
    );
    if (line !== undefined) {
      const { lineOf } = await import("../../reports/line/line-cut.ts");
      lineOf(home.config.lines, line);
    }
    const frozen = await frozenNames(home);
    const missing = periods.filter(({ name }) => !frozen.has(name));
    const had = periods.filter(({ name }) => frozen.has(name));
    const rewritten = await writeGone(home, had);
    const { makeReports } = await import("../../reports/frozen/make-reports.ts");
    const made: string[] = [];
    reporter.begin("報告書を作成中", missing.length);
    const options = { again: false, askedBy: "person" } as const;
    for await (const report of makeReports(home, missing, options)) {
      made.push(report.period);
      reporter.advance(1);
      reporter.stage("report");
    }
    reporter.end();
    return { made, kept: had.length, rewritten };
  },
};

async function writeGone(home: Home, frozen: readonly ReportPeriod[]): Promise<string[]> {
  const { writeMissing } = await import("../../reports/frozen/write-unfinished.ts");
  const written: string[] = [];
  for (const period of frozen) {
    if (home.stop.soon.aborted) break;
    if (await writeMissing(home, period)) written.push(period.name);
  }
  return written;
}

function periodsBetween(first: Period, last: Period): Period[] {
  if (first.line !== undefined || last.line !== undefined) {
    throw new UsageError("--since では、商品ラインは --line に書いてください。");
  }
  if (first.from > last.from) {
    throw new UsageError(
      "--since が --period より後です。--since には最初の期間を書いてください。",
    );
  }
  const periods: Period[] = [];
  for (let each = first; each.from <= last.from; each = nextPeriod(each)) periods.push(each);
  return periods;
}

/** What is running would be made again and again, and never frozen. */
function refuseUnended({ clock }: Home, { name, until }: Period): void {
  if (until <= jstDate(clock())) return;
  throw new InputError(`${name} はまだ終わっていません（${until} に終わります）。`);
}

async function frozenNames({ warehouse }: Home): Promise<ReadonlySet<string>> {
  const Row = z.object({ period: z.string() });
  const rows = await query(warehouse.reader, "questions/reports_made.sql", {}, Row);
  return new Set(rows.map(({ period }) => period));
}

export async function makeSince(
  context: CliContext,
  options: ReportFlags & { readonly job: string; readonly since: string },
): Promise<void> {
  const { job, since, json, again, format, deliver } = options;
  if (again || deliver || format !== undefined) {
    throw new UsageError("--since は、--again、--format、--deliver とは一緒に書けません。");
  }
  if (job !== "weekly" && job !== "monthly") {
    throw new UsageError("--since は、週次（weekly）と月次（monthly）だけに書けます。");
  }
  const result = await runHomeCommand(context, reportSinceCommand, {
    job,
    since,
    ...askedOf(options),
  });
  await context.print(json ? JSON.stringify(result) : describe(result));
}

function describe({ made, kept, rewritten }: z.infer<typeof Result>): string {
  const before = kept === 0 ? "" : `（前からあるもの ${kept} 件）`;
  const again =
    rewritten.length === 0
      ? ""
      : `\n凍結済みでファイルのなかった報告書 ${rewritten.length} 件を書き直しました: ${rewritten.join("、")}`;
  if (made.length === 0) return `作る報告書はありません${before}。${again}`;
  return `報告書を ${made.length} 件作り、凍結しました${before}: ${made[0]} から ${made.at(-1)} まで${again}`;
}
