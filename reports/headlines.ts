import type { SpanWords } from "./common-report.ts";
import { type Figures, figureOf } from "./figure.ts";
import { formatPercent, formatRatio } from "./format-japanese.ts";
import type { KeyFigure } from "./key-figures.ts";
import { countPart, type Sentence } from "./sentence.ts";
import type { TopicLine } from "./topic-table.ts";

/** How many lines a reader takes along. */
const LIMIT = 3;

export type HeadlineInput = {
  readonly topics: readonly TopicLine[];
  readonly keyFigures: readonly KeyFigure[];
  readonly figures: Figures;
};

/**
 * Up to three lines: what certainly grew, strongest first, then what certainly shrank; then, so that a quiet period has
 * its lines too, the topic with most negative voices, the one with most positive ones, and the share of
 * voices with something negative.
 */
export function headlines(
  { topics, keyFigures, figures }: HeadlineInput,
  words: SpanWords,
): Sentence[] {
  const certain = topics
    .filter(({ change }) => change.word === "increased" || change.word === "decreased")
    .sort(
      (left, right) =>
        Number(right.change.word === "increased") - Number(left.change.word === "increased") ||
        strength(right) - strength(left),
    );
  const sentences = certain.slice(0, LIMIT).map((line) => changeSentence(line, figures, words));
  const mostNegative = topics.find(
    (line) => !certain.includes(line) && figureOf(figures, line.negative).value > 0,
  );
  if (sentences.length < LIMIT && mostNegative !== undefined) {
    sentences.push(negativeSentence(mostNegative, figures, words, certain.length > 0));
  }
  const praised = mostPositive(topics, figures);
  if (sentences.length < LIMIT && praised !== undefined) {
    sentences.push(positiveSentence(praised, figures));
  }
  const share = shareSentence(keyFigures, figures, words);
  if (sentences.length < LIMIT && share !== undefined) sentences.push(share);
  return sentences;
}

/** Of an interval that excludes 1, how far its nearer end is from it: growth and loss on one scale. */
function strength({ change }: TopicLine): number {
  const nearer = change.word === "increased" ? change.low : change.high;
  return nearer === null || nearer === 0 ? 0 : Math.abs(Math.log(nearer));
}

function changeSentence(line: TopicLine, figures: Figures, words: SpanWords): Sentence {
  const verb = line.change.word === "increased" ? "増えました" : "減りました";
  const now: Sentence = [
    `「${line.label}」のネガティブな声が${verb}。${words.this}`,
    countPart(figures, line.negative),
  ];
  const { ratio } = line.change;
  if (ratio === null) return [...now, `で、${words.previous}はありませんでした。`];
  return [
    ...now,
    `、${words.previous}`,
    countPart(figures, line.previousNegative),
    `で、割合は${formatRatio(ratio)}倍です。`,
  ];
}

function negativeSentence(
  line: TopicLine,
  figures: Figures,
  words: SpanWords,
  isRest: boolean,
): Sentence {
  return [
    isRest ? "ほかにネガティブな声が多い話題は" : "ネガティブな声が最も多い話題は",
    `「${line.label}」の`,
    countPart(figures, line.negative),
    line.change.word === "unclear"
      ? `です。${words.previous}から変わったとは言えません。`
      : `です。増減は判断できません。`,
  ];
}

function mostPositive(topics: readonly TopicLine[], figures: Figures): TopicLine | undefined {
  const count = (line: TopicLine) => figureOf(figures, line.positive).value;
  const [first] = [...topics].sort((left, right) => count(right) - count(left));
  return first !== undefined && count(first) > 0 ? first : undefined;
}

function positiveSentence(line: TopicLine, figures: Figures): Sentence {
  return [
    `ポジティブな声が最も多い話題は「${line.label}」の`,
    countPart(figures, line.positive),
    "です。",
  ];
}

function shareSentence(
  keyFigures: readonly KeyFigure[],
  figures: Figures,
  words: SpanWords,
): Sentence | undefined {
  const line = keyFigures.find(({ measure }) => measure === "negative");
  if (line === undefined || line.share === null || line.change === null) return undefined;
  const { share, previousShare, change } = line;
  const before =
    previousShare === null ? "" : `（${words.previous} ${formatPercent(previousShare.value)}）`;
  return [
    "ネガティブを含む声は",
    countPart(figures, line.figure),
    `で、声全体の${formatPercent(share.value)}${before}です。`,
    SHARE_ENDINGS[change.word],
  ];
}

const SHARE_ENDINGS: Readonly<Record<KeyFigureWord, string>> = {
  increased: "割合は増えました。",
  decreased: "割合は減りました。",
  unclear: "割合が変わったとは言えません。",
  few: "増減は判断できません。",
  "nothing-before": "",
};
type KeyFigureWord = NonNullable<KeyFigure["change"]>["word"];
