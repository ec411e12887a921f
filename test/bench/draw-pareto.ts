import { ScatterChart } from "echarts/charts";
import { LegendComponent } from "echarts/components";
import { use } from "echarts/core";
import { drawChart } from "../../reports/page/charts.ts";

use([ScatterChart, LegendComponent]);

export type Measured = {
  /** What stands beside the point. */
  readonly label: string;
  readonly precision: "int8" | "dynamic int8" | "fp32";
  /** Texts a second of CPU time on one core, in the fastest way in which a vector is that of the text alone. */
  readonly rate: number;
  /** Of the sentiment head. */
  readonly accuracy: number;
};

const COLOURS = { int8: "#1f5fa8", "dynamic int8": "#3d8b5f", fp32: "#a85a1f" };
/** int8 and what it is compared with lie side by side. */
const LABELS = { int8: "top", "dynamic int8": "bottom", fp32: "right" } as const;

/** @returns an SVG document: what an encoder costs against what it is worth */
export function drawPareto(encoders: readonly Measured[]): string {
  const precisions = [...new Set(encoders.map(({ precision }) => precision))];
  const frame = {
    id: "encoders",
    widthPx: 640,
    heightPx: 400,
    description: "Encoders: speed against accuracy",
  };
  const chart = drawChart(frame, {
    backgroundColor: "#ffffff",
    textStyle: { fontFamily: "sans-serif" },
    grid: { left: 64, right: 40, top: 40, bottom: 56 },
    xAxis: {
      type: "value",
      name: "texts a second of CPU time (34 subwords)",
      nameLocation: "middle",
      nameGap: 32,
    },
    yAxis: {
      type: "value",
      scale: true,
      name: "sentiment accuracy, lines kept back",
      nameLocation: "middle",
      nameGap: 48,
    },
    legend: { show: true, top: 0, right: 16 },
    series: precisions.map((precision) => ({
      type: "scatter",
      name: precision,
      symbolSize: 12,
      itemStyle: { color: COLOURS[precision] },
      label: { show: true, position: LABELS[precision], formatter: "{@[2]}" },
      data: encoders
        .filter((one) => one.precision === precision)
        .map(({ rate, accuracy, label }) => [rate, accuracy, label]),
    })),
  });
  return `${chart.markup}\n`;
}
