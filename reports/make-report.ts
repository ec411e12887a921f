import { randomUUID } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { findTaxonomy } from "../models/load-classifier.ts";
import { PIPELINE_EPOCH } from "../pipeline/epoch.ts";
import { InputError, StorageError } from "../pipeline/errors.ts";
import type { Home } from "../pipeline/home.ts";
import { jstDate, type Period } from "../pipeline/period.ts";
import type { ReportMade } from "../pipeline/schema/action.ts";
import { query } from "../pipeline/warehouse/query.ts";
import { canonicalJson } from "./canonical-json.ts";
import { buildMonthly } from "./monthly/build.ts";
import { MonthlyReport } from "./monthly/monthly-report.ts";
import { renderMonthly } from "./monthly/render-html.ts";
import { warehouseEffects } from "./read-warehouse.ts";
import { buildWeekly } from "./weekly/build.ts";
import { renderWeekly } from "./weekly/render-html.ts";
import { WeeklyReport } from "./weekly/weekly-report.ts";

/** A report and where it lies. */
export type MadeReport = {
  readonly job: Period["job"];
  readonly period: string;
  /** 0 while the period has not ended: such a report is not frozen. */
  readonly revision: number;
  /** True where an earlier command had made it. */
  readonly wasFrozen: boolean;
  /** Absolute paths: the report, its sidecar of voices, its value. */
  readonly files: readonly string[];
};

/**
 * Gives the frozen report of a period, or makes and freezes it. The value is journalled first and rendered
 * from there, so a kill in between leaves either no report or one that renders to the same bytes.
 */
export function makeReport(
  home: Home,
  period: Period,
  options: ReportOptions,
): Promise<MadeReport> {
  return home.reportInTurn(() => makeInTurn(home, period, options));
}

export type ReportOptions = {
  readonly again: boolean;
  /** The timetable goes on from the last report that it asked for itself. */
  readonly askedBy: "timetable" | "person";
};

async function makeInTurn(home: Home, period: Period, options: ReportOptions): Promise<MadeReport> {
  const frozen = await newestReport(home, period);
  if (frozen !== undefined && !options.again) {
    const files = writeReport(home, period, frozen.value);
    return { ...named(period), revision: frozen.revision, wasFrozen: true, files };
  }
  const today = jstDate(home.clock());
  if (period.from > today) {
    throw new InputError(`${period.name} はまだ始まっていません（${period.from} から）。`);
  }
  await refuseBeforeAllVoices(home, period);
  const value = await buildValue(home, period, today);
  if (today < period.until) {
    const files = writeReport(home, period, value);
    return { ...named(period), revision: 0, wasFrozen: false, files };
  }
  const revision = (frozen?.revision ?? 0) + 1;
  const action: ReportMade = {
    type: "report-made",
    actionId: randomUUID(),
    at: home.clock().toISOString(),
    ...named(period),
    revision,
    askedBy: options.askedBy,
    value,
  };
  await home.streams.actions.append([action], {});
  await home.loader.loadActions(home.streams.actions);
  return { ...named(period), revision, wasFrozen: false, files: writeReport(home, period, value) };
}

/** A slip in the year would be frozen for ever. */
async function refuseBeforeAllVoices(home: Home, period: Period): Promise<void> {
  const Row = z.strictObject({ any_voice: z.boolean() });
  const params = { until: period.until };
  const file = "questions/voices_before.sql";
  const [row] = await query(home.warehouse.reader, file, params, Row);
  if (row?.any_voice === true) return;
  throw new InputError(
    `${period.name} までに届いた声がありません（期間の終わり ${period.until}）。kizuki status で、声のある期間を確かめてください。`,
  );
}

function named(period: Period): { job: Period["job"]; period: string } {
  return { job: period.job, period: period.name };
}

async function newestReport(home: Home, period: Period) {
  const Row = z.strictObject({ revision: z.number().int(), value: z.string() });
  const params = { job: period.job, period: period.name };
  const rows = await query(home.warehouse.reader, "questions/newest_report.sql", params, Row);
  return rows[0];
}

/** @returns the value as canonical JSON */
async function buildValue(home: Home, period: Period, asOf: string): Promise<string> {
  const { config, warehouse } = home;
  const [main] = config.taxonomies;
  const input = {
    period,
    taxonomy: findTaxonomy(main ?? "").name,
    epoch: PIPELINE_EPOCH,
    asOf,
    title: config.title,
  };
  return await warehouse.snapshot(async (connection) => {
    const effects = warehouseEffects(connection);
    const report =
      period.job === "weekly"
        ? await buildWeekly(effects, input)
        : await buildMonthly(effects, input);
    return canonicalJson(report);
  });
}

/** Renders a value into its three files. Each is written aside and renamed: none is ever half there. */
function writeReport(home: Home, period: Period, value: string): string[] {
  const parsed: unknown = JSON.parse(value);
  const { html, voicesHtml } =
    period.job === "weekly"
      ? renderWeekly(WeeklyReport.parse(parsed))
      : renderMonthly(MonthlyReport.parse(parsed));
  const folder = join(home.config.home, "reports", period.job);
  const contents = { html, "voices.html": voicesHtml, json: value };
  try {
    mkdirSync(folder, { recursive: true });
    return Object.entries(contents).map(([ending, text]) => {
      const path = join(folder, `${period.name}.${ending}`);
      writeFileSync(`${path}.tmp`, text);
      renameSync(`${path}.tmp`, path);
      return path;
    });
  } catch (cause) {
    throw new StorageError(
      `報告書を ${folder} に書けません（ディスクの空きと権限を確かめてください）。`,
      { cause },
    );
  }
}
