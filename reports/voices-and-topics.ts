import { previousPeriod } from "../pipeline/period.ts";
import { type Arrival, arrivalsOf } from "./arrivals.ts";
import { type BodilyHarm, readBodilyHarm } from "./bodily-harm.ts";
import type { SpanWords } from "./common-report.ts";
import { type Correction, correctionOf } from "./correction.ts";
import { coverageOf } from "./coverage.ts";
import { type Decisions, readDecisions } from "./decisions.ts";
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
  /** null where no voice tells of any. */
  readonly harm: BodilyHarm | null;
  readonly harmByTopic: ReadonlyMap<string, BodilyHarm>;
  readonly exposure: ExposureRates | null;
  readonly past: Past;
  readonly decided: Decisions;
};

export async function readVoicesAndTopics(
  effects: ReportEffects,
  input: ReportInput,
  spanWords: SpanWords,
): Promise<VoicesAndTopics> {
  const { period, taxonomy, previousRevision } = input;
  const previous = previousPeriod(period);
  const periods = { previousFrom: previous.from, from: period.from, until: period.until };
  const voiceRows = (await effects.readVoices(periods)).rows;
  const segments = (await effects.readSegments(periods, taxonomy)).rows;
  const figures: Figures = {};
  const ownRows = voiceRows.filter((row) => row.period === "this");
  const inPeriod = new Set(ownRows.map(({ voice_id }) => voice_id));
  const arrivals = arrivalsOf(input.expectedSources, new Set(ownRows.map(({ source }) => source)));
  const past = pastOf(await readHistory(effects, input));
  const keyLines = keyFigures(figures, {
    answer: await effects.readMeasures(periods, taxonomy),
    past,
    spanWords,
  });
  const topicRows = (await effects.readTopics(taxonomy)).rows;
  const topics = topicTable(figures, {
    answer: await effects.readTopicSentiment(periods, taxonomy),
    topics: topicRows,
    past,
    spanWords,
  });
  const topicLabels = Object.fromEntries(topicRows.map((row) => [row.topic, fullLabel(row)]));
  const said = { taxonomy, keyFigures: keyLines, topics, figures };
  return {
    head: headOf(input, previous, coverageOf((await effects.readCoverage()).rows), arrivals),
    arrivals,
    correction: previousRevision === undefined ? null : correctionOf(previousRevision, said),
    figures,
    voices: voicesOf(voiceRows, segments),
    segments: segments.filter(({ voice_id }) => inPeriod.has(voice_id)),
    places: quotePlaces((await effects.readQuoteVectors(period)).rows),
    keyFigures: keyLines,
    topics,
    topicLabels,
    ...(await readBodilyHarm(effects, figures, { period, taxonomy, spanWords, topicLabels })),
    exposure: await readExposureRates(effects, figures, {
      exposure: input.exposure,
      periods,
      spanWords,
    }),
    past,
    decided: await readDecisions(effects, { period, previous, taxonomy }),
  };
}
