import { addDays, type Period, weekOf } from "../../pipeline/period.ts";
import { MONTH_WORDS } from "../common-report.ts";
import { figureOf } from "../figure.ts";
import { formatDay } from "../format-japanese.ts";
import type { Headline } from "../headlines.ts";
import type { Common } from "../read-common.ts";
import type { ReportEffects } from "../report-effects.ts";
import { hasOtherSources } from "../source-change.ts";
import { type News, newsOf } from "../weekly/news.ts";
import { readNewsTerm, termQuotes } from "../weekly/news-term.ts";
import { addTermFigure, readTerms, risenTerms } from "../weekly/rising-terms.ts";
import {
  ALARM_BUDGET,
  DAYS_A_WEEK,
  findCells,
  newsAmong,
  readCells,
  readWeeksUntil,
  signalOf,
  surestFirst,
} from "../weekly/signals.ts";

type NewsInput = {
  readonly period: Period;
  readonly taxonomy: string;
  /** See `chooseQuotes`. */
  readonly taken: Set<string>;
};

/** The surest early signal of the month's weeks and the word that rose most, each with a voice. */
export async function readMonthNews(
  effects: ReportEffects,
  common: Common,
  input: NewsInput,
): Promise<Headline[]> {
  const { figures, topics } = common.value;
  const signal = await readSignal(effects, common, input);
  const term = await readTerm(effects, common, input);
  return newsOf(figures, { signal, term }, { topics, words: MONTH_WORDS });
}

async function readTerm(
  effects: ReportEffects,
  { value, voices }: Common,
  { period, taken }: NewsInput,
): Promise<News["term"]> {
  // Where a source has come or gone, its words have too.
  if (hasOtherSources(value)) return undefined;
  const terms = await readTerms(effects, period);
  const found = await readNewsTerm(effects, risenTerms(terms), { period, voices });
  if (found === undefined) return undefined;
  const { term, before_count: before } = found.row;
  const figure = addTermFigure(value.figures, terms, found, { id: "term-1", words: MONTH_WORDS });
  const quotes = termQuotes(found, { voices }, taken);
  return { row: { term, figure, before }, about: { label: `「${term}」を含む声`, quotes } };
}

/**
 * Of the weeks that lie wholly in the month, each against its own past. Together they have the budget of one weekly
 * report, of which the half for spans of two weeks goes unused: such a span may begin in another month.
 */
async function readSignal(
  effects: ReportEffects,
  common: Common,
  { period, taxonomy, taken }: NewsInput,
): Promise<News["signal"]> {
  const { figures } = common.value;
  const weeks = wholeWeeks(period);
  const found = await Promise.all(
    weeks.map(async ({ from, until }) => {
      const tested = { taxonomy, budget: ALARM_BUDGET / weeks.length };
      const asked = await readWeeksUntil(effects, until, tested);
      const name = `${formatDay(from)}からの週`;
      const spanWords = { 1: name, 2: name };
      const input = {
        ...common,
        ...asked,
        taken: new Set(taken),
        known: new Set<string>(),
        spanWords,
      };
      const cells = findCells(await readCells(effects, asked), asked).found;
      return newsAmong(cells, input)
        .filter(({ row }) => row.weeks === 1)
        .map((cell) => ({ cell, input, name }));
    }),
  );
  const [surest] = found.flat().sort((left, right) => surestFirst(left.cell, right.cell));
  if (surest === undefined) return undefined;
  const row = signalOf(figures, surest.input, surest.cell, "signal-1");
  const quotes = row.quotes.slice(0, 1);
  for (const { voiceId } of quotes) taken.add(voiceId);
  const { label } = figureOf(figures, row.figure);
  return { row, now: `${surest.name}に`, about: { label, quotes } };
}

function wholeWeeks({ from, until }: Period): Period[] {
  const weeks: Period[] = [];
  for (let day = from; day < until; day = addDays(day, DAYS_A_WEEK)) {
    const week = weekOf(day);
    if (week.from >= from && week.until <= until) weeks.push(week);
  }
  return weeks;
}
