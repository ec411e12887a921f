import { HARM_SEVERITY } from "../models/bodily-harm.ts";
import { GRAVE_SEVERITY, isGrave } from "../models/taxonomy.ts";
import { type Harm, isHarmDoubted } from "./bodily-harm.ts";
import type { CommonReport } from "./common-report.ts";
import { type Figures, figureOf } from "./figure.ts";
import type { QuotableSegmentRow } from "./report-rows.ts";
import { countPart, type Sentence } from "./sentence.ts";
import { shortLabel, type TopicLine } from "./topic-table.ts";
import { isSureOf, SURE_GRAVE } from "./voices/negative-quotes.ts";

type Told = Pick<Harm, "harmByTopic"> & {
  readonly topics: readonly TopicLine[];
  readonly figures: Figures;
  readonly segments: readonly QuotableSegmentRow[];
};

/**
 * Grave topics that head nothing and come before nothing: of severity 5 see `isHarmDoubted`; of the others, where no
 * negative voice is sure of the topic, however many there are.
 */
export function doubtedTopics({ topics, figures, harmByTopic, segments }: Told): string[] {
  const isDoubted = (line: TopicLine): boolean => {
    const negative = figureOf(figures, line.negative).value;
    const harm = harmByTopic.get(line.topic);
    if (negative === 0 || harm !== undefined) return false;
    if (line.severity === HARM_SEVERITY) return isHarmDoubted(line, harm, negative);
    return !segments.some(
      (row) => row.topic === line.topic && row.sentiment === "negative" && isSureOf(line, row),
    );
  };
  return topics.filter((line) => isGrave(line) && isDoubted(line)).map(({ topic }) => topic);
}

/** Whose voices a sentence counts: a page links them, a text has their numbers. */
type ToWatch = { readonly sentence: Sentence; readonly voiceIds: readonly string[] };

/** What no finding and no priority speaks of, and somebody must look at; bodily harm has a line of its own. */
export function graveToWatch(
  report: Pick<CommonReport, "topics" | "figures" | "doubtedTopics">,
): ToWatch[] {
  const { topics, figures } = report;
  const doubted = topics.filter(
    ({ topic, severity }) => severity < HARM_SEVERITY && report.doubtedTopics.includes(topic),
  );
  /** A fact told without a word of blame (「ビニール片が入っていました」) may be called neutral. */
  const neutral = topics.filter(
    (line) => isGrave(line) && figureOf(figures, line.neutral).value > 0,
  );
  const told = (
    lines: readonly TopicLine[],
    sentiment: "negative" | "neutral",
    [before, after]: readonly [string, string],
  ): ToWatch[] => {
    if (lines.length === 0) return [];
    const named = lines.flatMap((line, index): Sentence => {
      const name = `${index === 0 ? "" : "、"}「${shortLabel(line.label)}」`;
      return [name, countPart(figures, line[sentiment])];
    });
    const ids = lines.flatMap((line) => figureOf(figures, line[sentiment]).voiceIds);
    return [{ sentence: [before, ...named, after], voiceIds: [...new Set(ids)] }];
  };
  return [
    ...told(doubted, "negative", [
      `深刻度${GRAVE_SEVERITY}以上の話題かもしれない声（推定・確信度${SURE_GRAVE * 10}割未満）：`,
      "。確かではないため先には載せていません。念のため内容をご確認ください。",
    ]),
    ...told(neutral, "neutral", [
      `深刻度${GRAVE_SEVERITY}以上の話題の、ネガティブと判定していない声：`,
      "。起きたことだけを述べたお申し出もあります。内容をご確認ください。",
    ]),
  ];
}
