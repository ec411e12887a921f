import { LineChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { SetMeasure } from "./evaluation-file.ts";

use([LineChart, GridComponent, SVGRenderer]);

const COLUMNS = 4;
/** In pixels. */
const PANEL = { width: 150, height: 150, gapX: 62, gapY: 76 };
const MARGIN = { left: 46, top: 40 };
const INK = { line: "#1f5fa8", diagonal: "#b8bcc2" };

/**
 * Reliability diagrams, one panel a set: how often the surest label was right, against the confidence printed beside it. On
 * the diagonal a head is as sure as it is right; a point's size says how many cases it stands for.
 *
 * @returns an SVG document
 */
export function drawReliability(sets: readonly SetMeasure[]): string {
  const rows = Math.ceil(sets.length / COLUMNS);
  const size = {
    width: MARGIN.left + COLUMNS * (PANEL.width + PANEL.gapX),
    height: MARGIN.top + rows * (PANEL.height + PANEL.gapY),
  };
  const places = sets.map((_, index) => ({
    left: MARGIN.left + (index % COLUMNS) * (PANEL.width + PANEL.gapX),
    top: MARGIN.top + Math.floor(index / COLUMNS) * (PANEL.height + PANEL.gapY),
  }));
  const axis = { type: "value", min: 0, max: 1, interval: 0.5, axisLine: { show: true } } as const;
  const chart = init(null, null, { renderer: "svg", ssr: true, ...size });
  chart.setOption({
    animation: false,
    backgroundColor: "#ffffff",
    textStyle: { fontFamily: "sans-serif" },
    grid: places.map((place) => ({ ...place, width: PANEL.width, height: PANEL.height })),
    xAxis: sets.map(({ head, set, shipped }, gridIndex) => ({
      ...axis,
      gridIndex,
      position: "bottom",
      name: `${head}, ECE ${shipped.ece.toFixed(3)}\n${set}`,
      nameLocation: "middle",
      nameGap: 24,
      nameTextStyle: { fontSize: 11, width: PANEL.width + PANEL.gapX - 8, overflow: "break" },
    })),
    yAxis: sets.map((_, gridIndex) => ({ ...axis, gridIndex })),
    series: sets.flatMap(({ shipped }, index) => {
      const onPanel = { type: "line", xAxisIndex: index, yAxisIndex: index } as const;
      return [
        {
          ...onPanel,
          data: [
            [0, 0],
            [1, 1],
          ],
          symbol: "none",
          lineStyle: { color: INK.diagonal, type: "dashed", width: 1 },
        },
        {
          ...onPanel,
          symbol: "circle",
          lineStyle: { color: INK.line, width: 1.5 },
          itemStyle: { color: INK.line },
          data: shipped.bins
            .filter(({ count }) => count > 0)
            .map(({ count, confidence, right }) => ({
              value: [confidence, right],
              symbolSize: 4 + 14 * Math.sqrt(count / shipped.n),
            })),
        },
      ];
    }),
  });
  const svg = chart.renderToSVGString();
  // A chart that is not disposed of keeps the process alive.
  chart.dispose();
  return `${svg}\n`;
}
