import { isGrave } from "../../models/taxonomy.ts";
import type { SpanWords } from "../common-report.ts";
import { type Figures, figureOf } from "../figure.ts";
import { formatCount } from "../format-japanese.ts";
import { countPart, type Sentence } from "../sentence.ts";
import { shortLabel, type TopicLine } from "../topic-table.ts";
import { BASELINE_WEEKS, type RisingTerm } from "./rising-terms.ts";
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
  const [now, usual] =
    signal?.weeks === 2 ? ["前週と今週で", "いつもの2週間"] : [words.this, "いつもの週"];
  const lines = [
    signal === undefined ? [] : [signalSentence(figures, signal, { topics, now, usual })],
    term === undefined ? [] : [termSentence(figures, term, words)],
  ];
  return (newsFirst(figures, news, topics) === "signal" ? lines : lines.reverse()).flat();
}

/** @param now when its voices came; `usual` what the expected number is of */
export function signalSentence(
  figures: Figures,
  { subject, lot, topic, expected, figure }: Signal,
  {
    topics,
    now,
    usual,
  }: { readonly topics: readonly TopicLine[]; readonly now: string; readonly usual: string },
): Sentence {
  const label = topics.find((line) => line.topic === topic)?.label ?? topic;
  const few = expected < 1 ? "1名未満" : `${formatCount(Math.round(expected))}名ほど`;
  return [
    `「${subject}」${lot === null ? "" : `（ロット ${lot}）`}の「${shortLabel(label)}」で、ネガティブな声が${now}`,
    countPart(figures, figure),
    `重なりました（${usual}なら${few}）。`,
  ];
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
