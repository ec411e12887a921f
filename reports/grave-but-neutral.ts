import { GRAVE_SEVERITY, isGrave } from "../models/taxonomy.ts";
import type { CommonReport } from "./common-report.ts";
import { figureOf } from "./figure.ts";
import { countPart, type Sentence } from "./sentence.ts";
import { shortLabel } from "./topic-table.ts";

/**
 * A fact told without a word of blame (「ビニール片が入っていました」) may be called neutral, and then no finding and no
 * priority speaks of it.
 *
 * @returns null where no grave topic has such a voice
 */
export function graveButNeutral({
  topics,
  figures,
}: Pick<CommonReport, "topics" | "figures">): Sentence | null {
  const told = topics.filter((line) => isGrave(line) && figureOf(figures, line.neutral).value > 0);
  if (told.length === 0) return null;
  const named = told.flatMap(({ label, neutral }, index): Sentence => {
    return [`${index === 0 ? "" : "、"}「${shortLabel(label)}」`, countPart(figures, neutral)];
  });
  return [
    `深刻度${GRAVE_SEVERITY}以上の話題の、ネガティブと判定していない声：`,
    ...named,
    "。起きたことだけを述べたお申し出もあります。内容をご確認ください。",
  ];
}
