import { z } from "zod";
import { oneAtATime } from "../../pipeline/one-at-a-time.ts";
import { nextPeriod, periodOf } from "../../pipeline/period.ts";
import { type Connection, query } from "../../pipeline/warehouse/query.ts";
import { NOTHING_KNOWN } from "../read-warehouse.ts";
import type { Answer, ReportEffects, Span, TwoPeriods } from "../report-effects.ts";
import type {
  MeasureOverTimeRow,
  MeasureRow,
  SignalWeekRow,
  TopicOverTimeRow,
  TopicSentimentRow,
} from "../report-rows.ts";
import type { Voices } from "../voices/voice.ts";

type Row = typeof MeasureOverTimeRow | typeof TopicOverTimeRow | typeof SignalWeekRow;
type Unit = "week" | "month";

/** What weeks and months said, kept from one report to the next of many: each is asked for once. */
export type SharedHistory = {
  /** Reads what is not known yet through these effects. What was kept is dropped once other voices are loaded. */
  through(
    connection: Connection,
    effects: ReportEffects,
  ): Promise<
    Pick<
      ReportEffects,
      | "readMeasuresOverTime"
      | "readTopicsOverTime"
      | "readMeasures"
      | "readTopicSentiment"
      | "readSignalCells"
      | "readWords"
    >
  >;
};

export function sharedHistory(): SharedHistory {
  let known: ReturnType<typeof emptyHistory> | undefined;
  let state: string | undefined;
  return {
    async through(connection, effects) {
      const found = await voicesState(connection);
      if (known === undefined || found !== state) known = emptyHistory();
      state = found;
      const { measures, topics, lists, sentiments, signalWeeks, words } = known;
      return {
        readMeasures: (periods, taxonomy) =>
          lists(taxonomy, periods, (each) => effects.readMeasures(each, taxonomy)),
        readTopicSentiment: (periods, taxonomy) =>
          sentiments(taxonomy, periods, (each) => effects.readTopicSentiment(each, taxonomy)),
        readMeasuresOverTime: (span, unit) =>
          measures(unit, { span, unit }, (each) => effects.readMeasuresOverTime(each, unit)),
        readTopicsOverTime: (span, unit, taxonomy) =>
          topics(`${unit} ${taxonomy}`, { span, unit }, (each) =>
            effects.readTopicsOverTime(each, unit, taxonomy),
          ),
        readWords: (ids, span, taxonomy) =>
          words(ids, { span, taxonomy }, (unknown) => effects.readWords(unknown, span, taxonomy)),
        readSignalCells: async (spans) => {
          const { referenceFrom, referenceUntil, previousFrom, taxonomy } = spans;
          const reference = { from: referenceFrom, until: referenceUntil };
          const { rows } = await signalWeeks(taxonomy, { span: reference, unit: "week" }, (each) =>
            effects.readSignalWeeks(each, taxonomy),
          );
          const asked = { ...spans, referenceFrom: previousFrom, referenceUntil: previousFrom };
          const answer = await effects.readSignalCells(asked, sumOf(rows));
          // A figure says how it is counted where nothing is known before.
          const params = {
            ...answer.params,
            reference_from: referenceFrom,
            reference_until: referenceUntil,
            before: NOTHING_KNOWN,
          };
          return { ...answer, params };
        },
      };
    },
  };
}

function emptyHistory() {
  return {
    measures: keptByPeriod<typeof MeasureOverTimeRow>(),
    topics: keptByPeriod<typeof TopicOverTimeRow>(),
    lists: keptAsPrevious<typeof MeasureRow>(),
    sentiments: keptAsPrevious<typeof TopicSentimentRow>(),
    signalWeeks: keptByPeriod<typeof SignalWeekRow>(),
    words: keptWords(),
  };
}

/** @returns JSON list of each cell, which is a JSON object, with the sum of its counts as one more field */
function sumOf(weeks: readonly SignalWeekRow[]): string {
  const sums = new Map<string, number>();
  for (const { counts } of weeks)
    for (const [cell, count] of counts) sums.set(cell, (sums.get(cell) ?? 0) + count);
  const cells = Array.from(sums, ([cell, count]) => `${cell.slice(0, -1)},"count":${count}}`);
  return `[${cells.join(",")}]`;
}

