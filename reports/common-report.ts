import { z } from "zod";
import { AwarenessNotes } from "./awareness-notes.ts";
import { BodilyHarm } from "./bodily-harm.ts";
import { Completeness } from "./completeness.ts";
import { Decision } from "./decisions.ts";
import { Figures } from "./figure.ts";
import { Correction } from "./frozen/correction.ts";
import { Questions } from "./frozen/pasteable-sql.ts";
import { reportHead } from "./frozen/report-head.ts";
import { KeyFigure } from "./key-figures.ts";
import { LineCut } from "./line/line-cut.ts";
import { TrendAnnotation } from "./past/annotations.ts";
import { ExposureRates } from "./past/exposure-rates.ts";
import { PastSpans } from "./past/past.ts";
import { TrendPoint } from "./past/trend.ts";
import { ProductCount } from "./product-counts.ts";
import { SourceChange } from "./source-change.ts";
import { Theme } from "./theme/theme.ts";
import { TopicLine } from "./topic-table.ts";
import { Quote } from "./voices/choose-quotes.ts";
import { Voices } from "./voices/voice.ts";

/** What the values of the weekly and the monthly report have in common. */
export const commonReport = {
  ...reportHead,
  /** Absent where the config names none, and in values from before there were themes. */
  theme: Theme.optional(),
  /** Absent in the report of all voices. */
  line: LineCut.optional(),
  /** null in a first revision, and where the one before cannot be read. */
  correction: Correction.nullable(),
  keyFigures: z.array(KeyFigure),
  topics: z.array(TopicLine),
  /** Of every topic of the taxonomy, by id: a voice may have one that this table has not. Empty in older values. */
  topicLabels: z.record(z.string(), z.string()).default({}),
  /** null where no voice tells of any, and in older values. Before there was `suspectedHarm`, those too. */
  harm: BodilyHarm.nullable().default(null),
  /** The figure of voices of which a machine is not sure enough; null without any. They lift and head nothing. */
  suspectedHarm: z.string().nullable().default(null),
  /** Grave topics of which no voice is sure enough: they head nothing. Empty in older values. */
  doubtedTopics: z.array(z.string()).default([]),
  trend: z.array(TrendPoint),
  /** What happened while the trend runs. Empty in older values. */
  annotations: z.array(TrendAnnotation).default([]),
  /** null where no sales or visitors are given. */
  exposure: ExposureRates.nullable().default(null),
  /** null in a value of format 2. */
  pastSpans: PastSpans.nullable().default(null),
  praise: z.array(Quote),
  awareness: AwarenessNotes,
  /** What was decided of late, and what came of it. Empty in older values. */
  decisions: z.array(Decision).default([]),
  /** Ids of all 気づき above: the next report leaves them out of its 追加. */
  awarenessShown: z.array(z.string()),
  completeness: Completeness,
  /** null where both periods have the same sources, and in older values. */
  sourceChange: SourceChange.nullable().default(null),
  /** The same against the periods of the usual level; left out where they have the same, and in older values. */
  usualSourceChange: SourceChange.optional(),
  /** null in values of format 2 and 3. */
  products: z.array(ProductCount).nullable().default(null),
  figures: Figures,
  questions: Questions,
  /** Every voice that is quoted or listed, by id. */
  voices: Voices,
  unlisted: z.string().default(""),
};
const CommonReport = z.object(commonReport);
export type CommonReport = z.infer<typeof CommonReport>;

/** What a period and the one before it are called in running text. */
export type SpanWords = { readonly this: string; readonly previous: string };
export const WEEK_WORDS: SpanWords = { this: "今週", previous: "前週" };
export const MONTH_WORDS: SpanWords = { this: "今月", previous: "前月" };

export function spanWordsOf({ period }: Pick<CommonReport, "period">): SpanWords {
  return period.job === "weekly" ? WEEK_WORDS : MONTH_WORDS;
}
