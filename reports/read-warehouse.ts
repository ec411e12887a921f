import { z } from "zod";
import type { Period } from "../pipeline/period.ts";
import { type Connection, query, sqlText } from "../pipeline/warehouse/query.ts";
import { SURE_HARM } from "./bodily-harm.ts";
import { VoicesChanged } from "./frozen/reasons-of-change.ts";
import { reportedAwarenessIds } from "./frozen/reported-awareness.ts";
import { TagChanges } from "./frozen/tag-changes.ts";
import { NEWEST_NAMED } from "./product-counts.ts";
import type { Answer, ReportEffects, TwoPeriods } from "./report-effects.ts";
import {
  AwarenessRow,
  CoverageRow,
  DayRow,
  DeadLetterRow,
  DecisionRow,
  HarmRow,
  MeasureOverTimeRow,
  MeasureRow,
  OriginRow,
  ProductRow,
  QuotableSegmentRow,
  QuotableVoiceRow,
  QuoteVectorsRow,
  RepeatRow,
  RisingTermRow,
  SegmentRow,
  SignalCellRow,
  SignalWeekRow,
  SubjectRow,
  TermCountRow,
  TopicAwarenessRow,
  TopicOverTimeRow,
  TopicRow,
  TopicSentimentRow,
  VoiceRow,
} from "./report-rows.ts";
import { SourceRow } from "./source-change.ts";
import { voicesOf } from "./voices/voice.ts";

/** All weeks are asked for: a JSON list of none. */
export const NOTHING_KNOWN = "[]";

