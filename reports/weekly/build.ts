import { annotationsIn } from "../annotations.ts";
import { readAwarenessNotes, shownAwarenessIds } from "../awareness-notes.ts";
import { chooseQuotes } from "../choose-quotes.ts";
import { WEEK_WORDS } from "../common-report.ts";
import { readCompleteness } from "../completeness.ts";
import { headlines } from "../headlines.ts";
import { questionsBehind } from "../pasteable-sql.ts";
import { praiseCandidates } from "../quote-candidates.ts";
import type { ReportEffects } from "../report-effects.ts";
import type { ReportInput } from "../report-head.ts";
import { trendOf } from "../trend.ts";
import { readVoicesAndTopics } from "../voices-and-topics.ts";
import { readPriorities } from "./priorities.ts";
import { readRisingTerms } from "./rising-terms.ts";
import { readSignals } from "./signals.ts";
import type { WeeklyReport } from "./weekly-report.ts";

const TREND_WEEKS = 13;
const PRAISE_LIMIT = 4;

/** Reads what the weekly digest says. Same warehouse and input, same value. */
export async function buildWeekly(
  effects: ReportEffects,
  input: ReportInput,
): Promise<WeeklyReport> {
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
    harmByTopic,
    exposure,
    past,
    decided,
  } = await readVoicesAndTopics(effects, input, WEEK_WORDS);
  const { period, asOf } = input;
  const { notes, olderVoices } = await readAwarenessNotes(effects, period);
  const taken = new Set<string>();
  const said = { voices, segments, places, taken };
  const signals = await readSignals(effects, figures, { ...said, ...input, history: past.history });
  const priorities = await readPriorities(effects, figures, {
    ...said,
    ...input,
    topics,
    harmByTopic,
    decidedByTopic: decided.byTopic,
  });
  const trend = trendOf(past.history, TREND_WEEKS);
  return {
    job: "weekly",
    ...head,
    headlines: headlines({ harm, topics, keyFigures, figures }, WEEK_WORDS),
    correction,
    keyFigures,
    priorities,
    signals,
    topics,
    topicLabels,
    harm,
    exposure,
    trend,
    annotations: annotationsIn(input.annotations ?? [], trend, period.until),
    pastSpans: past.spans,
    risingTerms: await readRisingTerms(effects, figures, period),
    praise: chooseQuotes(praiseCandidates(segments, places), voices, taken, {
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
