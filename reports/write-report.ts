import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError, StorageError } from "../pipeline/errors.ts";
import type { Home } from "../pipeline/home.ts";
import type { ReportPeriod } from "../pipeline/period.ts";
import { DailyReport } from "./daily/daily-report.ts";
import { Form } from "./formats/form.ts";
import { renderForm } from "./formats/render-form.ts";
import { MonthlyReport } from "./monthly/monthly-report.ts";
import { WeeklyReport } from "./weekly/weekly-report.ts";

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

/** The value comes last: where it lies, the page does. */
export const USUAL_FORMS: readonly Form[] = ["html", "json"];

/**
 * Renders a value into its files, side by side. Each is written aside and renamed: none is ever half there.
 *
 * @returns absolute paths, in the order of the forms
 */
export async function writeReport(
  { config, stop }: Pick<Home, "config" | "stop">,
  period: ReportPeriod,
  value: string,
  forms: readonly Form[],
): Promise<string[]> {
  const report = readKnownValue(period, value);
  const folder = folderOf(config.home, period);
  const paths: string[] = [];
  for (const form of forms) {
    const files = await renderForm(form, {
      report,
      value,
      chromium: config.chromium,
      giveUp: stop.now,
    });
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
