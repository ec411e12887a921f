import { previousPeriod } from "../pipeline/period.ts";
import { type Arrival, arrivalsOf } from "./arrivals.ts";
import type { SpanWords } from "./common-report.ts";
import { type Correction, correctionOf } from "./correction.ts";
import { coverageOf } from "./coverage.ts";
import { type ExposureRates, readExposureRates } from "./exposure-rates.ts";
import type { Figures } from "./figure.ts";
import { readHistory } from "./history.ts";
import { type KeyFigure, keyFigures } from "./key-figures.ts";
import { type Past, pastOf } from "./past.ts";
import { type QuotePlaces, quotePlaces } from "./quote-places.ts";
import type { ReportEffects } from "./report-effects.ts";
import { headOf, type ReportHead, type ReportInput } from "./report-head.ts";
import type { SegmentRow } from "./report-rows.ts";
import { fullLabel, type TopicLine, topicTable } from "./topic-table.ts";
import { type Voices, voicesOf } from "./voice.ts";

/** What the weekly and the monthly report have in common. */
export type VoicesAndTopics = {
  readonly head: ReportHead;
  /** null where no earlier revision is given. */
  readonly correction: Correction | null;
  readonly arrivals: readonly Arrival[];
  readonly figures: Figures;
  /** Of the period and of the one before. */
  readonly voices: Voices;
  /** Of the period's voices only. */
  readonly segments: readonly SegmentRow[];
  /** Of the segments that may be quoted. */
  readonly places: QuotePlaces;
  readonly keyFigures: KeyFigure[];
  readonly topics: TopicLine[];
  readonly topicLabels: Readonly<Record<string, string>>;
  readonly exposure: ExposureRates | null;
  readonly past: Past;
};

export async function readVoicesAndTopics(
  effects: ReportEffects,
  input: ReportInput,
  spanWords: SpanWords,
): Promise<VoicesAndTopics> {
  const { period, taxonomy, previousRevision } = input;
  const previous = previousPeriod(period);
  const periods = { previousFrom: previous.from, from: period.from, until: period.until };
  // All at once: while the driver's rows of one answer become objects, DuckDB works on the next.
  const [voiceAnswer, segmentAnswer, history, measures, topicAnswer, sentiments, coverage, quotes] =
    await Promise.all([
      effects.readVoices(periods),
      effects.readSegments(periods, taxonomy),
      readHistory(effects, input),
      effects.readMeasures(periods, taxonomy),
      effects.readTopics(taxonomy),
      effects.readTopicSentiment(periods, taxonomy),
      effects.readCoverage(),
      effects.readQuoteVectors(period),
    ]);
  const voiceRows = voiceAnswer.rows;
  const segments = segmentAnswer.rows;
  const topicRows = topicAnswer.rows;
  const figures: Figures = {};
  const ownRows = voiceRows.filter((row) => row.period === "this");
  const inPeriod = new Set(ownRows.map(({ voice_id }) => voice_id));
  const arrivals = arrivalsOf(input.expectedSources, new Set(ownRows.map(({ source }) => source)));
  const past = pastOf(history);
  const keyLines = keyFigures(figures, { answer: measures, past, spanWords });
  const topics = topicTable(figures, {
    answer: sentiments,
    topics: topicRows,
    past,
    spanWords,
  });
  const said = { taxonomy, keyFigures: keyLines, topics, figures };
  return {
    head: headOf(input, previous, coverageOf(coverage.rows), arrivals),
    arrivals,
    correction: previousRevision === undefined ? null : correctionOf(previousRevision, said),
    figures,
    voices: voicesOf(voiceRows, segments),
    segments: segments.filter(({ voice_id }) => inPeriod.has(voice_id)),
    places: quotePlaces(quotes.rows),
    keyFigures: keyLines,
    topics,
    topicLabels: Object.fromEntries(topicRows.map((row) => [row.topic, fullLabel(row)])),
    exposure: await readExposureRates(effects, figures, {
      exposure: input.exposure,
      periods,
      spanWords,
    }),
    past,
  };
}
