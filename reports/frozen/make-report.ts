import { v5 } from "uuid";
import { z } from "zod";
import { findTaxonomy } from "../../models/load-classifier.ts";
import { act } from "../../pipeline/act.ts";
import { PIPELINE_EPOCH } from "../../pipeline/epoch.ts";
import { InputError } from "../../pipeline/errors.ts";
import type { Home } from "../../pipeline/home.ts";
import { readExposure } from "../../pipeline/intake/read-exposure.ts";
import { linkMaster } from "../../pipeline/master/link-master.ts";
import { nameExposure } from "../../pipeline/master/name-exposure.ts";
import { jstDate, jstInstant, type ReportPeriod } from "../../pipeline/period.ts";
import type { ReportMade } from "../../pipeline/schema/action.ts";
import { query } from "../../pipeline/warehouse/query.ts";
import { buildDaily } from "../daily/build.ts";
import { dailyEffects } from "../daily/daily-effects.ts";
import { askDeliveries, recipientsOf, timetableRecipients } from "../deliver/ask-deliveries.ts";
import { figureOf } from "../figure.ts";
import type { Form } from "../formats/form.ts";
import { lineOf, lineOfProduct } from "../line/line-cut.ts";
import { lineEffects } from "../line/line-effects.ts";
import { buildMonthly } from "../monthly/build.ts";
import { warehouseEffects } from "../read-warehouse.ts";
import { buildTheme } from "../theme/build-theme.ts";
import { readThemeFile } from "../theme/theme-file.ts";
import { buildWeekly } from "../weekly/build.ts";
import {
  type FrozenReport,
  readKnownValue,
  readValue,
  removeForms,
  USUAL_FORMS,
  type Value,
  withText,
  writeReport,
} from "./write-report.ts";

/** A report and where it lies. */
export type MadeReport = {
  readonly job: ReportPeriod["job"];
  readonly period: string;
  /** 0 while the period has not ended: such a report is not frozen. */
  readonly revision: number;
  /** True where an earlier command had made it. */
  readonly wasFrozen: boolean;
  /** Absolute paths: of the report, its sidecar of voices, its value, or the forms that were asked for. */
  readonly files: readonly string[];
};

/**
 * Gives the frozen report of a period, or makes and freezes it. The value is journalled before a file is written, so a
 * kill in between leaves either no report or one that renders to the same bytes.
 */
export function makeReport(
  home: Home,
  period: ReportPeriod,
  options: ReportOptions,
): Promise<MadeReport> {
  return home.reportInTurn(() => makeInTurn(home, period, options));
}

export type ReportOptions = {
  readonly again: boolean;
  /** The timetable goes on from the last report that it asked for itself. */
  readonly askedBy: "timetable" | "person";
  /** Which files are written beside the value; HTML where left out. */
  readonly forms?: readonly Form[] | undefined;
  /** Whether a person wants it sent to its recipients. */
  readonly deliver?: boolean;
};

/** A person says so; the timetable sends what it made, and what a person had made before its time. */
function toSendTo(
  home: Home,
  period: ReportPeriod,
  { askedBy, deliver, report }: ReportOptions & Pick<Value, "report">,
): string[] {
  if (askedBy === "timetable") {
    const isSkipped = home.config.deliver?.skipEmptyDaily === true && isEmptyDaily(report);
    return isSkipped ? [] : timetableRecipients(home, period);
  }
  return deliver === true ? recipientsOf(home, period) : [];
}

function isEmptyDaily(report: FrozenReport): boolean {
  return report.job === "daily" && figureOf(report.figures, "all").value === 0;
}

async function makeInTurn(
  home: Home,
  period: ReportPeriod,
  options: ReportOptions,
): Promise<MadeReport> {
  const { forms = USUAL_FORMS } = options;
  const frozen = await newestReport(home, period);
  if (frozen !== undefined && !options.again) {
    const report = readKnownValue(period, frozen.value);
    const recipients = toSendTo(home, period, { ...options, report });
    await askDeliveries(home, period, { revision: frozen.revision, recipients, again: false });
    const files = await writeReport(home, period, { report, value: frozen.value }, { forms });
    return { ...named(period), revision: frozen.revision, wasFrozen: true, files };
  }
  const today = jstDate(home.clock());
  if (period.from > today) {
    throw new InputError(`${period.name} はまだ始まっていません（${period.from} から）。`);
  }
  await refuseBeforeAllVoices(home, period);
  const hasEnded = today >= period.until;
  const revision = hasEnded ? (frozen?.revision ?? 0) + 1 : 0;
  const made = await build(home, period, { asOf: today, revision, frozen: frozen?.value });
  if (!hasEnded) {
    removeForms(home, period);
    const files = await writeReport(home, period, made, { forms });
    return { ...named(period), revision, wasFrozen: false, files };
  }
  const recipients = toSendTo(home, period, { ...options, report: made.report });
  const action: ReportMade = {
    type: "report-made",
    actionId: v5(JSON.stringify([period.job, period.name, revision]), REPORT_NAMESPACE),
    at: home.clock().toISOString(),
    ...named(period),
    revision,
    askedBy: options.askedBy,
    value: made.value,
    ...(recipients.length > 0 && { recipients }),
  };
  const acted = act(home, action).then(() => removeForms(home, period));
  const files = await writeReport(home, period, made, { forms, frozen: acted });
  return { ...named(period), revision, wasFrozen: false, files };
}

