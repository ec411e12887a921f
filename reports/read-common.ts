import { previousPeriod } from "../pipeline/period.ts";
import { arrivalsOf } from "./arrivals.ts";
import { readAwarenessNotes, shownAwarenessIds } from "./awareness-notes.ts";
import { bodilyHarm, type Harm } from "./bodily-harm.ts";
import type { CommonReport, SpanWords } from "./common-report.ts";
import { completenessOf, readUnread } from "./completeness.ts";
import { type Decisions, readDecisions } from "./decisions.ts";
import type { Figures } from "./figure.ts";
import { type ChangesSince, correctionOf, type RevisedReport } from "./frozen/correction.ts";
import { coverageOf } from "./frozen/coverage.ts";
import { headOf, type ReportHead, type ReportInput } from "./frozen/report-head.ts";
import { doubtedTopics } from "./grave-topics.ts";
import { keyFigures } from "./key-figures.ts";
import { annotationsIn } from "./past/annotations.ts";
import { readExposureRates } from "./past/exposure-rates.ts";
import { readHistory } from "./past/history.ts";
import { type Past, unknownBefore } from "./past/past.ts";
import { readPast } from "./past/read-past.ts";
import { trendOf } from "./past/trend.ts";
import { productOf } from "./product-counts.ts";
import type { ReportEffects } from "./report-effects.ts";
import type { TopicRow } from "./report-rows.ts";
import { sourceChangeOf } from "./source-change.ts";
import { fullLabel, topicTable } from "./topic-table.ts";
import { type Quotable, readQuotable } from "./voices/quotable.ts";

/** What the weekly and the monthly report have in common. */
export type Common = Quotable & {
  /** What stands in the value of both. Its figures grow while the rest of the report is read. */
  readonly value: ReportHead &
    Pick<
      CommonReport,
      | "correction"
      | "keyFigures"
      | "topics"
      | "topicLabels"
      | "harm"
      | "suspectedHarm"
      | "doubtedTopics"
      | "exposure"
      | "trend"
      | "annotations"
      | "pastSpans"
      | "awareness"
      | "decisions"
      | "awarenessShown"
      | "completeness"
      | "sourceChange"
      | "usualSourceChange"
      | "products"
      | "figures"
      | "voices"
    >;
  readonly past: Past;
  /** Of all topics of the taxonomy, spoken of or not. */
  readonly topicRows: readonly TopicRow[];
  readonly harmByTopic: Harm["harmByTopic"];
  readonly harmQuotes: Harm["harmQuotes"];
  readonly decidedByTopic: Decisions["byTopic"];
};

export async function readCommon(
  effects: ReportEffects,
  input: ReportInput,
  { spanWords, trendPeriods }: { readonly spanWords: SpanWords; readonly trendPeriods: number },
): Promise<Common> {
  const { period, asOf, taxonomy, earlier } = input;
  const previous = previousPeriod(period);
  const periods = { previousFrom: previous.from, from: period.from, until: period.until };
  // All at once: while the driver's rows of one answer become objects, DuckDB works on the next.
  const [
    quotable,
    history,
    measures,
    topicAnswer,
    sentiments,
    coverage,
    origins,
    previousOrigins,
    products,
    harmAnswer,
    decided,
    { notes, olderVoices },
    days,
    unread,
    changes,
  ] = await Promise.all([
    readQuotable(effects, period, taxonomy),
    readHistory(effects, input),
    effects.readMeasures(periods, taxonomy),
    effects.readTopics(taxonomy),
    effects.readTopicSentiment(periods, taxonomy),
    effects.readCoverage(),
    effects.readOrigins(period),
    effects.readOrigins(previous),
    effects.readProducts(periods),
    effects.readBodilyHarm(period, taxonomy),
    readDecisions(effects, { period, previous, taxonomy }),
    readAwarenessNotes(effects, input),
    effects.readVoicesByDay(period),
    readUnread(effects, period),
    Promise.all(earlier.map((each) => readChanges(effects, period, each))),
  ]);
  const topicRows = topicAnswer.rows;
  const figures: Figures = {};
  const arrived = input.arrived ?? new Set(origins.rows.map(({ source }) => source));
  const arrivals = arrivalsOf(input.expectedSources, arrived);
  const { past, usualSourceChange } = await readPast(effects, history, {
    now: origins.rows,
    arrived,
  });
  const trend = trendOf(past.history, trendPeriods);
  const keyLines = keyFigures(figures, { answer: measures, past, spanWords });
  const topics = topicTable(figures, {
    answer: sentiments,
    topics: topicRows,
    past,
    spanWords,
  });
  const topicLabels = Object.fromEntries(topicRows.map((row) => [row.topic, fullLabel(row)]));
  const { harmByTopic, harmQuotes, ...harm } = bodilyHarm(figures, {
    answer: harmAnswer,
    spanWords,
    topicLabels,
  });
  const exposure = await readExposureRates(effects, figures, {
    exposure: input.exposure,
    periods,
    unknownBefore: unknownBefore(history),
    spanWords,
  });
  const completeness = completenessOf(figures, { period, asOf, origins, arrivals, days, unread });
  const head = headOf(input, previous, coverageOf(coverage.rows), arrivals);
  const said = {
    ...{ ...head, keyFigures: keyLines, completeness },
    ...{ topics, figures, unlisted: "", awareness: notes },
  };
  return {
    value: {
      ...head,
      correction: correctionOf(earlier, said, changes),
      keyFigures: keyLines,
      topics,
      topicLabels,
      ...harm,
      doubtedTopics: doubtedTopics({ topics, figures, harmByTopic, ...quotable }),
      exposure,
      trend,
      annotations: annotationsIn(input.annotations ?? [], trend, period.until),
      pastSpans: past.spans,
      awareness: notes,
      decisions: decided.recent,
      awarenessShown: shownAwarenessIds(notes),
      completeness,
      sourceChange: sourceChangeOf(previousOrigins.rows, origins.rows, arrived),
      ...(usualSourceChange !== undefined && { usualSourceChange }),
      products: products.rows.map(productOf),
      figures,
      voices: { ...decided.voices, ...olderVoices },
    },
    ...quotable,
    past,
    topicRows,
    harmByTopic,
    harmQuotes,
    decidedByTopic: decided.byTopic,
  };
}

async function readChanges(
  effects: ReportEffects,
  period: ReportInput["period"],
  { revision }: RevisedReport,
): Promise<ChangesSince> {
  const [tags, voices] = await Promise.all([
    effects.readTagChanges(period, revision),
    effects.readVoicesChanged(period, revision),
  ]);
  return { tags: tags.rows[0], voices: voices.rows[0] };
}
