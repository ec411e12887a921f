import { z } from "zod";
import { addDays, type Period } from "../../pipeline/period.ts";
import { addFigure, type Figures } from "../figure.ts";
import type { Answer, ReportEffects } from "../report-effects.ts";
import type { SignalCellRow } from "../report-rows.ts";
import { type CellSize, isAlarm } from "../statistics/rare-cells.ts";
import { round4 } from "../statistics/round4.ts";
import { chooseQuotes, Quote } from "../voices/choose-quotes.ts";
import type { Quotable } from "../voices/quotable.ts";
import { negativeCandidates } from "../voices/quote-candidates.ts";

/** A product or place, a topic and perhaps a lot, of which more customers speak than its own past lets expect. */
export const Signal = z.strictObject({
  subject: z.string(),
  /** null: all lots. */
  lot: z.string().nullable(),
  /** 1: this week; 2: this one and the one before. */
  weeks: z.number().int(),
  topic: z.string(),
  figure: z.string(),
  customers: z.number().int(),
  before: z.number().int(),
  /** Customers that the past lets expect in as many weeks. */
  expected: z.number(),
  quotes: z.array(Quote),
});
export type Signal = z.infer<typeof Signal>;

export const Signals = z.strictObject({
  referenceFrom: z.string(),
  referenceUntil: z.string(),
  /** False where the reference has too few weeks with voices. */
  isTested: z.boolean(),
  /** How many cells were tested. */
  cells: z.number().int(),
  rows: z.array(Signal),
});
export type Signals = z.infer<typeof Signals>;

/** Half a year shows what is usual for a cell; the two weeks before this one are left out, or a slow start would hide in them. */
export const REFERENCE_WEEKS = 26;
export const GAP_WEEKS = 2;
export const FEWEST_REFERENCE_WEEKS = 8;
/** Alarms a week that chance alone may raise: one in four weeks. */
export const ALARM_BUDGET = 0.25;
/** What is tested against the reference: this week, and this with the one before, each with its part of the budget. */
export const SPANS_WEEKS = [1, 2] as const;
const QUOTES = 2;
export const DAYS_A_WEEK = 7;

/** The weeks that alarms are looked for in, and what they are looked for against. */
export type SignalWeeks = {
  readonly period: Pick<Period, "from" | "until">;
  readonly taxonomy: string;
  /** Weeks of the past by their first days, and how many voices each has. */
  readonly history: readonly {
    readonly period: Pick<Period, "from">;
    readonly voices: number;
  }[];
  /** Alarms that chance alone may raise. */
  readonly budget: number;
};

export type SignalInput = SignalWeeks &
  Quotable & {
    /** What one week and two are called. */
    readonly spanWords: Readonly<Record<(typeof SPANS_WEEKS)[number], string>>;
    /** Alarms that somebody was told of before, see `cellKey`. */
    readonly known: ReadonlySet<string>;
    /** See `chooseQuotes`. */
    readonly taken: Set<string>;
  };

export function signalsOf(figures: Figures, answer: CellAnswer, input: SignalInput): Signals {
  const { found, ...tested } = findCells(answer, input);
  const news = newsAmong(found, input).sort(surestFirst);
  return {
    ...tested,
    rows: news.map((cell, index) => signalOf(figures, input, cell, `signal-${index + 1}`)),
  };
}

/** Of alarms those that are news, each once. */
export function newsAmong(found: readonly FoundCell[], input: SignalInput): FoundCell[] {
  return withoutRepeats(
    found.filter(({ row }) => isSpokenOf(row, input) && !input.known.has(cellKey(row))),
  );
}

/** Most severe first, then what the past lets expect least. */
export function surestFirst({ row: left }: FoundCell, { row: right }: FoundCell): number {
  return (
    right.severity - left.severity ||
    right.customer_count / expectedIn(right) - left.customer_count / expectedIn(left)
  );
}

/** What tells the cells of a table apart. */
export function cellKey({ subject_kind, subject, lot, topic }: SignalCellRow): string {
  return JSON.stringify([subject_kind, subject, lot, topic]);
}

type CellAnswer = Answer<typeof SignalCellRow>;

export function readCells(
  effects: ReportEffects,
  { period: { from, until }, taxonomy }: Pick<SignalWeeks, "period" | "taxonomy">,
): Promise<CellAnswer> {
  const previousFrom = addDays(from, -7);
  return effects.readSignalCells({ ...referenceOf(from), previousFrom, from, until, taxonomy });
}

function referenceOf(from: string): Pick<Signals, "referenceFrom" | "referenceUntil"> {
  const referenceUntil = addDays(from, -7 * GAP_WEEKS);
  return { referenceFrom: addDays(referenceUntil, -7 * REFERENCE_WEEKS), referenceUntil };
}