/** What one report says of its own period, the next says of the one before: rows come period by period. */
function keptAsPrevious<Kind extends typeof MeasureRow | typeof TopicSentimentRow>() {
  let newest: { readonly key: string; readonly rows: readonly z.infer<Kind>[] } | undefined;
  const inTurn = oneAtATime();
  return (
    taxonomy: string,
    { previousFrom, from, until }: TwoPeriods,
    ask: (periods: TwoPeriods) => Promise<Answer<Kind>>,
  ): Promise<Answer<Kind>> =>
    inTurn(async () => {
      const known = newest?.key === `${taxonomy} ${previousFrom} ${from}` ? newest.rows : undefined;
      const asked = await ask({
        previousFrom: known === undefined ? previousFrom : from,
        from,
        until,
      });
      const own = asked.rows.filter(({ period }) => period === "this");
      newest = { key: `${taxonomy} ${from} ${until}`, rows: own };
      if (known === undefined) return asked;
      const previous = known.map((row) => ({ ...row, period: "previous" as const }));
      const params = { ...asked.params, previous_from: previousFrom };
      return { ...asked, params, rows: [...previous, ...own] };
    });
}

/** Voices that one report lists: the next lists those of its own period again. */
function keptWords() {
  let newest: { readonly taxonomy: string; readonly voices: Voices } | undefined;
  const inTurn = oneAtATime();
  return (
    ids: readonly string[],
    { span, taxonomy }: { readonly span: Span; readonly taxonomy: string },
    ask: (ids: readonly string[]) => Promise<Voices>,
  ): Promise<Voices> =>
    inTurn(async () => {
      const known = newest?.taxonomy === taxonomy ? newest.voices : {};
      const voices = await ask(ids.filter((id) => known[id] === undefined));
      for (const id of ids) {
        const voice = known[id];
        if (voice !== undefined && isIn(span, voice.receivedOn)) voices[id] = voice;
      }
      newest = { taxonomy, voices };
      return voices;
    });
}

function isIn({ from, until }: Span, day: string): boolean {
  return day >= from && day < until;
}

/** Each row is of one week or month: what is asked of several is what is asked of each, in order. */
function keptByPeriod<Kind extends Row>() {
  type Kept = {
    readonly asked: Pick<Answer<Kind>, "sql" | "params">;
    readonly rows: Map<string, z.infer<Kind>[]>;
  };
  const kept = new Map<string, Kept>();
  const inTurn = oneAtATime();
  const read = async (
    key: string,
    { span, unit }: { readonly span: Span; readonly unit: Unit },
    ask: (span: Span) => Promise<Answer<Kind>>,
  ): Promise<Answer<Kind>> => {
    const starts = startsIn(span, unit);
    const known = kept.get(key)?.rows;
    const isUnknown = (from: string) => known?.has(from) !== true;
    const first = starts.findIndex(({ from }) => isUnknown(from));
    const last = starts.findLastIndex(({ from }) => isUnknown(from));
    const from = starts[first]?.from;
    const until = starts[last]?.until;
    if (from !== undefined && until !== undefined) {
      const { rows, ...asked } = await ask({ from, until });
      const { rows: byStart } = kept.get(key) ?? { rows: new Map<string, z.infer<Kind>[]>() };
      for (const start of starts.slice(first, last + 1)) byStart.set(start.from, []);
      for (const row of rows) byStart.get(row.starts_on)?.push(row);
      kept.set(key, { asked, rows: byStart });
    }
    const found = kept.get(key);
    if (found === undefined) return await ask(span);
    const { sql, params } = found.asked;
    const rows = starts.flatMap((start) => found.rows.get(start.from) ?? []);
    return { sql, params: { ...params, from: span.from, until: span.until }, rows };
  };
  return (...asked: Parameters<typeof read>) => inTurn(() => read(...asked));
}

function startsIn({ from, until }: Span, unit: Unit): Span[] {
  const starts: Span[] = [];
  const job = unit === "week" ? "weekly" : "monthly";
  for (let each = periodOf(job, from); each.from < until; each = nextPeriod(each))
    starts.push(each);
  return starts;
}

const State = z.strictObject({ state: z.string() });

async function voicesState(connection: Connection): Promise<string> {
  const [row] = await query(connection, "questions/voices_state.sql", {}, State);
  return row?.state ?? "";
}