/** The namespace of frozen reports: the same revision made twice is one action. */
const REPORT_NAMESPACE = "d1a4f0c8-5b7e-4c39-9a62-7e8f3b0c6d15";

/** A slip in the year would be frozen for ever. */
async function refuseBeforeAllVoices(home: Home, period: ReportPeriod): Promise<void> {
  const Row = z.strictObject({ received_on: z.string().nullable() });
  const params = { until: period.until };
  const file = "questions/newest_voice.sql";
  const [row] = await query(home.warehouse.reader, file, params, Row);
  if (row !== undefined && row.received_on !== null) return;
  throw new InputError(
    `${period.name} までに届いた声がありません（期間の終わり ${period.until}）。kizuki status で、声のある期間を確かめてください。`,
  );
}

function named(period: ReportPeriod): { job: ReportPeriod["job"]; period: string } {
  return { job: period.job, period: period.name };
}

/** @returns the newest frozen revision; undefined where none was made */
export async function newestReport(home: Home, period: ReportPeriod) {
  const Row = z.strictObject({ revision: z.number().int(), value: z.string() });
  const params = { job: period.job, period: period.name };
  const rows = await query(home.warehouse.reader, "questions/newest_report.sql", params, Row);
  return rows[0];
}

async function build(
  home: Home,
  period: ReportPeriod,
  made: { asOf: string; revision: number; frozen: string | undefined },
): Promise<Value> {
  const { config, warehouse } = home;
  const [main] = config.taxonomies;
  const taxonomy = findTaxonomy(main ?? "");
  const { master } = await linkMaster(home);
  const before = readValue(period, made.frozen);
  const common = {
    revision: made.revision,
    taxonomy: taxonomy.name,
    taxonomyVersion: taxonomy.version,
    epoch: PIPELINE_EPOCH,
    asOf: made.asOf,
    title: config.title,
    expectedSources: config.expectedSources,
  };
  const themeSource = config.theme === undefined ? undefined : readThemeFile(config.theme);
  if (period.job === "daily") {
    const countedBefore = before === undefined ? null : figureOf(before.figures, "all").value;
    const report = await warehouse.snapshot((connection) =>
      buildDaily(dailyEffects(connection), { ...common, period, countedBefore }),
    );
    // A page of a minute has no room for a company's own sections.
    const theme = themeSource && { theme: { ...themeSource.theme, sections: [] } };
    return withText({ ...report, ...theme });
  }
  const line = lineOf(config.lines, period.line);
  const input = {
    ...common,
    period,
    ...(before !== undefined && before.job !== "daily" && { previousRevision: before }),
    annotations: config.annotations.filter(
      ({ product }) =>
        line === undefined ||
        product === null ||
        lineOfProduct(config.lines, product) === line.name,
    ),
    ...(config.exposure !== undefined && {
      exposure: nameExposure(
        await readExposure(config.exposure.file, config.exposure.unit),
        master,
      ),
    }),
    streamsUnread: !(await areStreamsRead(home, period)),
  };
  return await warehouse.snapshot(async (connection) => {
    const ofLine =
      line === undefined
        ? undefined
        : await lineEffects(connection, config.lines, { line, period });
    const effects = ofLine?.effects ?? warehouseEffects(connection);
    const cut = line && ofLine && { line: { ...line, nameless: ofLine.nameless } };
    const report =
      period.job === "weekly"
        ? await buildWeekly(effects, { ...input, ...(ofLine && { arrived: ofLine.arrived }) })
        : await buildMonthly(effects, input);
    const theme =
      themeSource &&
      (await buildTheme(connection, themeSource, { period, taxonomy: taxonomy.name }));
    return withText({ ...report, ...cut, ...(theme && { theme }) });
  });
}

/** How long after a period's end its streams must be read: the clocks of those who write them differ. */
const GRACE_MS = 15 * 60_000;

/** The embedded streams are read by this process, before anything else. */
async function areStreamsRead({ kafka, clock }: Home, period: ReportPeriod): Promise<boolean> {
  if (kafka === undefined) return true;
  const instant = new Date(jstInstant(period.until, 0).getTime() + GRACE_MS);
  return instant <= clock() && (await kafka.hasReadPast(instant));
}
