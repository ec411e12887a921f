import { previousPeriod } from "../pipeline/period.ts";
import { annotationsIn } from "./annotations.ts";
import { arrivalsOf } from "./arrivals.ts";
import { readAwarenessNotes, shownAwarenessIds } from "./awareness-notes.ts";
import { type Harm, readBodilyHarm } from "./bodily-harm.ts";
import type { CommonReport, SpanWords } from "./common-report.ts";
import { readCompleteness } from "./completeness.ts";
import { correctionOf } from "./correction.ts";
import { coverageOf } from "./coverage.ts";
import { type Decisions, readDecisions } from "./decisions.ts";
import { readExposureRates } from "./exposure-rates.ts";
import type { Figures } from "./figure.ts";
import { readHistory } from "./history.ts";
import { keyFigures } from "./key-figures.ts";
import { type Past, pastOf } from "./past.ts";
import { productOf } from "./product-counts.ts";
import { type QuotePlaces, quotePlaces } from "./quote-places.ts";
import type { ReportEffects } from "./report-effects.ts";
import { headOf, type ReportHead, type ReportInput } from "./report-head.ts";
import type { SegmentRow } from "./report-rows.ts";
import { fullLabel, topicTable } from "./topic-table.ts";
import { isFirstSpoken, trendOf } from "./trend.ts";
import { type Voices, voicesOf } from "./voice.ts";

/** What the weekly and the monthly report have in common. */
export type Common = {
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
      | "exposure"
      | "trend"
      | "annotations"
      | "pastSpans"
      | "awareness"
      | "decisions"
      | "awarenessShown"
      | "completeness"
      | "products"
      | "figures"
      | "voices"
    >;
  /** Of the period, those that may be quoted. */
  readonly voices: Voices;
  /** Of these, those that may be. */
  readonly segments: readonly SegmentRow[];
  /** Of the segments that may be quoted. */
  readonly places: QuotePlaces;
  readonly past: Past;
  readonly harmByTopic: Harm["harmByTopic"];
  readonly decidedByTopic: Decisions["byTopic"];
};

export async function readCommon(
  effects: ReportEffects,
  input: ReportInput,
  { spanWords, trendPeriods }: { readonly spanWords: SpanWords; readonly trendPeriods: number },
): Promise<Common> {
  const { period, asOf, taxonomy, previousRevision } = input;
  const previous = previousPeriod(period);
  const periods = { previousFrom: previous.from, from: period.from, until: period.until };
  // All at once: while the driver's rows of one answer become objects, DuckDB works on the next.
  const [
    voiceAnswer,
    segmentAnswer,
    history,
    measures,
    topicAnswer,
    sentiments,
    coverage,
    quotes,
    origins,
    products,
  ] = await Promise.all([
    effects.readQuotableVoices(period, taxonomy),
    effects.readQuotableSegments(period, taxonomy),
    readHistory(effects, input),
    effects.readMeasures(periods, taxonomy),
    effects.readTopics(taxonomy),
    effects.readTopicSentiment(periods, taxonomy),
    effects.readCoverage(),
    effects.readQuoteVectors(period),
    effects.readOrigins(period),
    effects.readProducts(periods),
  ]);
  const segments = segmentAnswer.rows;
  const topicRows = topicAnswer.rows;
  const figures: Figures = {};
  const arrived = input.arrived ?? new Set(origins.rows.map(({ source }) => source));
  const arrivals = arrivalsOf(input.expectedSources, arrived);
  const past = pastOf(history);
  const trend = trendOf(past.history, trendPeriods);
  const keyLines = keyFigures(figures, { answer: measures, past, spanWords });
  const topics = topicTable(figures, {
    answer: sentiments,
    topics: topicRows,
    past,
    spanWords,
  });
  const topicLabels = Object.fromEntries(topicRows.map((row) => [row.topic, fullLabel(row)]));
  const said = { taxonomy, keyFigures: keyLines, topics, figures };
  const { harmByTopic, ...harm } = await readBodilyHarm(effects, figures, {
    period,
    taxonomy,
    spanWords,
    topicLabels,
  });
  const decided = await readDecisions(effects, { period, previous, taxonomy });
  const { notes, olderVoices } = await readAwarenessNotes(effects, period);
  return {
    value: {
      ...headOf(input, previous, coverageOf(coverage.rows), arrivals),
      correction: previousRevision === undefined ? null : correctionOf(previousRevision, said),
      keyFigures: keyLines,
      topics,
      topicLabels,
      ...harm,
      exposure: await readExposureRates(effects, figures, {
        exposure: input.exposure,
        periods,
        isFirst: isFirstSpoken(history),
        spanWords,
      }),
      trend,
      annotations: annotationsIn(input.annotations ?? [], trend, period.until),
      pastSpans: past.spans,
      awareness: notes,
      decisions: decided.recent,
      awarenessShown: shownAwarenessIds(notes),
      completeness: await readCompleteness(effects, figures, { period, asOf, origins, arrivals }),
      products: products.rows.map(productOf),
      figures,
      voices: { ...decided.voices, ...olderVoices },
    },
    voices: voicesOf(voiceAnswer.rows, []),
    segments,
    places: quotePlaces(quotes.rows),
    past,
    harmByTopic,
    decidedByTopic: decided.byTopic,
  };
}
