import { z } from "zod";
import type { Sentiment } from "../pipeline/schema/enriched-record.ts";
import { addFigure, type Figures, figureOf } from "./figure.ts";
import { Baseline, compareWithPast, type Moves, type Past } from "./past/past.ts";
import type { Answer } from "./report-effects.ts";
import type { TopicRow, TopicSentimentRow } from "./report-rows.ts";
import { Change } from "./statistics/change.ts";
import { SENTIMENT_WORDS } from "./words.ts";

/** One topic: ids of the figures of its cells, and how its negative voices moved. */
export const TopicLine = z.strictObject({
  topic: z.string(),
  label: z.string(),
  severity: z.number().int(),
  negative: z.string(),
  neutral: z.string(),
  positive: z.string(),
  previousNegative: z.string(),
  /** Of the share of all voices, as the baselines. */
  change: Change,
  lastYear: Baseline.nullable().default(null),
  usual: Baseline.nullable().default(null),
});
export type TopicLine = z.infer<typeof TopicLine>;

/** With its parent's, where it has one of another name. */
export function fullLabel({
  topic,
  label,
  parent,
  parent_label,
}: Pick<TopicRow, "topic" | "label" | "parent" | "parent_label">): string {
  return parent === topic || parent_label === label ? label : `${parent_label}／${label}`;
}

/** A leaf's own name, where the upper one has no room. */
export function shortLabel(label: string): string {
  return label.slice(label.indexOf("／") + 1);
}

/** Below every table of them. */
export const RATIO_NOTE =
  "割合と倍率は、ネガティブな声が声全体に占める割合と、その比です。倍率のかっこ内は偶然でぶれる幅です（表全体で誤って名指しすることを抑えるため、広めに取っています）。";

export type TopicTableInput = {
  readonly answer: Answer<typeof TopicSentimentRow>;
  readonly topics: readonly TopicRow[];
  readonly past: Past;
  /** 今週 and 前週, or 今月 and 前月. */
  readonly spanWords: { readonly this: string; readonly previous: string };
};

/**
 * All topics with a voice of a decided sentiment in the period, most negative voices first.
 * Adds the figures of their cells.
 */
export function topicTable(figures: Figures, input: TopicTableInput): TopicLine[] {
  const cells = new Map<string, readonly string[]>();
  for (const row of input.answer.rows) {
    if (row.sentiment === null) continue;
    cells.set(cellKey(row.period, row.topic, row.sentiment), row.voice_ids);
  }
  const spoken = new Set(
    input.answer.rows
      .filter(({ period, sentiment }) => period === "this" && sentiment !== null)
      .map(({ topic }) => topic),
  );
  const topics = input.topics.filter(({ topic }) => spoken.has(topic));
  const moves = compareWithPast(
    input.past,
    topics.map(({ topic }) => ({
      rateOf: (past) => ({ count: past.topics.get(topic) ?? 0, base: past.voices }),
      isShare: true,
    })),
  );
  return topics
    .flatMap((topic, index) => {
      const move = moves[index];
      return move === undefined ? [] : [{ ...topicLine(figures, input, cells, topic), ...move }];
    })
    .sort(
      (left, right) =>
        figureOf(figures, right.negative).value - figureOf(figures, left.negative).value ||
        figureOf(figures, right.positive).value - figureOf(figures, left.positive).value,
    );
}

function topicLine(
  figures: Figures,
  input: TopicTableInput,
  cells: ReadonlyMap<string, readonly string[]>,
  { topic, label, parent, parent_label, severity }: TopicRow,
): Omit<TopicLine, keyof Moves> {
  const name = fullLabel({ topic, label, parent, parent_label });
  const cell = (period: "this" | "previous", sentiment: Sentiment): string =>
    addFigure(figures, {
      id: `${topic}-${sentiment}${period === "this" ? "" : "-previous"}`,
      label: `${input.spanWords[period]}の「${name}」${SENTIMENT_WORDS[sentiment]}`,
      sql: input.answer.sql,
      params: input.answer.params,
      row: { period, topic, sentiment },
      mark: { topic, sentiment },
      listed: period === "this" ? "main" : "sidecar",
      voiceIds: [...(cells.get(cellKey(period, topic, sentiment)) ?? [])],
    });
  return {
    topic,
    label: name,
    severity,
    negative: cell("this", "negative"),
    previousNegative: cell("previous", "negative"),
    neutral: cell("this", "neutral"),
    positive: cell("this", "positive"),
  };
}

function cellKey(period: string, topic: string, sentiment: string): string {
  return `${period} ${sentiment} ${topic}`;
}
