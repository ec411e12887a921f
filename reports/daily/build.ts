import { GRAVE_SEVERITY, isGrave } from "../../models/taxonomy.ts";
import type { DailyPeriod } from "../../pipeline/period.ts";
import { arrivalsOf } from "../arrivals.ts";
import { HARM_NAME, type Harmed, harmedVoices, SUSPECTED_NAME } from "../bodily-harm.ts";
import { addFigure, type Figures } from "../figure.ts";
import { coverageOf } from "../frozen/coverage.ts";
import { questionsBehind } from "../frozen/pasteable-sql.ts";
import type { ReportInput } from "../frozen/report-head.ts";
import type { TopicRow } from "../report-rows.ts";
import { fullLabel } from "../topic-table.ts";
import { chooseQuotes, listedQuotes, type Quote } from "../voices/choose-quotes.ts";
import { withListedVoices } from "../voices/listed-voices.ts";
import { doubtOf } from "../voices/negative-quotes.ts";
import { type Quotable, readQuotable } from "../voices/quotable.ts";
import { negativeCandidates, praiseCandidates } from "../voices/quote-candidates.ts";
import type { DailyEffects } from "./daily-effects.ts";
import type { DailyReport } from "./daily-report.ts";
import { readDailySignals } from "./daily-signals.ts";
import { readSubjects } from "./subjects.ts";

export type DailyInput = Pick<
  ReportInput,
  | ("revision" | "taxonomy" | "taxonomyVersion" | "epoch" | "calibration")
  | ("asOf" | "title" | "expectedSources")
> & {
  readonly period: DailyPeriod;
  readonly countedBefore: number | null;
  readonly countedOlder?: number[];
};

/** Voices of harm, and of grave topics, whose words stand on the page; all are in the list beside it. */
const URGENT_LIMIT = 5;
/** What can be read in a minute. One of them is praise, where there is any. */
const QUOTES = { all: 3, praise: 1 };

/** Reads what the daily digest says. Same warehouse and input, same value. */
export async function buildDaily(effects: DailyEffects, input: DailyInput): Promise<DailyReport> {
  const { period, taxonomy, expectedSources, ...head } = input;
  const figures: Figures = {};
  const quotable = await readQuotable(effects, period, taxonomy);
  const origins = (await effects.readOrigins(period)).rows;
  const topics = (await effects.readTopics(taxonomy)).rows;
  await addMeasures(effects, figures, { period, taxonomy });
  const counts = await readSubjects(effects, figures, period);
  const taken = new Set<string>();
  const harm = await readHarm(effects, figures, input, taken);
  const grave = await readGrave(effects, figures, { ...quotable, period, taxonomy, topics, taken });
  const said = { ...quotable, taken };
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
    grave,
    signals,
    quotes,
    topicLabels: Object.fromEntries(topics.map((row) => [row.topic, fullLabel(row)])),
    figures,
    questions: questionsBehind(figures, effects.readSql),
    voices: {},
  };
  return await withListedVoices(effects, draft);
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
  { period, taxonomy }: Pick<DailyInput, "period" | "taxonomy">,
  taken: Set<string>,
): Promise<Pick<DailyReport, "harm" | "harmConfirmed" | "suspectedHarm">> {
  const { rows, ...asked } = await effects.readBodilyHarm(period, taxonomy);
  const add = (id: string, label: string, { row, quotes }: Harmed): Quote[] => {
    const voiceIds = quotes.map(({ voiceId }) => voiceId);
    addFigure(figures, { id, label, ...asked, row, listed: "sidecar", voiceIds });
    const shown = quotes.slice(0, URGENT_LIMIT);
    for (const { voiceId } of shown) taken.add(voiceId);
    return shown;
  };
  const sure = harmedVoices(rows, "sure");
  return {
    harm: add("harm", HARM_NAME, sure),
    harmConfirmed: sure.confirmed,
    suspectedHarm: add("harm-suspected", SUSPECTED_NAME, harmedVoices(rows, "suspected")),
  };
}

async function readGrave(
  effects: DailyEffects,
  figures: Figures,
  {
    period,
    taxonomy,
    topics,
    segments,
    taken,
  }: Pick<DailyInput, "period" | "taxonomy"> & {
    readonly segments: Quotable["segments"];
    readonly topics: readonly TopicRow[];
    readonly taken: Set<string>;
  },
): Promise<DailyReport["grave"]> {
  const looked = topics.filter(isGrave);
  if (looked.length === 0) return null;
  const { rows, ...asked } = await effects.readGraveVoices(period, {
    taxonomy,
    severity: GRAVE_SEVERITY,
  });
  const [row] = rows;
  const voiceIds = row?.voice_ids ?? [];
  addFigure(figures, {
    ...{ id: "grave", label: "急いで確かめたい話題の声", ...asked, listed: "sidecar", voiceIds },
    row: { urgency: "grave" },
  });
  const quotes = (row === undefined ? [] : listedQuotes(row))
    .filter(({ voiceId }) => !taken.has(voiceId))
    .map((quote) => ({ ...quote, ...doubtOf(segments, looked, quote) }))
    .sort((left, right) => sureness(right) - sureness(left))
    .slice(0, URGENT_LIMIT);
  for (const { voiceId } of quotes) taken.add(voiceId);
  return {
    topics: row?.topics ?? looked.map(({ topic }) => topic),
    confirmed: row?.confirmed_count ?? 0,
    quotes,
  };
}

/** What is not doubted comes first. */
function sureness({ topicConfidence = 1 }: Quote): number {
  return topicConfidence;
}

type Said = Quotable & { readonly taken: Set<string> };

/** The most typical of what was blamed, one a topic, and of what was praised. */
function dayQuotes({ voices, segments, places, taken }: Said): Quote[] {
  const praise = praiseCandidates({ segments, places, voices });
  const topics = [...new Set(segments.flatMap(({ topic }) => (topic === null ? [] : [topic])))];
  const blame = topics.sort().flatMap((topic) => negativeCandidates(segments, places, topic));
  const rule = { onePerTopic: true, isOfOneDay: true };
  const choose = (candidates: typeof praise, limit: number) =>
    chooseQuotes(candidates, voices, taken, { ...rule, limit });
  const praised = choose(praise, QUOTES.praise);
  const blamed = choose(blame, QUOTES.all - praised.length);
  return [...blamed, ...praised, ...choose(praise, QUOTES.all - praised.length - blamed.length)];
}
