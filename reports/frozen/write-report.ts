import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { InputError, StorageError } from "../../pipeline/errors.ts";
import type { Home } from "../../pipeline/home.ts";
import type { ReportPeriod } from "../../pipeline/period.ts";
import { DailyReport } from "../daily/daily-report.ts";
import { Form } from "../formats/form.ts";
import { renderForm } from "../formats/render-form.ts";
import { MonthlyReport } from "../monthly/monthly-report.ts";
import { WeeklyReport } from "../weekly/weekly-report.ts";
import { canonical } from "./canonical-json.ts";

const VALUES = { weekly: WeeklyReport, monthly: MonthlyReport, daily: DailyReport } as const;
export type FrozenReport = WeeklyReport | MonthlyReport | DailyReport;

/** @returns undefined where there is no value, or one of an older format */
export function readValue(
  { job }: Pick<ReportPeriod, "job">,
  value: string | undefined,
): FrozenReport | undefined {
  return value === undefined ? undefined : VALUES[job].safeParse(JSON.parse(value)).data;
}

/** @throws InputError where the value is of an older format */
export function readKnownValue(
  period: Pick<ReportPeriod, "job" | "name">,
  value: string,
): FrozenReport {
  const report = readValue(period, value);
  if (report !== undefined) return report;
  throw new InputError(
    `${period.name} の凍結済みの報告書は古い形式の値です。期待: 形式 2 から 4（日次は 1 か 2）。--again で新しい版を作ってください。`,
  );
}

/** A report and the text that is kept of it: read, it is the same report. */
export type Value = { readonly report: FrozenReport; readonly value: string };

export function withText(report: FrozenReport): Value {
  const kept = canonical(report);
  return { report: kept, value: JSON.stringify(kept) };
}

export const USUAL_FORMS: readonly Form[] = ["html"];

/**
 * Renders a value into its files, side by side, and writes the value beside them, asked for or not: every form says
 * that it was made from it. Each file is written aside and renamed: none is ever half there.
 *
 * @param frozen what must have come to its end before any file is written; the first form is rendered meanwhile
 * @returns absolute paths, in the order of the forms, the value last
 */
export async function writeReport(
  { config, stop }: Pick<Home, "config" | "stop">,
  period: ReportPeriod,
  { report, value }: Value,
  { forms, frozen }: { readonly forms: readonly Form[]; readonly frozen?: Promise<void> },
): Promise<string[]> {
  const folder = folderOf(config.home, period);
  const paths: string[] = [];
  // The value comes last: where it lies, the others do.
  const written: Form[] = [...forms.filter((form) => form !== "json"), "json"];
  for (const form of written) {
    const input = { report, value, chromium: config.chromium, giveUp: stop.now };
    // Not at once: a page is rendered in one piece, and the action would only be packed behind it.
    const rendering = setImmediate().then(() => renderForm(form, input));
    await Promise.allSettled([frozen, rendering]);
    await frozen;
    const files = await rendering;
    try {
      mkdirSync(folder, { recursive: true });
      for (const { ending, contents } of files) {
        const path = join(folder, `${period.name}.${ending}`);
        writeFileSync(`${path}.tmp`, contents);
        renameSync(`${path}.tmp`, path);
        paths.push(path);
      }
    } catch (cause) {
      throw notWritable(folder, cause);
    }
  }
  return paths;
}

/** Takes away all forms of a period, so that none is left beside those of another value. */
export function removeForms({ config }: Pick<Home, "config">, period: ReportPeriod): void {
  const folder = folderOf(config.home, period);
  try {
    for (const ending of [...Form.options, "voices.html"]) {
      rmSync(join(folder, `${period.name}.${ending}`), { force: true });
    }
  } catch (cause) {
    throw notWritable(folder, cause);
  }
}

function notWritable(folder: string, cause: unknown): StorageError {
  const message = `報告書を ${folder} に書けません（ディスクの空きと権限を確かめてください）。`;
  return new StorageError(message, { cause });
}

/** Where the value of a period's report lies. */
export function valuePath({ config }: Pick<Home, "config">, period: ReportPeriod): string {
  return join(folderOf(config.home, period), `${period.name}.json`);
}

function folderOf(home: string, { job }: ReportPeriod): string {
  return join(home, "reports", job);
}
