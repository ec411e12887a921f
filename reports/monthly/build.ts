import { HARM_NAME } from "../bodily-harm.ts";
import { MONTH_WORDS } from "../common-report.ts";
import { questionsBehind } from "../frozen/pasteable-sql.ts";
import type { ReportInput } from "../frozen/report-head.ts";
import { type Headline, headlines } from "../headlines.ts";
import { type Common, readCommon } from "../read-common.ts";
import type { ReportEffects } from "../report-effects.ts";
import { chooseQuotes } from "../voices/choose-quotes.ts";
import { withListedVoices } from "../voices/listed-voices.ts";
import { doubtOf, negativeQuotes } from "../voices/negative-quotes.ts";
import { negativeCandidates, praiseCandidates } from "../voices/quote-candidates.ts";
import { SENTIMENT_WORDS } from "../words.ts";
import { readMonthNews } from "./month-news.ts";
import type { Evidence, MonthlyReport } from "./monthly-report.ts";

const TREND_MONTHS = 12;
const PRAISE_LIMIT = 2;

/** Reads what the monthly page says. Same warehouse and input, same value. */
export async function buildMonthly(
  effects: ReportEffects,
  input: ReportInput,
): Promise<MonthlyReport> {
  const common = await readCommon(effects, input, {
    spanWords: MONTH_WORDS,
    trendPeriods: TREND_MONTHS,
  });
  const { value, voices, segments, places } = common;
  const taken = new Set<string>();
  const news = await readMonthNews(effects, common, { ...input, taken });
  const found = headlines({ ...value, news }, MONTH_WORDS);
  const draft = {
    job: "monthly" as const,
    ...value,
    findings: found.map(({ sentence }) => sentence),
    evidence: found.flatMap(({ about }, finding) => evidenceFor(common, finding, about, taken)),
    praise: chooseQuotes(praiseCandidates({ segments, places, voices }), voices, taken, {
      limit: PRAISE_LIMIT,
      onePerTopic: true,
    }),
    questions: questionsBehind(value.figures, effects.readSql),
  };
  return await withListedVoices(effects, draft);
}

/** What nobody could quote as it stands, such as a long letter, is evidence all the same: the page cuts it. */
function evidenceFor(
  common: Common,
  finding: number,
  about: Headline["about"],
  taken: Set<string>,
): Evidence[] {
  const { voices, segments, places, harmQuotes } = common;
  if (about === null) return [];
  if (about === "harm") {
    return harmQuotes.slice(0, 1).map((quote) => {
      taken.add(quote.voiceId);
      return { finding, label: HARM_NAME, quote };
    });
  }
  if ("quotes" in about)
    return about.quotes.map((quote) => ({ finding, label: about.label, quote }));
  const { topic, label } = about.line;
  const candidates =
    about.sentiment === "negative"
      ? negativeCandidates(segments, places, topic)
      : praiseCandidates({ segments, places, voices }).filter((each) => each.topic === topic);
  const title = `「${label}」の${SENTIMENT_WORDS[about.sentiment]}な声`;
  const chosen =
    about.sentiment === "negative"
      ? negativeQuotes({ ...common, taken }, about.line, { limit: 1, isLacking: true })
      : chooseQuotes(candidates, voices, taken, { limit: 1 });
  const rest = candidates
    .filter(({ voiceId }) => !taken.has(voiceId))
    .map(({ voiceId, start, end }) => ({ voiceId, start, end }))
    .map((quote) => ({ ...quote, ...doubtOf(segments, [about.line], quote) }));
  return [...chosen, ...rest].slice(0, 1).map((quote) => ({ finding, label: title, quote }));
}