/** The seven days until a day, and the weeks before them, whatever day they begin with. */
export async function readWeeksUntil(
  effects: Pick<ReportEffects, "readVoicesByDay">,
  until: string,
  tested: Pick<SignalWeeks, "taxonomy" | "budget">,
): Promise<SignalWeeks> {
  const from = addDays(until, -DAYS_A_WEEK);
  const weeksBack = GAP_WEEKS + REFERENCE_WEEKS;
  const span = { from: addDays(from, -DAYS_A_WEEK * weeksBack), until: from };
  const { rows } = await effects.readVoicesByDay(span);
  const history = Array.from({ length: weeksBack }, (_, index) => {
    const first = addDays(span.from, DAYS_A_WEEK * index);
    const next = addDays(first, DAYS_A_WEEK);
    const voices = rows
      .filter(({ received_on }) => received_on >= first && received_on < next)
      .reduce((sum, { voice_count }) => sum + voice_count, 0);
    return { period: { from: first }, voices };
  });
  return { period: { from, until }, ...tested, history };
}

/** All cells that raise an alarm, in the order of the spans. */
export function findCells(
  { rows: cells, ...asked }: CellAnswer,
  { period, history, budget }: SignalWeeks,
): Omit<Signals, "rows"> & { readonly found: readonly FoundCell[] } {
  const { referenceFrom, referenceUntil } = referenceOf(period.from);
  const ofReference = history.filter(
    ({ period: { from }, voices }) => from >= referenceFrom && from < referenceUntil && voices > 0,
  );
  const isTested = ofReference.length >= FEWEST_REFERENCE_WEEKS;
  if (!isTested) return { referenceFrom, referenceUntil, isTested, cells: 0, found: [] };
  const ofSpans = SPANS_WEEKS.map((weeks) => cells.filter((row) => row.weeks === weeks));
  const sizesOf = (ofSpan: readonly SignalCellRow[]) => ofSpan[0]?.sizes ?? [];
  return {
    referenceFrom,
    referenceUntil,
    isTested,
    cells: Math.max(...ofSpans.map((ofSpan) => cellsIn(sizesOf(ofSpan)))),
    found: ofSpans.flatMap((ofSpan) =>
      ofSpan
        .filter((row) => isRare(row, sizesOf(ofSpan), budget))
        .map((row) => ({ ...asked, row })),
    ),
  };
}

function cellsIn(sizes: readonly CellSize[]): number {
  return sizes.reduce((sum, size) => sum + size.cells, 0);
}

/** A cell that raised an alarm, and how it was asked for. */
type FoundCell = {
  readonly row: SignalCellRow;
  readonly sql: string;
  readonly params: Readonly<Record<string, string>>;
};

export function signalOf(
  figures: Figures,
  input: SignalInput,
  { row, sql, params }: FoundCell,
  id: string,
): Signal {
  const { weeks, subject_kind, subject, lot, topic } = row;
  const named = lot === "" ? subject : `${subject}（ロット ${lot}）`;
  return {
    subject,
    lot: lot === "" ? null : lot,
    topic,
    weeks,
    figure: addFigure(figures, {
      id,
      label: `${input.spanWords[weeks]}の「${named}」についてのネガティブな声`,
      sql,
      params,
      row: { weeks: String(weeks), subject_kind, subject, lot, topic },
      mark: { topic, sentiment: "negative" },
      listed: "main",
      voiceIds: row.voice_ids,
    }),
    customers: row.customer_count,
    before: row.before_count,
    expected: round4(expectedIn(row)),
    quotes: quotesOf(row, input),
  };
}

/** What was alarming a week ago is news no more where nobody speaks of it this week. */
function isSpokenOf({ voice_ids }: SignalCellRow, { period, voices }: SignalInput): boolean {
  return voice_ids.some((id) => (voices.get(id)?.received_on ?? "") >= period.from);
}

function isRare(row: SignalCellRow, sizes: readonly CellSize[], budget: number): boolean {
  const { severity, customer_count, before_count, share } = row;
  const cell = { severity, count: customer_count, total: customer_count + before_count, share };
  return isAlarm(cell, sizes, budget / SPANS_WEEKS.length);
}

/** By half a customer more than there were: a cell without a past would let expect none at all. */
function expectedIn({ before_count, share }: SignalCellRow): number {
  return ((before_count + 0.5) * share) / (1 - share);
}

/** The shorter span, and the lot where it has all the voices of its product, say more. */
function withoutRepeats(found: readonly FoundCell[]): FoundCell[] {
  const isRepeat = (cell: FoundCell, other: FoundCell) =>
    other !== cell &&
    other.row.subject === cell.row.subject &&
    other.row.topic === cell.row.topic &&
    ((other.row.lot === cell.row.lot && other.row.weeks < cell.row.weeks) ||
      (cell.row.lot === "" &&
        other.row.lot !== "" &&
        other.row.voice_count === cell.row.voice_count));
  return found.filter((cell) => !found.some((other) => isRepeat(cell, other)));
}

function quotesOf(row: SignalCellRow, { segments, places, voices, taken }: SignalInput): Quote[] {
  const own = new Set(row.voice_ids);
  const candidates = negativeCandidates(segments, places, row.topic).filter(({ voiceId }) =>
    own.has(voiceId),
  );
  return chooseQuotes(candidates, voices, taken, { limit: QUOTES, isOfOnePlace: true });
}
