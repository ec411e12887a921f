import { type Figures, figureOf } from "../figure.ts";
import { formatCount } from "../format-japanese.ts";
import { cleanText } from "../formats/clean-text.ts";
import { mostCounted } from "../most-spoken.ts";
import { shortLabel, type TopicLine } from "../topic-table.ts";
import { type ChartFrame, drawChart } from "./charts.ts";
import type { Html } from "./html.ts";
import { COLOURS } from "./style.ts";

const ROW_PX = 24;
const NAMES_PX = 152;

/** More bars than these nobody compares; the table has all. */
const MOST_BARS = 15;

/** Of the topics in their order, those of which most was said that is good or ill. */
export function barTopics(topics: readonly TopicLine[], figures: Figures): readonly TopicLine[] {
  const counts = ({ negative, positive }: TopicLine) =>
    [negative, positive].map((id) => figureOf(figures, id).value);
  const spoken = topics.filter((line) => counts(line).some((count) => count > 0));
  return mostCounted(spoken, counts, MOST_BARS);
}

/** Negative voices to the left, positive to the right of one line, a topic a row, each bar with its number. */
export function topicBars(
  all: readonly TopicLine[],
  figures: Figures,
  frame: Omit<ChartFrame, "heightPx">,
): Html {
  const topics = barTopics(all, figures);
  const negative = topics.map((line) => figureOf(figures, line.negative).value);
  const positive = topics.map((line) => figureOf(figures, line.positive).value);
  const left = Math.max(1, ...negative);
  const right = Math.max(1, ...positive);
  const numberRoom = 0.1 * (left + right);
  const bar = { type: "bar", silent: true, stack: "voices", barWidth: 14 };
  const label = (counts: readonly number[]) => ({
    show: true,
    fontSize: 12,
    color: COLOURS.ink,
    // A zero has no bar; its number would stand on the other one's.
    formatter: ({ dataIndex }: { dataIndex: number }) => {
      const count = counts[dataIndex] ?? 0;
      return count === 0 ? "" : formatCount(count);
    },
  });
  const names = {
    type: "category",
    inverse: true,
    position: "left",
    data: topics.map((line) => cleanText(shortLabel(line.label))),
    axisTick: { show: false },
  };
  return drawChart(
    { ...frame, heightPx: topics.length * ROW_PX + 16 },
    {
      grid: { left: NAMES_PX, right: 8, top: 8, bottom: 8, outerBoundsMode: "none" },
      xAxis: { type: "value", min: -left - numberRoom, max: right + numberRoom, show: false },
      yAxis: [
        {
          ...names,
          axisLine: { show: false, onZero: false },
          axisLabel: {
            align: "left",
            margin: NAMES_PX,
            width: NAMES_PX - 8,
            // A long name takes two lines rather than lose its end.
            overflow: "break",
            lineHeight: 12,
            fontSize: 12,
            color: COLOURS.ink,
          },
        },
        {
          ...names,
          axisLine: { onZero: true, lineStyle: { color: COLOURS.ink } },
          axisLabel: { show: false },
        },
      ],
      series: [
        {
          ...bar,
          data: negative.map((count) => -count),
          itemStyle: { color: COLOURS.accent },
          label: { ...label(negative), position: "left" },
        },
        {
          ...bar,
          data: positive,
          itemStyle: { color: COLOURS.pale, borderColor: COLOURS.accent, borderWidth: 1 },
          label: { ...label(positive), position: "right" },
        },
      ],
    },
  );
}
