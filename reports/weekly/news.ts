import { isGrave } from "../../models/taxonomy.ts";
import type { SpanWords } from "../common-report.ts";
import { type Figures, figureOf } from "../figure.ts";
import type { Headline } from "../headlines.ts";
import { countPart, type Sentence } from "../sentence.ts";
import type { TopicLine } from "../topic-table.ts";
import { BASELINE_WEEKS, type RisingTerm } from "./rising-terms.ts";
import { signalHeadline } from "./signal-sentences.ts";
import type { Signal } from "./signals.ts";

type NewsSignal = {
  readonly row: Signal;
  /** When its voices came, where that is not this week. */
  readonly now?: string;
  readonly about?: Headline["about"];
};

type NewsTerm = {
  readonly row: Pick<RisingTerm, "term" | "figure" | "before">;
  readonly about?: Headline["about"];
};

export type News = {
  readonly signal?: NewsSignal | undefined;
  readonly term?: NewsTerm | undefined;
};

/**
 * What a period brought that no share of a topic shows: the surest early signal and the word that rose most; first what
 * is grave, else what more voices tell of.
 */
export function newsOf(
  figures: Figures,
  { signal, term }: News,
  { topics, words }: { readonly topics: readonly TopicLine[]; readonly words: SpanWords },
): Headline[] {
  const line = topics.find(({ topic }) => topic === signal?.row.topic);
  const lines: Headline[] = [];
  if (signal !== undefined) {
    const { row, now, about = null } = signal;
    lines.push({ sentence: signalHeadline(row, line?.label ?? row.topic, now), about });
  }
  if (term !== undefined) {
    const { row, about = null } = term;
    lines.push({ sentence: termSentence(figures, row, words), about });
  }
  if (signal === undefined || term === undefined) return lines;
  const countOf = ({ row }: NewsSignal | NewsTerm) => figureOf(figures, row.figure).value;
  const isSignalFirst = (line !== undefined && isGrave(line)) || countOf(signal) >= countOf(term);
  return isSignalFirst ? lines : lines.reverse();
}

function termSentence(
  figures: Figures,
  { term, figure, before }: NewsTerm["row"],
  words: SpanWords,
): Sentence {
  const count = countPart(figures, figure);
  return before === 0
    ? [
        `前の${BASELINE_WEEKS}週間にはなかったことば「${term}」が、${words.this}は`,
        count,
        "の声にあります。",
      ]
    : [`「${term}」ということばを含む声が、${words.this}は`, count, "に増えました。"];
}
