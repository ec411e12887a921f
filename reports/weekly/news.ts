import { type Figures, figureOf } from "../figure.ts";
import { countPart, type Sentence } from "../sentence.ts";
import type { TopicLine } from "../topic-table.ts";
import { BASELINE_WEEKS, type RisingTerm } from "./rising-terms.ts";
import { signalHeadline } from "./signal-sentences.ts";
import type { Signals } from "./signals.ts";

/** In fewer voices, or not even twice as frequent for certain, a word stays in its own section. */
const FEWEST_VOICES = 8;
const LEAST_RATIO = 2;

/** What a week brought that no share of a topic shows: the surest early signal, and the word that rose most. */
export function newsOf(
  figures: Figures,
  { rows: [signal] }: Signals,
  [term]: readonly RisingTerm[],
  topics: readonly TopicLine[],
): Sentence[] {
  const labelOf = (topic: string) => topics.find((line) => line.topic === topic)?.label ?? topic;
  const word = term === undefined ? undefined : wordLine(figures, term);
  return [
    ...(signal === undefined ? [] : [signalHeadline(signal, labelOf(signal.topic))]),
    ...(word === undefined ? [] : [word]),
  ];
}

function wordLine(figures: Figures, { term, figure, before, low }: RisingTerm) {
  const isCommon = figureOf(figures, figure).value >= FEWEST_VOICES;
  if (!isCommon || low === null || low < LEAST_RATIO) return undefined;
  const count = countPart(figures, figure);
  return before === 0
    ? [`前の${BASELINE_WEEKS}週になかったことば「${term}」が、今週`, count, "の声にあります。"]
    : [`「${term}」ということばを含む声が、今週は`, count, "に増えました。"];
}
