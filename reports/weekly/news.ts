import { isGrave } from "../../models/taxonomy.ts";
import type { SpanWords } from "../common-report.ts";
import { type Figures, figureOf } from "../figure.ts";
import { countPart, type Sentence } from "../sentence.ts";
import type { TopicLine } from "../topic-table.ts";
import { BASELINE_WEEKS, type RisingTerm } from "./rising-terms.ts";
import { signalHeadline } from "./signal-sentences.ts";
import type { Signal } from "./signals.ts";

type NewsTerm = Pick<RisingTerm, "term" | "figure" | "before">;

export type News = { readonly signal?: Signal | undefined; readonly term?: NewsTerm | undefined };

/** Which of the two is told first: what is grave, else what more voices tell of. */
export function newsFirst(
  figures: Figures,
  { signal, term }: News,
  topics: readonly TopicLine[],
): "signal" | "term" {
  if (signal === undefined || term === undefined) return signal === undefined ? "term" : "signal";
  const line = topics.find(({ topic }) => topic === signal.topic);
  const isCommoner = figureOf(figures, signal.figure).value >= figureOf(figures, term.figure).value;
  return isCommoner || (line !== undefined && isGrave(line)) ? "signal" : "term";
}

/** What a week brought that no share of a topic shows: the surest early signal, and the word that rose most. */
export function newsOf(
  figures: Figures,
  news: News,
  { topics, words }: { readonly topics: readonly TopicLine[]; readonly words: SpanWords },
): Sentence[] {
  const { signal, term } = news;
  const lines = [
    signal === undefined ? [] : [signalHeadline(signal, topicLabel(signal, topics))],
    term === undefined ? [] : [termSentence(figures, term, words)],
  ];
  return (newsFirst(figures, news, topics) === "signal" ? lines : lines.reverse()).flat();
}

export function topicLabel({ topic }: Signal, topics: readonly TopicLine[]): string {
  return topics.find((line) => line.topic === topic)?.label ?? topic;
}

export function termSentence(
  figures: Figures,
  { term, figure, before }: NewsTerm,
  words: SpanWords,
): Sentence {
  const count = countPart(figures, figure);
  return before === 0
    ? [
        `前の${BASELINE_WEEKS}週になかったことば「${term}」が、${words.this}`,
        count,
        "の声にあります。",
      ]
    : [`「${term}」ということばを含む声が、${words.this}は`, count, "に増えました。"];
}
