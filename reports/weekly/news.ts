import { type Figures, figureOf } from "../figure.ts";
import { formatCount } from "../format-japanese.ts";
import { countPart, type Sentence } from "../sentence.ts";
import { shortLabel, type TopicLine } from "../topic-table.ts";
import { BASELINE_WEEKS, type RisingTerm } from "./rising-terms.ts";
import type { Signal, Signals } from "./signals.ts";

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
  const word = term === undefined ? undefined : wordLine(figures, term);
  return [
    ...(signal === undefined ? [] : [signalLine(figures, signal, topics)]),
    ...(word === undefined ? [] : [word]),
  ];
}

function signalLine(figures: Figures, signal: Signal, topics: readonly TopicLine[]): Sentence {
  const { subject, lot, topic, weeks, expected, figure } = signal;
  const label = topics.find((line) => line.topic === topic)?.label ?? topic;
  const [now, usual] = weeks === 1 ? ["今週", "いつもの週"] : ["前週と今週で", "いつもの2週間"];
  const few = expected < 1 ? "1名未満" : `${formatCount(Math.round(expected))}名ほど`;
  return [
    `「${subject}」${lot === null ? "" : `（ロット ${lot}）`}の「${shortLabel(label)}」で、ネガティブな声が${now}`,
    countPart(figures, figure),
    `重なりました（${usual}なら${few}）。`,
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
