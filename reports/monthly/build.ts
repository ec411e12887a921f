import { chooseQuotes } from "../choose-quotes.ts";
import { MONTH_WORDS } from "../common-report.ts";
import { headlines } from "../headlines.ts";
import { withListedVoices } from "../listed-voices.ts";
import { questionsBehind } from "../pasteable-sql.ts";
import { praiseCandidates } from "../quote-candidates.ts";
import { readCommon } from "../read-common.ts";
import type { ReportEffects } from "../report-effects.ts";
import type { ReportInput } from "../report-head.ts";
import type { MonthlyReport } from "./monthly-report.ts";

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
  const { figures, keyFigures, topics } = value;
  const draft = {
    job: "monthly" as const,
    ...value,
    findings: headlines(
      { harm: value.harm, harmByTopic: common.harmByTopic, topics, keyFigures, figures },
      MONTH_WORDS,
    ),
    praise: chooseQuotes(praiseCandidates(segments, places), voices, new Set(), {
      limit: PRAISE_LIMIT,
      onePerTopic: true,
    }),
    questions: questionsBehind(figures, effects.readSql),
  };
  return await withListedVoices(effects, draft, {
    from: value.previous.from,
    until: value.period.until,
  });
}