/** The effects of the report builders on a real warehouse. Reads only. */
export function warehouseEffects(connection: Connection): ReportEffects {
  async function ask<Row extends z.ZodType>(
    question: string,
    params: Readonly<Record<string, string>>,
    row: Row,
  ): Promise<Answer<Row>> {
    const sql = `questions/${question}.sql`;
    return { sql, params, rows: await query(connection, sql, params, row) };
  }

  /**
   * Where the answer is one text of JSON: thousands of rows that the driver would build value by value.
   */
  async function askList<Row extends z.ZodType>(
    question: string,
    params: Readonly<Record<string, string>>,
    row: Row,
  ): Promise<Answer<Row>> {
    const { rows, ...asked } = await ask(question, params, z.strictObject({ answer: z.string() }));
    const list: unknown = JSON.parse(rows[0]?.answer ?? "[]");
    checkListOf(row, list);
    return { ...asked, rows: list };
  }

  const readVoices: ReportEffects["readVoices"] = (ids, { from, until }) =>
    askList("voices_by_id", { ids: JSON.stringify(ids), from, until }, VoiceRow);
  const readSegments: ReportEffects["readSegments"] = (ids, { from, until }, taxonomy) =>
    askList("segments_by_voice", { ids: JSON.stringify(ids), from, until, taxonomy }, SegmentRow);

  return {
    readSql: sqlText,
    readVoices,
    readSegments,
    async readWords(ids, span, taxonomy) {
      const [voices, segments] = await Promise.all([
        readVoices(ids, span),
        readSegments(ids, span, taxonomy),
      ]);
      return voicesOf(voices.rows, segments.rows);
    },
    readQuotableSegments: ({ from, until }, taxonomy) =>
      askList("quotable_segments", { from, until, taxonomy }, QuotableSegmentRow),
    readQuotableVoices: ({ from, until }) =>
      askList("quotable_voices", { from, until }, QuotableVoiceRow),
    readProducts: (periods) => {
      const params = { ...spansOf(periods), newest: String(NEWEST_NAMED) };
      return ask("voices_by_product", params, ProductRow);
    },
    readMeasures: (periods, taxonomy) =>
      ask("voices_by_measure", { ...spansOf(periods), taxonomy }, MeasureRow),
    readTopicSentiment: (periods, taxonomy) =>
      ask("voices_by_topic_and_sentiment", { ...spansOf(periods), taxonomy }, TopicSentimentRow),
    readMeasuresOverTime: ({ from, until }, unit) =>
      ask("measures_over_time", { from, until, unit }, MeasureOverTimeRow),
    readTopicsOverTime: ({ from, until }, unit, taxonomy) =>
      ask("topics_over_time", { from, until, unit, taxonomy }, TopicOverTimeRow),
    readVoicesByDay: ({ from, until }) => ask("voices_by_day", { from, until }, DayRow),
    readRisingTerms: ({ baselineFrom, from, until, minimum, critical }) =>
      ask(
        "rising_terms",
        {
          baseline_from: baselineFrom,
          from,
          until,
          minimum: String(minimum),
          critical: String(critical),
        },
        RisingTermRow,
      ),
    readTermCounts: (terms, { from, until }) =>
      ask("terms_in_voices", { terms: JSON.stringify(terms), from, until }, TermCountRow),
    readSignalCells: (
      { referenceFrom, referenceUntil, previousFrom, from, until, taxonomy },
      before = NOTHING_KNOWN,
    ) =>
      ask(
        "signal_cells",
        {
          reference_from: referenceFrom,
          reference_until: referenceUntil,
          previous_from: previousFrom,
          from,
          until,
          taxonomy,
          before,
        },
        SignalCellRow,
      ),
    readSignalWeeks: ({ from, until }, taxonomy) =>
      ask("signal_weeks", { from, until, taxonomy }, SignalWeekRow),
    readRepeatCustomers: ({ since, from, until }, taxonomy) =>
      ask("repeat_customers", { since, from, until, taxonomy }, RepeatRow),
    readBodilyHarm: ({ from, until }, taxonomy) =>
      ask("bodily_harm", { from, until, taxonomy, sure: String(SURE_HARM) }, HarmRow),
    readTopicAwareness: (from, taxonomy) =>
      ask("awareness_by_topic", { from, taxonomy }, TopicAwarenessRow),
    readDecisions: (until, taxonomy) => ask("decisions", { until, taxonomy }, DecisionRow),
    readNegativeBySubject: (periods, kind) =>
      ask("negative_by_subject", { ...spansOf(periods), kind }, SubjectRow),
    readQuoteVectors: ({ from, until }) => ask("quote_vectors", { from, until }, QuoteVectorsRow),
    readOrigins: ({ from, until }) => ask("voices_by_origin", { from, until }, OriginRow),
    readSources: (periods) => {
      const spans = periods.map(({ from, until }) => ({ from, until }));
      return ask("sources_of_periods", { periods: JSON.stringify(spans) }, SourceRow);
    },
    readDeadLetters: ({ from, until }, limit) =>
      ask("dead_letters_of_period", { from, until, limit: String(limit) }, DeadLetterRow),
    readTopics: (taxonomy) => ask("topics_of_taxonomy", { taxonomy }, TopicRow),
    readCoverage: () => ask("coverage", {}, CoverageRow),
    readTagChanges: (period, revision) =>
      ask("tags_said_since", sinceParams(period, revision), TagChanges),
    readVoicesChanged: (period, revision) =>
      ask("voices_changed_since", sinceParams(period, revision), VoicesChanged),
    readAwareness: (until) => ask("awareness_until", { until }, AwarenessRow),
    readReportedAwarenessIds: (job, period) =>
      reportedAwarenessIds(connection, { job, period }, []),
  };
}

/**
 * DuckDB gives a column one type, so that the first row is checked for all: a report reads tens of thousands.
 *
 * @throws ZodError where it is no list, or the first is no such row
 */
function checkListOf<Row extends z.ZodType>(
  row: Row,
  list: unknown,
): asserts list is z.infer<Row>[] {
  z.array(row).parse(Array.isArray(list) ? list.slice(0, 1) : list);
}

function sinceParams({ job, name, from, until }: Period, revision: number) {
  return { job, period: name, revision: String(revision), from, until };
}

function spansOf({ previousFrom, from, until }: TwoPeriods): Record<string, string> {
  return { previous_from: previousFrom, from, until };
}
