import type { Morpheme } from "../../models/morpheme.ts";
import type { Span } from "./segment/segment-text.ts";
import { STOP_ADVERBS, STOP_NOUNS, STOP_SUFFIXES, STOP_VERBS } from "./stop-words.ts";

/** A base form or compound as counted in analysis; spans count code points of the masked text. */
export type Term = { readonly term: string; readonly start: number; readonly end: number };

/**
 * The terms of one segment, in order: nouns that stand together as one (賞味期限, not 賞味 and 期限), verbs, adjectives
 * and adverbs of manner in their base form. A suru-verb is its noun; numbers, placeholders and words that only point
 * are out.
 *
 * @param morphemes of the whole text
 */
export function extractTerms(morphemes: readonly Morpheme[], span: Span): Term[] {
  const terms: Term[] = [];
  let run: Morpheme[] = [];
  for (let index = firstFrom(morphemes, span.start); index < morphemes.length; index += 1) {
    const morpheme = morphemes[index];
    if (morpheme === undefined || morpheme.end > span.end) break;
    if (joinsRun(morpheme, run.at(-1), morphemes[index + 1])) {
      run.push(morpheme);
      continue;
    }
    if (run.length > 0) {
      terms.push(...toCompound(run));
      run = [];
    }
    if (isTermWord(morpheme)) terms.push(toTerm(morpheme.base, morpheme, morpheme));
  }
  terms.push(...toCompound(run));
  return terms;
}

/** By halving: a voice of 20,000 code points can have thousands of segments. */
function firstFrom(morphemes: readonly Morpheme[], start: number): number {
  let low = 0;
  let high = morphemes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((morphemes[middle]?.start ?? start) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** IPADIC's second levels of the nouns that make terms, alone or in a compound. */
const NOUNS = new Set([
  "一般",
  "サ変接続",
  "固有名詞",
  "形容動詞語幹",
  "ナイ形容詞語幹",
  "副詞可能",
]);
const WORD = /\p{L}/u;

/** Whether a morpheme belongs to the compound that `last` ends, or begins one. */
function joinsRun(morpheme: Morpheme, last?: Morpheme, after?: Morpheme): boolean {
  const { pos, posDetail, surface } = morpheme;
  switch (pos) {
    case "接頭詞":
      return last === undefined && posDetail === "名詞接続" && !POLITE.test(surface);
    case "記号":
      return surface === "-" && /[A-Za-z0-9]$/.test(last?.surface ?? "");
    case "動詞":
      return last?.pos === "名詞" && isNominal(morpheme, after);
    case "名詞":
      if (posDetail === "数") return isLatinNumber(surface, last);
      if (posDetail === "接尾") return last !== undefined && !STOP_SUFFIXES.has(surface);
      return NOUNS.has(posDetail) && WORD.test(surface);
    default:
      return false;
  }
}

/** 「お土産」 and 「土産」 are one term. */
const POLITE = /^[おご御]$/;

/** 品揃え「が」, 子供連れ「の」: a verb's stem behind a noun and before such a particle is the end of a compound. */
function isNominal({ posDetail, surface, base }: Morpheme, after?: Morpheme): boolean {
  return (
    posDetail === "自立" &&
    surface !== base &&
    !STOP_VERBS.has(base) &&
    after?.pos === "助詞" &&
    /^[がをのもは]$/.test(after.surface)
  );
}

/** Digits belong to a term inside a Latin name only: A5ランク, Covid-19. */
function isLatinNumber(surface: string, last?: Morpheme): boolean {
  return /^[0-9]+$/.test(surface) && /[A-Za-z-]$/.test(last?.surface ?? "");
}

function toCompound(run: readonly Morpheme[]): Term[] {
  const parts = [...run];
  while (isLooseHead(parts)) parts.shift();
  while (isLooseTail(parts)) parts.pop();
  const first = parts[0];
  const last = parts.at(-1);
  if (first === undefined || last === undefined) return [];
  if (parts.length === 1 && isEmptyNoun(first)) return [];
  return [toTerm(parts.map((each) => each.surface).join(""), first, last)];
}

/** 「今回」観光, 「全体」的; a suffix does not stand without its noun. */
function isLooseHead([first, second]: readonly Morpheme[]): boolean {
  if (first === undefined) return false;
  if (first.posDetail === "接尾" || first.pos === "記号") return true;
  return STOP_NOUNS.has(first.surface) && (second === undefined || second.posDetail !== "接尾");
}

/** 利用「時」, 金沢「等」; not 建築物, whose 物 is a suffix. */
function isLooseTail(parts: readonly Morpheme[]): boolean {
  const last = parts.at(-1);
  if (last === undefined || last.posDetail === "接尾") return false;
  return last.pos === "記号" || last.pos === "接頭詞" || STOP_NOUNS.has(last.surface);
}

function isEmptyNoun({ surface, posDetail }: Morpheme): boolean {
  if (posDetail === "副詞可能" || STOP_ADVERBS.has(surface)) return true;
  return /^(?:[\p{Script=Hiragana}A-Za-z0-9ー]|w+)$/u.test(surface);
}

function toTerm(term: string, first: Morpheme, last: Morpheme): Term {
  return { term, start: first.start, end: last.end };
}

function isTermWord({ pos, posDetail, base }: Morpheme): boolean {
  switch (pos) {
    case "動詞":
    case "形容詞":
      return posDetail === "自立" && !STOP_VERBS.has(base);
    case "副詞":
      return MANNER.test(base) && !STOP_ADVERBS.has(base);
    default:
      return false;
  }
}

/** The shapes of adverbs that say how: ゆっくり, のんびり; きちんと, ちゃんと; どんどん, まあまあ. */
const MANNER = /^(?:..+り|..?んと|(..)\1)$/u;
