import { addDays, type DailyPeriod } from "../../pipeline/period.ts";
import { arrivalsOf } from "../arrivals.ts";
import { chooseQuotes, type Quote } from "../choose-quotes.ts";
import { coverageOf } from "../coverage.ts";
import { addFigure, type Figures } from "../figure.ts";
import { withListedVoices } from "../listed-voices.ts";
import { questionsBehind } from "../pasteable-sql.ts";
import { negativeCandidates, praiseCandidates } from "../quote-candidates.ts";
import { quotePlaces } from "../quote-places.ts";
import type { ReportInput } from "../report-head.ts";
import type { SegmentRow } from "../report-rows.ts";
import { fullLabel } from "../topic-table.ts";
import { type Voices, voicesOf } from "../voice.ts";
import type { DailyEffects } from "./daily-effects.ts";
import type { DailyReport } from "./daily-report.ts";
import { DAYS_TOLD, readDailySignals } from "./daily-signals.ts";
import { readSubjects } from "./subjects.ts";

export type DailyInput = Pick<
  ReportInput,
  "revision" | "taxonomy" | "taxonomyVersion" | "epoch" | "asOf" | "title" | "expectedSources"
> & { readonly period: DailyPeriod; readonly countedBefore: number | null };

/** Harmed customers whose words stand on the page; all are in the list beside it. */
const HARM_LIMIT = 5;
/** What can be read in a minute. One of them is praise, where there is any. */
const QUOTES = { all: 3, praise: 1 };

/** Reads what the daily digest says. Same warehouse and input, same value. */
export async function buildDaily(effects: DailyEffects, input: DailyInput): Promise<DailyReport> {
  const { period, taxonomy, expectedSources, ...head } = input;
  const { until } = period;
  const figures: Figures = {};
  const voices = voicesOf((await effects.readQuotableVoices(period, taxonomy)).rows, []);
  const segments = (await effects.readQuotableSegments(period, taxonomy)).rows;
  const origins = (await effects.readOrigins(period)).rows;
  const topics = (await effects.readTopics(taxonomy)).rows;
  await addMeasures(effects, figures, { period, taxonomy });
  const counts = await readSubjects(effects, figures, period);
  const taken = new Set<string>();
  const harm = await readHarm(effects, figures, period, taken);
  const places = quotePlaces((await effects.readQuoteVectors(period)).rows);
  const said = { voices, segments, places, taken };
  const signals = await readDailySignals(effects, figures, { ...said, period, taxonomy });
  const quotes = dayQuotes(said);
  const draft = {
    job: "daily" as const,
    format: 2 as const,
    ...head,
    period,
    taxonomy,
    coverage: coverageOf((await effects.readCoverage()).rows),
    expected: arrivalsOf(expectedSources, new Set(origins.map(({ source }) => source))),
    ...counts,
    ...harm,
    signals,
    quotes,
    topicLabels: Object.fromEntries(topics.map((row) => [row.topic, fullLabel(row)])),
    figures,
    questions: questionsBehind(figures, effects.readSql),
    voices: {},
  };
  return await withListedVoices(effects, draft, { from: addDays(until, -DAYS_TOLD), until });
}

const MEASURES = [
  { measure: "all", label: "この日の声" },
  { measure: "negative", label: "ネガティブを含む声", mark: { sentiment: "negative" } },
  { measure: "praise", label: "お褒めを含む声", mark: { kind: "praise" } },
] as const;

async function addMeasures(
  effects: DailyEffects,
  figures: Figures,
  { period, taxonomy }: Pick<DailyInput, "period" | "taxonomy">,
): Promise<void> {
  const { from, until } = period;
  const { rows, ...asked } = await effects.readMeasures(
    { previousFrom: from, from, until },
    taxonomy,
  );
  for (const { measure, ...rest } of MEASURES) {
    const row = rows.find((each) => each.measure === measure && each.period === "this");
    addFigure(figures, {
      ...{ id: measure, ...asked, ...rest, listed: "sidecar" },
      row: { period: "this", measure },
      voiceIds: row?.voice_ids ?? [],
    });
  }
}

async function readHarm(
  effects: DailyEffects,
  figures: Figures,
  period: DailyPeriod,
  taken: Set<string>,
): Promise<Pick<DailyReport, "harm" | "suspectedHarm">> {
  const { rows, ...asked } = await effects.readHarm(period);
  const add = (id: string, label: string, isSure: boolean): Quote[] => {
    const found = rows.filter(({ is_sure }) => is_sure === isSure);
    addFigure(figures, {
      ...{ id, label, ...asked, row: { is_sure: String(isSure) }, listed: "sidecar" },
      voiceIds: found.map(({ voice_id }) => voice_id),
    });
    const shown = found.slice(0, HARM_LIMIT);
    for (const { voice_id } of shown) taken.add(voice_id);
    return shown.map(({ voice_id, span_start, span_end }) => ({
      voiceId: voice_id,
      start: span_start,
      end: span_end,
    }));
  };
  return {
    harm: add("harm", "お体への害をうかがわせる声", true),
    suspectedHarm: add("harm-suspected", "お体への害が疑われる声", false),
  };
}

type Said = {
  readonly voices: Voices;
  readonly segments: readonly SegmentRow[];
  readonly places: ReturnType<typeof quotePlaces>;
  readonly taken: Set<string>;
};

/** The most typical of what was blamed, one a topic, and of what was praised. */
function dayQuotes({ voices, segments, places, taken }: Said): Quote[] {
  const praise = praiseCandidates(segments, places);
  const topics = [...new Set(segments.flatMap(({ topic }) => (topic === null ? [] : [topic])))];
  const blame = topics.sort().flatMap((topic) => negativeCandidates(segments, places, topic));
  const rule = { onePerTopic: true, isOfOneDay: true };
  const choose = (candidates: typeof praise, limit: number) =>
    chooseQuotes(candidates, voices, taken, { ...rule, limit });
  const praised = choose(praise, QUOTES.praise);
  const blamed = choose(blame, QUOTES.all - praised.length);
  return [...blamed, ...praised, ...choose(praise, QUOTES.all - praised.length - blamed.length)];
}
