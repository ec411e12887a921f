import { addDays, type Period, weekOf } from "../../pipeline/period.ts";
import { MONTH_WORDS } from "../common-report.ts";
import { addFigure, type Figures, figureOf } from "../figure.ts";
import { formatDay } from "../format-japanese.ts";
import type { Headline } from "../headlines.ts";
import type { Common } from "../read-common.ts";
import type { ReportEffects } from "../report-effects.ts";
import { hasOtherSources } from "../source-change.ts";
import { newsFirst, termSentence, topicLabel } from "../weekly/news.ts";
import { readNewsTerm, termQuotes } from "../weekly/news-term.ts";
import { addTermFigure, readTerms, risenTerms } from "../weekly/rising-terms.ts";
import { signalHeadline } from "../weekly/signal-sentences.ts";
import {
  ALARM_BUDGET,
  DAYS_A_WEEK,
  readCells,
  readWeeksUntil,
  type Signal,
  signalsOf,
} from "../weekly/signals.ts";

type NewsInput = {
  readonly period: Period;
  readonly taxonomy: string;
  /** See `chooseQuotes`. */
  readonly taken: Set<string>;
};

/** What a month brought that no share of a topic shows: the surest early signal of its weeks, and the word that rose most. */
export async function readMonthNews(
  effects: ReportEffects,
  common: Common,
  input: NewsInput,
): Promise<Headline[]> {
  const { figures, topics } = common.value;
  const signal = await readSignal(effects, common, input);
  const term = await readTerm(effects, common, input);
  const lines = [...(signal?.lines ?? []), ...(term?.lines ?? [])];
  const first = newsFirst(figures, { signal: signal?.row, term: term?.row }, topics);
  return first === "signal" ? lines : lines.reverse();
}

async function readTerm(effects: ReportEffects, { value, voices }: Common, input: NewsInput) {
  if (hasOtherSources(value)) return undefined;
  const terms = await readTerms(effects, input.period);
  const term = await readNewsTerm(effects, risenTerms(terms), {
    period: input.period,
    voices,
  });
  if (term === undefined) return undefined;
  const { figures } = value;
  const figure = addTermFigure(figures, terms, term, { id: "term-1", words: MONTH_WORDS });
  const row = { term: term.row.term, figure, before: term.row.before_count };
  const about = {
    label: `「${row.term}」を含む声`,
    quotes: termQuotes(term, { voices }, input.taken),
  };
  return { row, lines: [{ sentence: termSentence(figures, row, MONTH_WORDS), about }] };
}

/** Of the weeks that lie wholly in the month, each against its own past; together they have a week's budget of alarms. */
async function readSignal(effects: ReportEffects, common: Common, input: NewsInput) {
  const { period, taxonomy, taken } = input;
  const { figures, topics } = common.value;
  const weeks = wholeWeeks(period);
  const found = await Promise.all(
    weeks.map(async ({ from, until }) => {
      const budget = ALARM_BUDGET / weeks.length;
      const week = await readWeeksUntil(effects, until, { taxonomy, budget });
      const ofWeek: Figures = {};
      const span = `${formatDay(from)}からの週`;
      const { rows } = signalsOf(ofWeek, await readCells(effects, week), {
        ...{ ...common, ...week, taken: new Set(taken), known: new Set<string>() },
        spanWords: { 1: span, 2: span },
      });
      return rows
        .filter((row) => row.weeks === 1)
        .map((row) => ({ row, span, figure: figureOf(ofWeek, row.figure) }));
    }),
  );
  const severityOf = ({ topic }: Signal) =>
    topics.find((line) => line.topic === topic)?.severity ?? 0;
  const [surest] = found
    .flat()
    .sort(
      (left, right) =>
        severityOf(right.row) - severityOf(left.row) ||
        right.row.customers / right.row.expected - left.row.customers / left.row.expected,
    );
  if (surest === undefined) return undefined;
  const figure = addFigure(figures, { ...surest.figure, id: "signal-1" });
  const row = { ...surest.row, figure };
  const quotes = row.quotes.slice(0, 1);
  for (const { voiceId } of quotes) taken.add(voiceId);
  const about = { label: surest.figure.label, quotes };
  return {
    row,
    lines: [{ sentence: signalHeadline(row, topicLabel(row, topics), `${surest.span}に`), about }],
  };
}

function wholeWeeks({ from, until }: Period): Period[] {
  const weeks: Period[] = [];
  for (let day = from; day < until; day = addDays(day, DAYS_A_WEEK)) {
    const week = weekOf(day);
    if (week.from >= from && week.until <= until) weeks.push(week);
  }
  return weeks;
}
