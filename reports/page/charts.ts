import { BarChart, LineChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { type EChartsCoreOption, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { type Html, trustedMarkup } from "./html.ts";
import { COLOURS } from "./style.ts";

use([BarChart, LineChart, GridComponent, SVGRenderer]);

export type ChartFrame = {
  /** Unique on its page: it replaces the counters in ids and classes, which depend on the process. */
  readonly id: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** What a reader who cannot see the chart is told. */
  readonly description: string;
};

/** Draws one chart as inline SVG. Same option, same bytes. */
export function drawChart(frame: ChartFrame, option: EChartsCoreOption): Html {
  const chart = init(null, null, {
    renderer: "svg",
    ssr: true,
    width: frame.widthPx,
    height: frame.heightPx,
  });
  try {
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: "inherit", color: COLOURS.ink },
      ...option,
    });
    return trustedMarkup(tidy(chart.renderToSVGString(), frame));
  } finally {
    chart.dispose();
  }
}

function tidy(svg: string, { id, widthPx, description }: ChartFrame): string {
  return (
    svg
      // Classes serve pointers only, and their counters run on from chart to chart.
      .replace(/<style >[\s\S]*?<\/style>/g, "")
      .replace(/ (?:class|pointer-events|ecmeta_[a-z_]+)="[^"]*"/g, "")
      .replace(/zr\d+-/g, `${id}-`)
      .replace(/^<svg width="\d+" height="\d+"/, "<svg")
      .replace(
        ">",
        ` style="max-width:${widthPx}px" role="img" aria-label="${attribute(description)}">`,
      )
  );
}

function attribute(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
