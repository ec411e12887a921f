import { formatShare } from "../few-voices.ts";
import { formatCount } from "../format-japanese.ts";
import { type TrendPoint, trendShare } from "../past/trend.ts";
import { type ChartFrame, drawChart } from "./charts.ts";
import type { Html } from "./html.ts";
import { COLOURS } from "./style.ts";

/** Nearer to each other than this many periods, the first number would stand on the last one. */
const LABELS_APART = 3;
const LABEL = { fontSize: 12, color: COLOURS.ink };

/**
 * Two lines above each other on one time axis: voices as bars, the share with something negative as a line.
 * Both begin at zero; the first and the last value stand beside them, so no axis is needed.
 *
 * @param nameOf what a period is called on the axis
 * @param marks signs of what happened in each period, "" for nothing; they stand at the foot of its bar
 */
export function trendChart(
  points: readonly TrendPoint[],
  frame: ChartFrame,
  nameOf: (point: TrendPoint) => string,
  marks: readonly string[] = [],
): Html {
  const half = Math.floor((frame.heightPx - 104) / 2);
  const names = points.map(nameOf);
  const lastIndex = points.length - 1;
  const shares = points.map(trendShare);
  const firstIndex = points.findIndex(({ voices }) => voices > 0);
  const ends = (index: number) =>
    index === lastIndex || (index === firstIndex && lastIndex - firstIndex >= LABELS_APART);
  return drawChart(frame, {
    grid: [
      { left: 24, right: 24, top: 24, height: half },
      { left: 24, right: 24, top: half + 80, height: half },
    ],
    xAxis: [axis(names, 0, marks), axis(names, 1, null)],
    yAxis: [
      { type: "value", gridIndex: 0, show: false, min: 0 },
      { type: "value", gridIndex: 1, show: false, min: 0, max: 1 },
    ],
    series: [
      {
        type: "bar",
        silent: true,
        xAxisIndex: 0,
        yAxisIndex: 0,
        barCategoryGap: "30%",
        data: points.map(({ voices }, index) => ({
          value: voices,
          itemStyle: {
            color: index === lastIndex ? COLOURS.accent : COLOURS.pale,
          },
          label: {
            show: ends(index) && voices > 0,
            position: "top",
            formatter: formatCount(voices),
            ...LABEL,
            fontWeight: index === lastIndex ? "bold" : "normal",
          },
        })),
      },
      {
        type: "line",
        silent: true,
        xAxisIndex: 1,
        yAxisIndex: 1,
        symbol: "circle",
        lineStyle: { color: COLOURS.accent, width: 2 },
        data: shares.map((share, index) => ({
          value: share,
          symbolSize: ends(index) ? 7 : 3,
          itemStyle: { color: COLOURS.accent },
          label: {
            show: ends(index) && share !== null,
            position: "top",
            formatter: share === null ? "" : formatShare(share, points[index]?.voices ?? 0),
            ...LABEL,
            fontWeight: index === lastIndex ? "bold" : "normal",
          },
        })),
      },
    ],
  });
}

/** @param marks what stands below it; null for the names of the periods */
function axis(names: readonly string[], gridIndex: number, marks: readonly string[] | null) {
  const last = names.length - 1;
  return {
    type: "category",
    gridIndex,
    data: names,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: COLOURS.soft } },
    axisLabel:
      marks === null
        ? {
            interval: (index: number) => index % 4 === last % 4,
            fontSize: 12,
            color: COLOURS.soft,
          }
        : {
            interval: 0,
            fontSize: 13,
            fontWeight: "bold",
            color: COLOURS.ink,
            formatter: (_: string, index: number) => marks[index] ?? "",
          },
  };
}
