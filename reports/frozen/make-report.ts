import { v5 } from "uuid";
import { z } from "zod";
import { act } from "../../pipeline/act.ts";
import { InputError } from "../../pipeline/errors.ts";
import type { Home } from "../../pipeline/home.ts";
import { jstDate, type ReportPeriod } from "../../pipeline/period.ts";
import type { ReportMade } from "../../pipeline/schema/report-actions.ts";
import { newestVoiceOn } from "../../pipeline/warehouse/newest-voice.ts";
import { query } from "../../pipeline/warehouse/query.ts";
import { askDeliveries, recipientsOf, timetableRecipients } from "../deliver/ask-deliveries.ts";
import { figureOf } from "../figure.ts";
import type { Form } from "../formats/form.ts";
import { type AmongMany, buildReport } from "./build-report.ts";
import { COMPARED_REVISIONS } from "./correction.ts";
import type { UnfrozenReport } from "./reported-awareness.ts";
import {
  type FrozenReport,
  readKnownValue,
  readValue,
  removeForms,
  USUAL_FORMS,
  type Value,
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
  return home.reportInTurn(async () => {
    const { end } = await beginReport(home, period, options);
    return await end();
  });
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

/** A report that is built, and what freezes it and writes its files. */
export type BegunReport = {
  /** Undefined where it is not to be frozen, or was before. */
  readonly unfrozen: UnfrozenReport | undefined;
  readonly end: () => Promise<MadeReport>;
};

/** Looks a report up, or builds it. In turn: whoever changes what reports say waits for the end. */
export async function beginReport(
  home: Home,
  period: ReportPeriod,
  options: ReportOptions,
  amongMany?: AmongMany,
): Promise<BegunReport> {
  const { forms = USUAL_FORMS } = options;
  const frozen = await newestReport(home, period);
  if (frozen !== undefined && !options.again) {
    const end = () => giveFrozen(home, period, { ...options, forms, frozen });
    return { unfrozen: undefined, end };
  }
  const today = jstDate(home.clock());
  if (period.from > today) {
    throw new InputError(`${period.name} はまだ始まっていません（${period.from} から）。`);
  }
  await refuseBeforeAllVoices(home, period);
  const hasEnded = today >= period.until;
  const revision = hasEnded ? (frozen?.revision ?? 0) + 1 : 0;
  const earlier = await earlierReports(home, period, frozen);
  const made = await buildReport(home, period, { asOf: today, revision, earlier, amongMany });
  if (hasEnded) {
    const end = () => freeze(home, period, { ...options, forms, made, revision });
    return { unfrozen: unfrozenOf(made.report, period), end };
  }
  const end = async () => {
    removeForms(home, period);
    const files = await writeReport(home, period, made, { forms });
    return { ...named(period), revision, wasFrozen: false, files };
  };
  return { unfrozen: undefined, end };
}

/** A daily digest shows no 気づき. */
function unfrozenOf(report: FrozenReport, { name }: ReportPeriod): UnfrozenReport | undefined {
  if (report.job === "daily") return undefined;
  const { job, revision, awarenessShown } = report;
  return { job, period: name, revision, awarenessShown };
}

async function giveFrozen(
  home: Home,
  period: ReportPeriod,
  options: ReportOptions & {
    readonly forms: readonly Form[];
    readonly frozen: { readonly revision: number; readonly value: string };
  },
): Promise<MadeReport> {
  const { forms, frozen } = options;
  const { revision, value } = frozen;
  const report = readKnownValue(period, value);
  const recipients = toSendTo(home, period, { ...options, report });
  await askDeliveries(home, period, { revision, recipients, again: false });
  const files = await writeReport(home, period, { report, value }, { forms });
  return { ...named(period), revision, wasFrozen: true, files };
}

async function freeze(
  home: Home,
  period: ReportPeriod,
  options: ReportOptions & {
    readonly forms: readonly Form[];
    readonly made: Value;
    readonly revision: number;
  },
): Promise<MadeReport> {
  const { forms, made, revision } = options;
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
  if ((await newestVoiceOn(home.warehouse.reader, period.until)) !== undefined) return;
  throw new InputError(
    `${period.name} までに届いた声がありません（期間の終わり ${period.until}）。kizuki status で、声のある期間を確かめてください。`,
  );
}

function named(period: ReportPeriod): { job: ReportPeriod["job"]; period: string } {
  return { job: period.job, period: period.name };
}

/** @returns the revisions that the next is compared with, oldest first; none behind one that cannot be read */
async function earlierReports(
  home: Home,
  period: ReportPeriod,
  newest: { readonly revision: number; readonly value: string } | undefined,
): Promise<FrozenReport[]> {
  const Row = z.strictObject({ value: z.string() });
  const reports: FrozenReport[] = [];
  let value = newest?.value;
  while (value !== undefined) {
    const report = readValue(period, value);
    if (report === undefined) break;
    reports.unshift(report);
    if (reports.length === COMPARED_REVISIONS) break;
    const params = { ...named(period), revision: String(report.revision - 1) };
    const rows = await query(home.warehouse.reader, "questions/report_value.sql", params, Row);
    value = rows[0]?.value;
  }
  return reports;
}

/** @returns the newest frozen revision; undefined where none was made */
export async function newestReport(home: Home, period: ReportPeriod) {
  const Row = z.strictObject({ revision: z.number().int(), value: z.string() });
  const params = { job: period.job, period: period.name };
  const rows = await query(home.warehouse.reader, "questions/newest_report.sql", params, Row);
  return rows[0];
}
