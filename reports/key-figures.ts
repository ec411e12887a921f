import { z } from "zod";
import { tellsShares } from "./few-voices.ts";
import { addFigure, type Figures, figureOf, type Mark } from "./figure.ts";
import type { PastPeriod } from "./past/history.ts";
import { Baseline, compareWithPast, type Past, type PastCell } from "./past/past.ts";
import { isFirstSpoken, type TrendPoint } from "./past/trend.ts";
import type { Answer } from "./report-effects.ts";
import { Measure, type MeasureRow } from "./report-rows.ts";
import { Change, NOTHING_BEFORE } from "./statistics/change.ts";
import { Share, shareOf } from "./statistics/share.ts";
import { HELD_BACK } from "./words.ts";

/** A count of voices with its share, and the same in the period before. */
export const KeyFigure = z.strictObject({
  measure: Measure,
  label: z.string(),
  figure: z.string(),
  previous: z.string(),
  /** Of all voices of the period; null for the voices themselves and where there are none. */
  share: Share.nullable(),
  previousShare: Share.nullable(),
  /** null where nobody asks how it moved. Of the voices themselves: by the days of the calendar. */
  change: Change.nullable(),
  lastYear: Baseline.nullable().default(null),
  usual: Baseline.nullable().default(null),
});
export type KeyFigure = z.infer<typeof KeyFigure>;

/**
 * What every form may print of a share; nothing of very few voices.
 *
 * @param whole the figure that it is a share of
 */
export function toldShare(figures: Figures, share: Share | null, whole = "all"): Share | null {
  return tellsShares(figureOf(figures, whole).value) ? share : null;
}

/** What every form may say of a line's past: before the first voice nothing is known, and a share of no voices has none. */
export function comparableFigure(
  { measure, previous, share, change, lastYear, usual }: KeyFigure,
  trend: readonly TrendPoint[],
): Pick<KeyFigure, "change" | "lastYear" | "usual"> & { readonly previous: string | null } {
  const isFirst = isFirstSpoken(trend);
  const before = { previous: isFirst ? null : previous };
  if (measure !== "all" && share === null) {
    return { ...before, change: null, lastYear: null, usual: null };
  }
  return {
    ...before,
    change: isFirst && change !== null ? NOTHING_BEFORE : change,
    lastYear,
    usual,
  };
}

const MEASURES: readonly { measure: Measure; label: string; mark?: Mark }[] = [
  { measure: "all", label: "声" },
  { measure: "complaint", label: "ご指摘を含む声", mark: { kind: "complaint" } },
  { measure: "negative", label: "ネガティブを含む声", mark: { sentiment: "negative" } },
  { measure: "praise", label: "お褒めを含む声", mark: { kind: "praise" } },
  { measure: "no_verdict", label: `${HELD_BACK}の文を含む声` },
  { measure: "no_topic", label: "話題の付かなかった声" },
  { measure: "no_opinion", label: "意見のない声" },
];

const COMPARED: readonly (PastCell & { readonly measure: Measure })[] = [
  {
    measure: "all",
    rateOf: ({ voices, days }) => ({ count: voices, base: days }),
    isShare: false,
  },
  ...(["complaint", "negative", "praise"] as const).map((measure) => ({
    measure,
    rateOf: (past: PastPeriod) => ({ count: past[measure], base: past.voices }),
    isShare: true,
  })),
];

export type KeyFigureInput = {
  readonly answer: Answer<typeof MeasureRow>;
  readonly past: Past;
  readonly spanWords: { readonly this: string; readonly previous: string };
};

/** Adds the figures of all measures. @returns one line a measure, in the order above */
export function keyFigures(
  figures: Figures,
  { answer, past, spanWords }: KeyFigureInput,
): KeyFigure[] {
  const moves = compareWithPast(past, COMPARED);
  const add = (period: "this" | "previous", { measure, label, mark }: (typeof MEASURES)[number]) =>
    addFigure(figures, {
      id: period === "this" ? measure : `${measure}-previous`,
      label: `${spanWords[period]}の${label}`,
      sql: answer.sql,
      params: answer.params,
      row: { period, measure },
      ...(mark === undefined ? {} : { mark }),
      listed: period === "this" ? "main" : "sidecar",
      voiceIds: idsOf(answer, period, measure),
    });
  const total = idsOf(answer, "this", "all").length;
  const previousTotal = idsOf(answer, "previous", "all").length;
  return MEASURES.map((line) => {
    const figure = add("this", line);
    const previous = add("previous", line);
    const count = figureOf(figures, figure).value;
    const previousCount = figureOf(figures, previous).value;
    const isPart = line.measure !== "all";
    const move = moves[COMPARED.findIndex(({ measure }) => measure === line.measure)];
    return {
      measure: line.measure,
      label: line.label,
      figure,
      previous,
      share: isPart ? shareOf(count, total) : null,
      previousShare: isPart ? shareOf(previousCount, previousTotal) : null,
      change: move?.change ?? null,
      lastYear: move?.lastYear ?? null,
      usual: move?.usual ?? null,
    };
  });
}

function idsOf(
  answer: Answer<typeof MeasureRow>,
  period: "this" | "previous",
  measure: Measure,
): string[] {
  return (
    answer.rows.find((row) => row.period === period && row.measure === measure)?.voice_ids ?? []
  );
}
