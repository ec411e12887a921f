import { z } from "zod";
import type { SpanWords } from "./common-report.ts";
import { addFigure, type Figures, figureOf } from "./figure.ts";
import { formatCount } from "./format-japanese.ts";
import type { ReportEffects, Span } from "./report-effects.ts";

/** Voices that tell of bodily harm. A machine says so (推定) until a person confirms it. */
export const BodilyHarm = z.strictObject({
  figure: z.string(),
  /** How many of them a person gave a topic of the highest severity. */
  confirmed: z.number().int(),
});
export type BodilyHarm = z.infer<typeof BodilyHarm>;

/** The row of all such voices, whatever their topic. */
const ALL = "all";

export type HarmInput = {
  readonly period: Span;
  readonly taxonomy: string;
  readonly spanWords: SpanWords;
  readonly topicLabels: Readonly<Record<string, string>>;
};

/** @returns all of them, null without any; and those of each topic that has some */
export async function readBodilyHarm(
  effects: ReportEffects,
  figures: Figures,
  { period, taxonomy, spanWords, topicLabels }: HarmInput,
): Promise<{ harm: BodilyHarm | null; harmByTopic: ReadonlyMap<string, BodilyHarm> }> {
  const { rows, ...asked } = await effects.readBodilyHarm(period, taxonomy);
  const found = new Map(
    rows.map(({ topic, voice_ids, confirmed_count }): [string, BodilyHarm] => {
      const label = topic === ALL ? "" : `「${topicLabels[topic] ?? topic}」で`;
      const figure = addFigure(figures, {
        id: topic === ALL ? "harm" : `${topic}-harm`,
        label: `${label}お体への害をうかがわせる${spanWords.this}の声`,
        ...asked,
        row: { topic },
        listed: "main",
        voiceIds: voice_ids,
      });
      return [topic, { figure, confirmed: confirmed_count }];
    }),
  );
  const harm = found.get(ALL) ?? null;
  found.delete(ALL);
  return { harm, harmByTopic: found };
}

/** Whose word it is. */
export function harmSureness(figures: Figures, { figure, confirmed }: BodilyHarm): string {
  if (confirmed === 0) return "推定";
  const { value } = figureOf(figures, figure);
  return confirmed === value ? "確認済" : `うち確認済${formatCount(confirmed)}件、ほかは推定`;
}
