import { numberOf, type Table } from "../outline/outline.ts";
import { COLOURS } from "../page/style.ts";
import { cleanText } from "./clean-text.ts";
import { POINTS_AN_INCH } from "./deck-flow.ts";
import type { Slide } from "./pptx-library.ts";
import { textWidth } from "./text-width.ts";

/** On every Windows and Mac that has Office; others take their own Japanese font. */
export const FONT = "Yu Gothic";

export type Frame = {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
};
/** @param accent hexadecimal, without # */
type Look = { readonly accent: string; readonly pale: string };

export function hex(colour: string): string {
  return colour.replace("#", "").toUpperCase();
}

/**
 * A name on two lines of the full size is higher than its bar is apart from the next: LibreOffice then leaves out every
 * second one. So long names are smaller, down to the size of which two lines have room.
 */
function namePoints(labels: readonly string[], inches: number): number {
  // A column of text is half as wide as its letters are high; the rest is kept from the edge and the axis.
  const columns = Math.max(1, ...labels.map(textWidth));
  const fitting = Math.floor((2 * (inches - 0.3) * POINTS_AN_INCH) / columns);
  return Math.min(14, Math.max(10, fitting));
}

/** Of the whole: names of topics stand left of the first chart. */
const NAMES_SHARE = 0.26;

/**
 * The rows, each of the two columns in a chart of its own beside the other, on one scale, so that every bar has
 * its name and its number. PowerPoint draws from the bottom up, and the first row belongs on top.
 */
export function addBars(
  slide: Slide,
  { columns, rows, chart }: Table,
  frame: Frame,
  { accent, pale }: Look,
): void {
  const shown = [...rows].reverse();
  const labels = shown.map(([name]) => cleanText(String(name ?? "")));
  const series = (chart?.columns ?? []).map((index) => ({
    name: columns[index]?.title ?? "",
    labels,
    values: shown.map((cells) => numberOf(cells[index])),
  }));
  const largest = Math.max(1, ...series.flatMap(({ values }) => values));
  const plot = ((1 - NAMES_SHARE) / 2) * frame.w;
  const names = NAMES_SHARE * frame.w;
  for (const [index, one] of series.entries()) {
    const isFirst = index === 0;
    const width = isFirst ? names + plot : plot;
    const top = 0.12;
    slide.addChart("bar", [one], {
      ...{ x: frame.x + (isFirst ? 0 : names + plot * index), y: frame.y, w: width, h: frame.h },
      ...heading(one.name),
      layout: isFirst
        ? { x: names / width, y: top, w: plot / width, h: 1 - top }
        : { x: 0, y: top, w: 1, h: 1 - top },
      barDir: "bar",
      barGapWidthPct: 40,
      chartColors: [isFirst ? accent : pale],
      catAxisHidden: !isFirst,
      catAxisLabelFrequency: "1",
      // Room for the number at the end of the longest bar.
      valAxisMaxVal: Math.ceil(largest * 1.2),
      ...axes("#,##0", 14),
      catAxisLabelFontSize: namePoints(labels, names),
      altText: `${columns[0]?.title}ごとの${one.name}の件数`,
    });
  }
}

/** Counts as bars above, a share as a line below, on the same periods; both begin at zero, and a period without voices has no share. */
export function addTrend(
  slide: Slide,
  { columns, rows, chart }: Table,
  frame: Frame,
  { accent }: Look,
): void {
  const [barColumn = 1, lineColumn = 1] = chart?.columns ?? [];
  const first = rows.findIndex((cells) => (cells[barColumn] ?? null) !== null);
  const known = rows.slice(Math.max(0, first));
  const labels = known.map(([name]) => shortPeriod(String(name ?? "")));
  const series = (index: number) => {
    // A hole, not a zero: the library leaves out what is not there.
    const values: number[] = [];
    values.length = known.length;
    for (const [row, cells] of known.entries()) {
      const cell = cells[index] ?? null;
      if (cell !== null) values[row] = numberOf(cell);
    }
    return [{ name: columns[index]?.title ?? "", labels, values }];
  };
  const half = (frame.h - 0.1) / 2;
  slide.addChart("bar", series(barColumn), {
    ...{ x: frame.x, y: frame.y, w: frame.w, h: half },
    ...heading(columns[barColumn]?.title ?? ""),
    barGapWidthPct: 40,
    chartColors: [accent],
    ...axes("#,##0", 12),
    altText: `${columns[0]?.title}ごとの${columns[barColumn]?.title}の件数`,
  });
  slide.addChart("line", series(lineColumn), {
    ...{ x: frame.x, y: frame.y + half + 0.1, w: frame.w, h: half },
    ...heading(columns[lineColumn]?.title ?? ""),
    chartColors: [accent],
    lineSize: 2.5,
    lineDataSymbolSize: 7,
    displayBlanksAs: "gap",
    // Above 100 % is room for its number, which would stand in the title.
    valAxisMaxVal: 1.25,
    ...axes("0%", 12),
    dataLabelPosition: "t",
    altText: `${columns[0]?.title}ごとの${columns[lineColumn]?.title}`,
  });
}

/** 2025-W40① is 第40週①, 2025-10 is 10月: a whole name would break over two lines. */
function shortPeriod(name: string): string {
  return name.replace(/^\d{4}-W0?(\d+)/, "第$1週").replace(/^\d{4}-0?(\d+)/, "$1月");
}

function heading(title: string) {
  return {
    showTitle: true,
    title,
    titleFontFace: FONT,
    titleFontSize: 14,
    titleColor: hex(COLOURS.soft),
  } as const;
}

/** Numbers stand at the bars, so the axis of values is left out. */
function axes(format: string, points: number) {
  return {
    catAxisLabelFontFace: FONT,
    catAxisLabelFontSize: points,
    catAxisLabelColor: hex(COLOURS.ink),
    valAxisHidden: true,
    valAxisMinVal: 0,
    valGridLine: { style: "none" },
    showValue: true,
    dataLabelFormatCode: format,
    dataLabelFontFace: FONT,
    dataLabelFontSize: points,
    dataLabelColor: hex(COLOURS.ink),
  } as const;
}
