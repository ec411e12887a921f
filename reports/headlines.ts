import { isGrave } from "../models/taxonomy.ts";
import type { Sentiment } from "../pipeline/schema/enriched-record.ts";
import { type BodilyHarm, HARM_NAME, harmSureness } from "./bodily-harm.ts";
import type { SpanWords } from "./common-report.ts";
import { type Figures, figureOf } from "./figure.ts";
import { type KeyFigure, toldShare } from "./key-figures.ts";
import { type MostSpoken, mostSpoken } from "./most-spoken.ts";
import { countsPart, type Moved, newsText, otherText } from "./moved-sentences.ts";
import { countPart, type Sentence } from "./sentence.ts";
import { comparableLines, type ToldSources } from "./source-change.ts";
import { type Change, isCertain } from "./statistics/change.ts";
import { shortLabel, type TopicLine } from "./topic-table.ts";
import type { Quote } from "./voices/choose-quotes.ts";

/** How many lines a reader takes along. */
const LIMIT = 3;

export type HeadlineInput = ToldSources & {
  readonly harm: BodilyHarm | null;
  /** Grave topics that head nothing. */
  readonly doubtedTopics: readonly string[];
  readonly topics: readonly TopicLine[];
  readonly keyFigures: readonly KeyFigure[];
  readonly figures: Figures;
  /** What is told before the quiet lines. */
  readonly news?: readonly Headline[];
};

export type Headline = {
  readonly sentence: Sentence;
  /** Whose voices bear it out; null where that is everybody's, or where none is quoted. */
  readonly about:
    | "harm"
    | { readonly line: TopicLine; readonly sentiment: Sentiment }
    | { readonly label: string; readonly quotes: readonly Quote[] }
    | null;
};

/**
 * Up to three lines: bodily harm and grave topics, whatever their number; what certainly grew, strongest first, then
 * what certainly shrank; what else is new; then, so that a quiet period has its lines too, the topic with most negative
 * voices, the one with most positive ones, each from three voices on, and the share of voices with something negative.
 * Nothing grew or shrank against a period whose voices have other sources.
 */
export function headlines(
  { harm, doubtedTopics, figures, news = [], ...lined }: HeadlineInput,
  words: SpanWords,
): Headline[] {
  const topics = comparableLines(lined.topics, lined);
  const keyFigures = comparableLines(lined.keyFigures, lined);
  const certain = topics
    .filter((line) => isCertain(surestChange(line)))
    .sort(
      (left, right) =>
        Number(surestChange(right).word === "increased") -
          Number(surestChange(left).word === "increased") ||
        strength(surestChange(right)) - strength(surestChange(left)),
    );
  const graves = topics.filter(
    (line) =>
      isGrave(line) &&
      figureOf(figures, line.negative).value > 0 &&
      !doubtedTopics.includes(line.topic),
  );
  const named = [...graves, ...certain];
  const others = topics.filter((line) => !named.includes(line));
  const blamed = mostSpoken(others, figures, "negative");
  const praised = mostSpoken(topics, figures, "positive");
  const share = shareSentence(keyFigures, figures, words);
  const lines: (Headline | undefined)[] = [
    harm === null ? undefined : { sentence: harmSentence(harm, figures), about: "harm" },
    graveLine(graves, figures),
    ...certain.map((line) => ({
      sentence: changeSentence(line, figures, words),
      about: { line, sentiment: "negative" as const },
    })),
    ...news,
    blamed && {
      sentence: negativeSentence(blamed, figures, words, named.length > 0),
      about: { line: blamed.line, sentiment: "negative" },
    },
    praised && {
      sentence: positiveSentence(praised, figures),
      about: { line: praised.line, sentiment: "positive" },
    },
    share && { sentence: share, about: null },
  ];
  return lines.filter((line) => line !== undefined).slice(0, LIMIT);
}

/** What a line is told for: the change from the period before where there is one, else that from the usual level. */
function surestChange({ change, usual }: TopicLine): Change {
  return isCertain(change) ? change : (usual?.change ?? change);
}

/** Of an interval that excludes 1, how far its nearer end is from it: growth and loss on one scale. */
function strength({ word, low, high }: Change): number {
  const nearer = word === "increased" ? low : high;
  return nearer === null || nearer === 0 ? 0 : Math.abs(Math.log(nearer));
}

/** The share is the news: the counts alone may point the other way where one period has more voices. */
function changeSentence(line: TopicLine, figures: Figures, words: SpanWords): Sentence {
  const moved = movedOf(line);
  return [
    `話題「${line.label}」では、ネガティブな声の割合が${newsText(moved, words)}。`,
    ...countsPart(figures, moved, words),
    `です。${otherText(moved, words)}`,
  ];
}

function movedOf({ negative, previousNegative, change, usual }: TopicLine): Moved {
  return { now: negative, before: previousNegative, change, usual };
}

function harmSentence(harm: BodilyHarm, figures: Figures): Sentence {
  const sureness = harmSureness(figures, harm);
  return [
    `${HARM_NAME}が`,
    countPart(figures, harm.figure),
    `あります（${sureness}）。まず内容をご確認ください。`,
  ];
}

/** @param topics grave ones with negative voices */
function graveLine(topics: readonly TopicLine[], figures: Figures): Headline | undefined {
  const grave = [...topics].sort(
    (left, right) =>
      right.severity - left.severity ||
      figureOf(figures, right.negative).value - figureOf(figures, left.negative).value,
  );
  const [gravest] = grave;
  if (gravest === undefined) return undefined;
  const named = grave.flatMap((line, index): Sentence => {
    return [
      `${index === 0 ? "" : "、"}「${shortLabel(line.label)}」が`,
      countPart(figures, line.negative),
    ];
  });
  return {
    sentence: ["安全にかかわる話題にネガティブな声があります。", ...named, "です。"],
    about: { line: gravest, sentiment: "negative" },
  };
}

function negativeSentence(
  { line, tied }: MostSpoken,
  figures: Figures,
  words: SpanWords,
  isRest: boolean,
): Sentence {
  const moved = movedOf(line);
  return [
    isRest ? "ほかにネガティブな声が多い話題は" : "ネガティブな声が最も多い話題は",
    `「${line.label}」で、`,
    ...countsPart(figures, moved, words),
    `です。${otherText(moved, words)}${tiesText(tied)}`,
  ];
}

function positiveSentence({ line, tied }: MostSpoken, figures: Figures): Sentence {
  return [
    `ポジティブな声が最も多い話題は「${line.label}」で、`,
    countPart(figures, line.positive),
    `です。${tiesText(tied)}`,
  ];
}

function tiesText(tied: string): string {
  return tied === "" ? "" : `${tied}です。`;
}

/** undefined where no share is known. */
export function shareSentence(
  keyFigures: readonly KeyFigure[],
  figures: Figures,
  words: SpanWords,
): Sentence | undefined {
  const line = keyFigures.find(({ measure }) => measure === "negative");
  if (line === undefined || line.share === null || line.change === null) return undefined;
  if (toldShare(figures, line.share) === null) {
    const whole = countPart(figures, "all");
    return [
      `${words.this}の声`,
      whole,
      "のうち、ネガティブを含む声は",
      countPart(figures, line.figure),
      "です。",
    ];
  }
  const moved = { now: line.figure, before: line.previous, change: line.change, usual: line.usual };
  const news = newsText(moved, words);
  return [
    "ネガティブを含む声は、",
    ...countsPart(figures, moved, words),
    `です。${news === "" ? "" : `割合は${news}。`}${otherText(moved, words)}`,
  ];
}
