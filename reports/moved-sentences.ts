import type { SpanWords } from "./common-report.ts";
import { formatShare, tellsShares } from "./few-voices.ts";
import { type Figures, figureOf } from "./figure.ts";
import { cellText } from "./formats/cell-text.ts";
import type { Baseline } from "./past/past.ts";
import { countPart, type Sentence } from "./sentence.ts";
import { type Change, isCertain } from "./statistics/change.ts";
import { shareIn } from "./told-moves.ts";
import { USUAL } from "./words.ts";

/** What is counted in a period and in the one before, and how its share moved. */
export type Moved = {
  readonly now: string;
  readonly before: string;
  readonly change: Change;
  readonly usual: Baseline | null;
};

/** 今週45件・声全体の9.0%（前週30件・5.5%、いつも4.0%）: what the two comparisons that follow are about. */
export function countsPart(figures: Figures, moved: Moved, words: SpanWords): Sentence {
  const { now, before, change, usual } = moved;
  const whole = figureOf(figures, "all").value;
  const share = cellText(shareIn(figures, now), "share");
  const previousShare = cellText(shareIn(figures, before, "all-previous"), "share");
  const isKnown = change.word !== "nothing-before" && change.word !== "begun-before";
  const previous: Sentence = isKnown
    ? [words.previous, countPart(figures, before), previousShare === "" ? "" : `・${previousShare}`]
    : [];
  const usually =
    usual === null || !tellsShares(whole) ? "" : `${USUAL}${formatShare(usual.level, whole)}`;
  const against = [...previous, previous.length > 0 && usually !== "" ? "、" : "", usually].filter(
    (part) => part !== "",
  );
  return [
    words.this,
    countPart(figures, now),
    share === "" ? "" : `・声全体の${share}`,
    ...(against.length === 0 ? [] : ["（", ...against, "）"]),
  ];
}

/** The surest news of the two comparisons, to end a sentence on; empty where neither says anything for certain. */
export function newsText({ change, usual }: Moved, { previous }: SpanWords): string {
  if (change.word === "increased") return `${previous}から増えました`;
  if (change.word === "decreased") return `${previous}から減りました`;
  if (!isCertain(usual?.change)) return "";
  return `いつもの水準を${sideText(usual?.change)}`;
}

/** What the other comparison says, as sentences of their own. */
export function otherText({ change, usual }: Moved, words: SpanWords): string {
  const unclear = "変わったとは言えません。";
  if (isCertain(change)) {
    if (usual?.change.word === "unclear") return "いつもの水準と違うとは言えません。";
    if (!isCertain(usual?.change)) return "";
    // A change back to normal is another matter than a change away from it.
    const isAlike = usual?.change.word === change.word;
    return `いつもの水準${isAlike ? "も" : "は、まだ"}${sideText(usual?.change)}。`;
  }
  if (change.word === "few") return `${words.previous}と比べるには件数が少なすぎます。`;
  if (change.word === "begun-before") return "増減は判断できません。";
  if (change.word !== "unclear") return "";
  if (isCertain(usual?.change)) return `${words.previous}からは変化とは言えません。`;
  return usual?.change.word === "unclear"
    ? `${words.previous}からも、いつもの水準からも、${unclear}`
    : `${words.previous}から${unclear}`;
}

function sideText(change: Change | undefined): string {
  return change?.word === "increased" ? "上回っています" : "下回っています";
}
