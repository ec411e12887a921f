import { annotationsIn } from "../annotations.ts";
import { readAwarenessNotes, shownAwarenessIds } from "../awareness-notes.ts";
import { chooseQuotes } from "../choose-quotes.ts";
import { MONTH_WORDS } from "../common-report.ts";
import { readCompleteness } from "../completeness.ts";
import { headlines } from "../headlines.ts";
import { questionsBehind } from "../pasteable-sql.ts";
import { praiseCandidates } from "../quote-candidates.ts";
import type { ReportEffects } from "../report-effects.ts";
import type { ReportInput } from "../report-head.ts";
import { trendOf } from "../trend.ts";
import { readVoicesAndTopics } from "../voices-and-topics.ts";
import type { MonthlyReport } from "./monthly-report.ts";

const TREND_MONTHS = 12;
const PRAISE_LIMIT = 2;

/** Reads what the monthly page says. Same warehouse and input, same value. */
export async function buildMonthly(
  effects: ReportEffects,
  input: ReportInput,
): Promise<MonthlyReport> {
  const {
    head,
    arrivals,
    correction,
    figures,
    voices,
    segments,
    places,
    keyFigures,
    topics,
    topicLabels,
    harm,
    exposure,
    past,
    decided,
  } = await readVoicesAndTopics(effects, input, MONTH_WORDS);
  const { period, asOf } = input;
  const { notes, olderVoices } = await readAwarenessNotes(effects, period);
  const trend = trendOf(past.history, TREND_MONTHS);
  return {
    job: "monthly",
    ...head,
    findings: headlines({ harm, topics, keyFigures, figures }, MONTH_WORDS),
    correction,
    keyFigures,
    topics,
    topicLabels,
    harm,
    exposure,
    trend,
    annotations: annotationsIn(input.annotations ?? [], trend, period.until),
    pastSpans: past.spans,
    praise: chooseQuotes(praiseCandidates(segments, places), voices, new Set(), {
      limit: PRAISE_LIMIT,
      onePerTopic: true,
    }),
    awareness: notes,
    decisions: decided.recent,
    awarenessShown: shownAwarenessIds(notes),
    completeness: await readCompleteness(effects, figures, { period, asOf, voices, arrivals }),
    figures,
    questions: questionsBehind(figures, effects.readSql),
    voices: { ...decided.voices, ...olderVoices, ...voices },
  };
}
