import type { CommonReport, SpanWords } from "./common-report.ts";
import { shareCell, toldChange } from "./few-voices.ts";
import { type Figures, figureOf } from "./figure.ts";
import { comparableFigure, type KeyFigure } from "./key-figures.ts";
import type { Cell } from "./outline/outline.ts";
import type { Baseline } from "./past/past.ts";
import { isFirstSpoken } from "./past/trend.ts";
import type { Change } from "./statistics/change.ts";
import type { TopicLine } from "./topic-table.ts";
import { LAST_YEAR, USUAL } from "./words.ts";

/** What a line is compared with, as every form prints it. */
export type ToldMove = {
  /** 前週 or 前月, いつも, 前年. */
  readonly name: string;
  /** Of the period before alone, where anything is known of it. */
  readonly figure: string | null;
  /** Of the voices themselves their number, else a share of all voices; null where it is not told. */
  readonly kind: "count" | "share";
  readonly level: Cell;
  /** The lowest and the highest of the periods that are usual. */
  readonly low: Cell;
  readonly high: Cell;
  /** null where nobody asks how it moved. */
  readonly change: Change | null;
};

/** The period before, then what is usual and the year before where there is such a level. */
export function toldMoves(
  { figures, trend }: Pick<CommonReport, "figures" | "trend">,
  line: TopicLine | KeyFigure,
  words: SpanWords,
): ToldMove[] {
  const kind = "measure" in line && line.measure === "all" ? "count" : "share";
  const { previous, change, usual, lastYear } =
    "measure" in line
      ? comparableFigure(line, trend)
      : { ...line, previous: isFirstSpoken(trend) ? null : line.previousNegative };
  const before: ToldMove = {
    ...{ name: words.previous, figure: previous, kind, low: null, high: null },
    level:
      previous === null || kind === "count" ? null : shareIn(figures, previous, "all-previous"),
    change: change === null ? null : toldChange(figures, change, ["all", "all-previous"]),
  };
  const baselines = [
    { name: USUAL, baseline: usual },
    { name: LAST_YEAR, baseline: lastYear },
  ];
  return [
    before,
    ...baselines.flatMap(({ name, baseline }) =>
      baseline === null ? [] : [toldBaseline(figures, { name, kind, baseline })],
    ),
  ];
}

type NamedBaseline = Pick<ToldMove, "name" | "kind"> & { readonly baseline: Baseline };

function toldBaseline(figures: Figures, { name, kind, baseline }: NamedBaseline): ToldMove {
  const whole = figureOf(figures, "all").value;
  const cell = (value: number) => (kind === "count" ? Math.round(value) : shareCell(value, whole));
  return {
    ...{ name, kind, figure: null },
    ...{ level: cell(baseline.level), low: cell(baseline.low), high: cell(baseline.high) },
    change: toldChange(figures, baseline.change, ["all"]),
  };
}

/** Which part of its period's voices a figure counts. */
export function shareIn(figures: Figures, id: string, whole = "all"): Cell {
  const voices = figureOf(figures, whole).value;
  return shareCell(voices === 0 ? null : figureOf(figures, id).value / voices, voices);
}
