import { isGrave } from "../../models/taxonomy.ts";
import { WEEK_WORDS } from "../common-report.ts";
import { questionsBehind } from "../frozen/pasteable-sql.ts";
import type { ReportInput } from "../frozen/report-head.ts";
import { headlines } from "../headlines.ts";
import { readCommon } from "../read-common.ts";
import type { ReportEffects } from "../report-effects.ts";
import { hasOtherSources } from "../source-change.ts";
import { chooseQuotes } from "../voices/choose-quotes.ts";
import { withListedVoices } from "../voices/listed-voices.ts";
import { praiseCandidates } from "../voices/quote-candidates.ts";
import { newsOf } from "./news.ts";
import { readNewsTerm } from "./news-term.ts";
import { prioritiesOf, readRepeats } from "./priorities.ts";
import { readTerms, risenTerms, risingTerms } from "./rising-terms.ts";
import { ALARM_BUDGET, readCells, signalsOf } from "./signals.ts";
import type { WeeklyReport } from "./weekly-report.ts";

const TREND_WEEKS = 13;
const PRAISE_LIMIT = 4;

/** Reads what the weekly digest says. Same warehouse and input, same value. */
export async function buildWeekly(
  effects: ReportEffects,
  input: ReportInput,
): Promise<WeeklyReport> {
  const { period, taxonomy } = input;
  const [common, cells, repeats, awareness, terms] = await Promise.all([
    readCommon(effects, input, { spanWords: WEEK_WORDS, trendPeriods: TREND_WEEKS }),
    readCells(effects, input),
    readRepeats(effects, period, taxonomy),
    effects.readTopicAwareness(period.from, taxonomy),
    readTerms(effects, period),
  ]);
  const { value, voices, segments, places } = common;
  const { figures, topics } = value;
  const taken = new Set<string>();
  const said = { voices, segments, places, taken };
  const signals = signalsOf(figures, cells, {
    ...{ ...said, ...input, history: common.past.history },
    budget: ALARM_BUDGET,
    spanWords: { 1: "今週", 2: "前週と今週" },
    known: new Set(),
  });
  const priorities = prioritiesOf(figures, {
    ...{ ...said, repeats, awareness, topics },
    harmByTopic: common.harmByTopic,
    doubtedTopics: value.doubtedTopics,
    harmQuotes: common.harmQuotes,
    decidedByTopic: common.decidedByTopic,
  });
  const risen = risenTerms(terms);
  const rising = risingTerms(figures, terms, { from: period.from, risen });
  // Where a source has come or gone, its words have too.
  const newsTerm = hasOtherSources(value)
    ? undefined
    : await readNewsTerm(effects, risen, { period, voices });
  const [signal] = signals.rows;
  const term = rising.rows.find((row) => row.term === newsTerm?.row.term);
  const news = newsOf(
    figures,
    { signal: signal && { row: signal }, term: term && { row: term } },
    { topics, words: WEEK_WORDS },
  );
  const draft = {
    job: "weekly" as const,
    ...value,
    headlines: headlines({ ...value, news }, WEEK_WORDS).map(({ sentence }) => sentence),
    priorities,
    graveTopics: common.topicRows.filter(isGrave).map(({ label }) => label),
    signals,
    risingTerms: rising,
    praise: chooseQuotes(praiseCandidates({ segments, places, voices }), voices, taken, {
      limit: PRAISE_LIMIT,
      onePerTopic: true,
    }),
    questions: questionsBehind(figures, effects.readSql),
  };
  return await withListedVoices(effects, draft);
}
