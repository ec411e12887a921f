import { HARM_SEVERITY } from "../models/bodily-harm.ts";
import { GRAVE_SEVERITY, isGrave } from "../models/taxonomy.ts";
import { BELIEVED, type Harm } from "./bodily-harm.ts";
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
 * Grave topics that head nothing and come before nothing: of severity 5 those with few negative voices and no words of
 * harm; of the others those of which no negative voice is sure, however many there are.
 */
export function doubtedTopics({ topics, figures, harmByTopic, segments }: Told): string[] {
  const isDoubted = (line: TopicLine): boolean => {
    const negative = figureOf(figures, line.negative).value;
    if (negative === 0 || harmByTopic.has(line.topic)) return false;
    if (line.severity === HARM_SEVERITY) return negative < BELIEVED;
    return !segments.some(
      (row) => row.topic === line.topic && row.sentiment === "negative" && isSureOf(line, row),
    );
  };
  return topics.filter((line) => isGrave(line) && isDoubted(line)).map(({ topic }) => topic);
}

/** Whose voices a sentence counts: a page links them, a text has their numbers. */
type ToWatch = { readonly sentence: Sentence; readonly voiceIds: readonly string[] };

/** What no finding and no priority speaks of, and somebody must look at; bodily harm has a line of its own. */
export function graveToWatch({
  topics,
  figures,
  doubtedTopics,
}: Pick<CommonReport, "topics" | "figures" | "doubtedTopics">): ToWatch[] {
  const doubted = topics.filter(
    ({ topic, severity }) => severity < HARM_SEVERITY && doubtedTopics.includes(topic),
  );
  /** A fact told without a word of blame (「ビニール片が入っていました」) may be called neutral. */
  const neutral = topics.filter(
    (line) => isGrave(line) && figureOf(figures, line.neutral).value > 0,
  );
  return [
    ...countsToWatch(
      figures,
      doubted.map(({ label, negative }) => ({ label, figure: negative })),
      {
        before: `深刻度${GRAVE_SEVERITY}の話題かもしれない声（推定・確信度${SURE_GRAVE * 10}割未満）：`,
        after: "。確かではないため、先には載せていません。念のため内容をご確認ください。",
      },
    ),
    ...countsToWatch(
      figures,
      neutral.map(({ label, neutral }) => ({ label, figure: neutral })),
      {
        before: `深刻度${GRAVE_SEVERITY}以上の話題の、ネガティブと判定していない声：`,
        after: "。起きたことだけを述べたお申し出もあります。内容をご確認ください。",
      },
    ),
  ];
}

/** Nothing where there is nothing to count. */
function countsToWatch(
  figures: Figures,
  counted: readonly { readonly label: string; readonly figure: string }[],
  { before, after }: { readonly before: string; readonly after: string },
): ToWatch[] {
  if (counted.length === 0) return [];
  const named = counted.flatMap(({ label, figure }, index): Sentence => {
    return [`${index === 0 ? "" : "、"}「${shortLabel(label)}」`, countPart(figures, figure)];
  });
  const voiceIds = counted.flatMap(({ figure }) => figureOf(figures, figure).voiceIds);
  return [{ sentence: [before, ...named, after], voiceIds: [...new Set(voiceIds)] }];
}
