import type { Morpheme } from "./morpheme.ts";
import { endsClause, findNegated } from "./negation.ts";

/** Sets of base forms: a word of each, in this order. */
export type WordRule = readonly ReadonlySet<string>[];

/** Rules that are looked for together. */
export type WordRules = {
  readonly rules: readonly WordRule[];
  /** The first words of all: most texts hold none of them. */
  readonly first: ReadonlySet<string>;
};

/** Indices of a happening's first and last word. */
export type Told = { readonly start: number; readonly end: number };

/** In the rest of the clause they say that it is feared, imagined or prevented. */
const DOUBTS = wordSet(
  "かも 恐れ おそれ 心配 不安 怖い こわい 危険 注意 つける 付ける ほど 程 くらい 場合 可能 防ぐ 防止 予防 前 たい 持ち やすい 覚悟 用 止め 対策 効く 治る おさまる 収まる 治まる 和らぐ やわらぐ ゼロ 噂 うわさ にくい 難い づらい",
);
const CONDITIONS = wordSet("たら だら ば なら ても でも か ? ？");

/** 「お腹を少しこわした」: as far apart as two words of one happening may be. */
export const REACH = 4;

/**
 * Finds what a text says in plain words to have happened: the words of a rule, one after another within a clause. Not
 * where it is denied, asked or only thought of.
 */
export function findTold(morphemes: readonly Morpheme[], { rules, first }: WordRules): Told[] {
  if (first.size === 0) return [];
  const found: Told[] = [];
  for (let start = 0; start < morphemes.length; start += 1) {
    if (!first.has(morphemes[start]?.base ?? "")) continue;
    for (const rule of rules) {
      const end = findEnd(morphemes, start, rule);
      if (end !== undefined) found.push({ start, end });
    }
  }
  if (found.length === 0) return [];
  const negated = findNegated(morphemes);
  return found.filter(({ end }) => (negated.get(end) ?? 0) % 2 === 0 && !isDoubted(morphemes, end));
}

/** @param lists of each rule, each of words between blanks */
export function wordRules(lists: readonly (readonly string[])[]): WordRules {
  const rules = lists.map((rule) => rule.map((list) => wordSet(list)));
  return { rules, first: new Set(rules.flatMap(([first = []]) => [...first])) };
}

/** @param lists of words between blanks */
export function wordSet(...lists: readonly string[]): ReadonlySet<string> {
  return new Set(lists.join(" ").split(" "));
}

/** @returns the index of its last word, where the rule's words follow one another from this one on */
function findEnd(
  morphemes: readonly Morpheme[],
  start: number,
  rule: WordRule,
): number | undefined {
  if (!rule[0]?.has(morphemes[start]?.base ?? "")) return undefined;
  let end = start;
  for (const words of rule.slice(1)) {
    const near = morphemes.slice(end + 1, end + 1 + REACH);
    const found = near.findIndex(({ base, pos }) => words.has(base) || pos === "記号");
    if (found < 0 || near[found]?.pos === "記号") return undefined;
    end += found + 1;
  }
  return end;
}

function isDoubted(morphemes: readonly Morpheme[], end: number): boolean {
  for (const [offset, morpheme] of morphemes.slice(end + 1).entries()) {
    const { surface, base, posDetail } = morpheme;
    if (DOUBTS.has(base) || CONDITIONS.has(surface)) return true;
    // 「切りそう」 and 「切ると」 are thought of; 「切ったそう」 and 「切ったと」 are told.
    if (base === "そう" && posDetail === "接尾") return true;
    if (base === "と" && posDetail === "接続助詞") return true;
    if (endsClause(morpheme, morphemes[end + offset + 2])) return false;
  }
  return false;
}
