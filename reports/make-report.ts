import { v5 } from "uuid";
import { z } from "zod";
import { findTaxonomy } from "../models/load-classifier.ts";
import { act } from "../pipeline/act.ts";
import { PIPELINE_EPOCH } from "../pipeline/epoch.ts";
import { InputError } from "../pipeline/errors.ts";
import type { Home } from "../pipeline/home.ts";
import { readExposure } from "../pipeline/intake/read-exposure.ts";
import { jstDate, jstInstant, type Period } from "../pipeline/period.ts";
import type { ReportMade } from "../pipeline/schema/action.ts";
import { query } from "../pipeline/warehouse/query.ts";
import { canonicalJson } from "./canonical-json.ts";
import { askDeliveries, recipientsOf, timetableRecipients } from "./deliver/ask-deliveries.ts";
import type { Form } from "./formats/form.ts";
import { buildMonthly } from "./monthly/build.ts";
import { warehouseEffects } from "./read-warehouse.ts";
import { buildTheme } from "./theme/build-theme.ts";
import { readThemeFile } from "./theme/theme-file.ts";
import { buildWeekly } from "./weekly/build.ts";
import { readValue, removeForms, writeReport } from "./write-report.ts";

/** A report and where it lies. */
export type MadeReport = {
  readonly job: Period["job"];
  readonly period: string;
  /** 0 while the period has not ended: such a report is not frozen. */
  readonly revision: number;
  /** True where an earlier command had made it. */
  readonly wasFrozen: boolean;
  /** Absolute paths: of the report, its sidecar of voices, its value, or the forms that were asked for. */
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
  /** Which files are written; HTML and JSON where left out. */
  readonly forms?: readonly Form[] | undefined;
  /** Whether a person wants it sent to its recipients. */
  readonly deliver?: boolean;
};

/** A person says so; the timetable sends what it made, and what a person had made before its time. */
function toSendTo(home: Home, period: Period, { askedBy, deliver }: ReportOptions): string[] {
  if (askedBy === "timetable") return timetableRecipients(home, period);
  return deliver === true ? recipientsOf(home, period.job) : [];
}

const USUAL_FORMS: readonly Form[] = ["html", "json"];

async function makeInTurn(home: Home, period: Period, options: ReportOptions): Promise<MadeReport> {
  const write = (value: string) => writeReport(home, period, value, options.forms ?? USUAL_FORMS);
  const replace = (value: string) => {
    removeForms(home, period);
    return write(value);
  };
  const frozen = await newestReport(home, period);
  if (frozen !== undefined && !options.again) {
    const recipients = toSendTo(home, period, options);
    await askDeliveries(home, period, { revision: frozen.revision, recipients, again: false });
    const files = await write(frozen.value);
    return { ...named(period), revision: frozen.revision, wasFrozen: true, files };
  }
  const today = jstDate(home.clock());
  if (period.from > today) {
    throw new InputError(`${period.name} はまだ始まっていません（${period.from} から）。`);
  }
  await refuseBeforeAllVoices(home, period);
  const hasEnded = today >= period.until;
  const revision = hasEnded ? (frozen?.revision ?? 0) + 1 : 0;
  const value = await buildValue(home, period, { asOf: today, revision, frozen: frozen?.value });
  if (!hasEnded) {
    const files = await replace(value);
    return { ...named(period), revision, wasFrozen: false, files };
  }
  const recipients = toSendTo(home, period, options);
  const action: ReportMade = {
    type: "report-made",
    actionId: v5(JSON.stringify([period.job, period.name, revision]), REPORT_NAMESPACE),
    at: home.clock().toISOString(),
    ...named(period),
    revision,
    askedBy: options.askedBy,
    value,
    ...(recipients.length > 0 && { recipients }),
  };
  await act(home, action);
  return { ...named(period), revision, wasFrozen: false, files: await replace(value) };
}

/** The namespace of frozen reports: the same revision made twice is one action. */
const REPORT_NAMESPACE = "d1a4f0c8-5b7e-4c39-9a62-7e8f3b0c6d15";

/** A slip in the year would be frozen for ever. */
async function refuseBeforeAllVoices(home: Home, period: Period): Promise<void> {
  const Row = z.strictObject({ received_on: z.string().nullable() });
  const params = { until: period.until };
  const file = "questions/newest_voice.sql";
  const [row] = await query(home.warehouse.reader, file, params, Row);
  if (row !== undefined && row.received_on !== null) return;
  throw new InputError(
    `${period.name} までに届いた声がありません（期間の終わり ${period.until}）。kizuki status で、声のある期間を確かめてください。`,
  );
}

function named(period: Period): { job: Period["job"]; period: string } {
  return { job: period.job, period: period.name };
}

/** @returns the newest frozen revision; undefined where none was made */
export async function newestReport(home: Home, period: Period) {
  const Row = z.strictObject({ revision: z.number().int(), value: z.string() });
  const params = { job: period.job, period: period.name };
  const rows = await query(home.warehouse.reader, "questions/newest_report.sql", params, Row);
  return rows[0];
}

/** @returns the value as canonical JSON */
async function buildValue(
  home: Home,
  period: Period,
  made: { asOf: string; revision: number; frozen: string | undefined },
): Promise<string> {
  const { config, warehouse } = home;
  const [main] = config.taxonomies;
  const taxonomy = findTaxonomy(main ?? "");
  const previousRevision = readValue(period, made.frozen);
  const input = {
    period,
    revision: made.revision,
    ...(previousRevision !== undefined && { previousRevision }),
    taxonomy: taxonomy.name,
    taxonomyVersion: taxonomy.version,
    epoch: PIPELINE_EPOCH,
    asOf: made.asOf,
    title: config.title,
    expectedSources: config.expectedSources,
    annotations: config.annotations,
    ...(config.exposure !== undefined && {
      exposure: await readExposure(config.exposure.file, config.exposure.unit),
    }),
    streamsUnread: !(await areStreamsRead(home, period)),
  };
  return await warehouse.snapshot(async (connection) => {
    const effects = warehouseEffects(connection);
    const report =
      period.job === "weekly"
        ? await buildWeekly(effects, input)
        : await buildMonthly(effects, input);
    if (config.theme === undefined) return canonicalJson(report);
    const source = readThemeFile(config.theme);
    const theme = await buildTheme(connection, source, { period, taxonomy: taxonomy.name });
    return canonicalJson({ ...report, theme });
  });
}

/** How long after a period's end its streams must be read: the clocks of those who write them differ. */
const GRACE_MS = 15 * 60_000;

/** The embedded streams are read by this process, before anything else. */
async function areStreamsRead({ kafka, clock }: Home, period: Period): Promise<boolean> {
  if (kafka === undefined) return true;
  const instant = new Date(jstInstant(period.until, 0).getTime() + GRACE_MS);
  return instant <= clock() && (await kafka.hasReadPast(instant));
}
