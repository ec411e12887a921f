import type { z } from "zod";
import type { Period } from "../pipeline/period.ts";
import type { VoicesChanged } from "./frozen/reasons-of-change.ts";
import type { TagChanges } from "./frozen/tag-changes.ts";
import type {
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
  SignalSpans,
  SignalWeekRow,
  SubjectRow,
  TermCountRow,
  TermSpans,
  TopicAwarenessRow,
  TopicOverTimeRow,
  TopicRow,
  TopicSentimentRow,
  VoiceRow,
} from "./report-rows.ts";
import type { SourceRow } from "./source-change.ts";
import type { Voices } from "./voices/voice.ts";

/** The period and the one before it: [previousFrom, from) and [from, until), JST calendar dates. */
export type TwoPeriods = {
  readonly previousFrom: string;
  readonly from: string;
  readonly until: string;
};

/** JST calendar dates, half-open. */
export type Span = { readonly from: string; readonly until: string };
type Unit = "week" | "month";

/** Rows together with what asked for them, so that a figure can say how it was counted. */
export type Answer<Row extends z.ZodType> = {
  /** File under `sql/`. */
  readonly sql: string;
  readonly params: Readonly<Record<string, string>>;
  readonly rows: readonly z.infer<Row>[];
};

/** Everything that the builders read. They write nothing. */
export interface ReportEffects {
  /** The text of a file under `sql/`, as it runs. */
  readSql(file: string): string;
  /** Those of a span that may be quoted. */
  readQuotableSegments(span: Span, taxonomy: string): Promise<Answer<typeof QuotableSegmentRow>>;
  readQuotableVoices(span: Span): Promise<Answer<typeof QuotableVoiceRow>>;
  /** Voices of a span by their ids, with all segments of theirs. */
  readWords(ids: readonly string[], span: Span, taxonomy: string): Promise<Voices>;
  readVoices(ids: readonly string[], span: Span): Promise<Answer<typeof VoiceRow>>;
  readSegments(
    ids: readonly string[],
    span: Span,
    taxonomy: string,
  ): Promise<Answer<typeof SegmentRow>>;
  readProducts(periods: TwoPeriods): Promise<Answer<typeof ProductRow>>;
  readMeasures(periods: TwoPeriods, taxonomy: string): Promise<Answer<typeof MeasureRow>>;
  readTopicSentiment(
    periods: TwoPeriods,
    taxonomy: string,
  ): Promise<Answer<typeof TopicSentimentRow>>;
  readMeasuresOverTime(span: Span, unit: Unit): Promise<Answer<typeof MeasureOverTimeRow>>;
  readTopicsOverTime(
    span: Span,
    unit: Unit,
    taxonomy: string,
  ): Promise<Answer<typeof TopicOverTimeRow>>;
  readVoicesByDay(span: Span): Promise<Answer<typeof DayRow>>;
  readRisingTerms(spans: TermSpans): Promise<Answer<typeof RisingTermRow>>;
  /** How many voices of a span hold each of these terms. */
  readTermCounts(terms: readonly string[], span: Span): Promise<Answer<typeof TermCountRow>>;
  /** `before`: JSON list of what is known of weeks of the reference, so that the spans need not hold them. */
  readSignalCells(spans: SignalSpans, before?: string): Promise<Answer<typeof SignalCellRow>>;
  readSignalWeeks(span: Span, taxonomy: string): Promise<Answer<typeof SignalWeekRow>>;
  /** Customers who spoke ill of a topic in the period, and had done so before from `since` on. */
  readRepeatCustomers(
    span: Span & { readonly since: string },
    taxonomy: string,
  ): Promise<Answer<typeof RepeatRow>>;
  /** Voices that tell of bodily harm, by topic and all. */
  readBodilyHarm(span: Span, taxonomy: string): Promise<Answer<typeof HarmRow>>;
  /** For each topic the newest 気づき on a voice received before `from`. */
  readTopicAwareness(from: string, taxonomy: string): Promise<Answer<typeof TopicAwarenessRow>>;
  /** What was decided and said of it before `until`, newest decision first. */
  readDecisions(until: string, taxonomy: string): Promise<Answer<typeof DecisionRow>>;
  readNegativeBySubject(
    periods: TwoPeriods,
    kind: "product" | "place",
  ): Promise<Answer<typeof SubjectRow>>;
  readQuoteVectors(span: Span): Promise<Answer<typeof QuoteVectorsRow>>;
  readOrigins(span: Span): Promise<Answer<typeof OriginRow>>;
  readSources(periods: readonly Span[]): Promise<Answer<typeof SourceRow>>;
  readDeadLetters(period: Period, limit: number): Promise<Answer<typeof DeadLetterRow>>;
  readTopics(taxonomy: string): Promise<Answer<typeof TopicRow>>;
  readCoverage(): Promise<Answer<typeof CoverageRow>>;
  /** What people said of the period's tags since this revision of its report was made. */
  readTagChanges(period: Period, revision: number): Promise<Answer<typeof TagChanges>>;
  /** Voices of the period of which that, or their words, may have moved a number since. */
  readVoicesChanged(period: Period, revision: number): Promise<Answer<typeof VoicesChanged>>;
  /** 気づき on voices received before `until`, newest voice first. */
  readAwareness(until: string): Promise<Answer<typeof AwarenessRow>>;
  /** Ids of the 気づき that the frozen reports of earlier periods of a job have shown. */
  readReportedAwarenessIds(
    job: Period["job"],
    beforePeriodName: string,
  ): Promise<readonly string[]>;
}
