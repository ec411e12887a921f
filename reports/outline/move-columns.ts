import type { CommonReport } from "../common-report.ts";
import { type SpanWords, spanWordsOf } from "../common-report.ts";
import { figureOf } from "../figure.ts";
import type { KeyFigure } from "../key-figures.ts";
import type { Change } from "../statistics/change.ts";
import { type ToldMove, toldMoves } from "../told-moves.ts";
import type { TopicLine } from "../topic-table.ts";
import { changeText, LAST_YEAR, USUAL } from "../words.ts";
import type { Cell, Column } from "./outline.ts";

export const text = (title: string): Column => ({ title, kind: "text" });
export const count = (title: string): Column => ({ title, kind: "count" });
export const share = (title: string): Column => ({ title, kind: "share" });
export const ratio = (title: string): Column => ({ title, kind: "ratio" });

export function detail(column: Column): Column {
  return { ...column, isDetail: true };
}

/** Of the column before. */
export function bounds(column: Column, [low, high] = ["の下限", "の上限"]): Column[] {
  const bound = { ...detail(column), isBound: true };
  return [
    { ...bound, title: `${column.title}${low}` },
    { ...bound, title: `${column.title}${high}` },
  ];
}

/** What `changeCells` fills. @param against 前週, いつも, 前年 */
export function changeColumns(against: string): Column[] {
  const times = ratio(`倍率（対${against}）`);
  return [text(`変化（対${against}）`), detail(times), ...bounds(times)];
}

export function changeCells(change: Change | null, against: string): Cell[] {
  if (change === null) return [null, null, null, null];
  return [changeText(change, against), change.ratio, change.low, change.high];
}

/** What a table's lines are compared with, a row each: the columns of the page, in its order. */
export type MoveTable = {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
};

/**
 * A comparison of which no line has anything has no columns.
 *
 * @param counted what the column of the period before is called: 件数, or ネガティブ
 */
export function moveTable(
  report: CommonReport,
  lines: readonly (TopicLine | KeyFigure)[],
  counted: string,
): MoveTable {
  const words = spanWordsOf(report);
  const moves = lines.map((line) => toldMoves(report, line, words));
  const named = (name: string) => moves.map((each) => each.find((move) => move.name === name));
  const parts = [
    beforeColumns(report, named(words.previous), words, counted),
    ...[USUAL, LAST_YEAR].map((name) => levelColumns(name, named(name))),
  ];
  return withoutEmptyRatios({
    columns: parts.flatMap(({ columns }) => columns),
    rows: lines.map((_, row) => parts.flatMap(({ rows }) => rows[row] ?? [])),
  });
}

/** Of few voices no ratio is told. */
function withoutEmptyRatios({ columns, rows }: MoveTable): MoveTable {
  const isTold = columns.map(
    ({ kind }, at) => kind !== "ratio" || rows.some((cells) => (cells[at] ?? null) !== null),
  );
  return {
    columns: columns.filter((_, at) => isTold[at]),
    rows: rows.map((cells) => cells.filter((_, at) => isTold[at])),
  };
}

type Named = readonly (ToldMove | undefined)[];

function beforeColumns(
  { figures }: CommonReport,
  moves: Named,
  { previous }: SpanWords,
  counted: string,
): MoveTable {
  return {
    columns: [
      count(`${previous}の${counted}`),
      detail(share(`${previous}の割合`)),
      ...changeColumns(previous),
    ],
    rows: moves.map((move) => [
      move?.figure == null ? null : figureOf(figures, move.figure).value,
      move?.level ?? null,
      ...changeCells(move?.change ?? null, previous),
    ]),
  };
}

/** Of last year no room is made in mail and on slides. */
function levelColumns(name: string, moves: Named): MoveTable {
  const kinds = (["count", "share"] as const).filter((kind) =>
    moves.some((move) => move?.kind === kind && move.level !== null),
  );
  if (moves.every((move) => move === undefined)) return { columns: [], rows: [] };
  // Of the voices alone: elsewhere a sentence says it.
  const titled = { count: detail(count(`${name}の件数`)), share: share(`${name}の割合`) };
  const columns = [
    ...kinds.flatMap((kind) => [titled[kind], ...bounds(titled[kind], ["の最小", "の最大"])]),
    ...changeColumns(name),
  ];
  return {
    columns: name === LAST_YEAR ? columns.map(detail) : columns,
    rows: moves.map((move) => [
      ...kinds.flatMap((kind) =>
        move?.kind === kind ? [move.level, move.low, move.high] : [null, null, null],
      ),
      ...changeCells(move?.change ?? null, name),
    ]),
  };
}
