import type { Morpheme } from "./morpheme.ts";

/** Base forms as IPADIC gives them: 「ません」 ends in ん, 「せずに」 in ぬ, 「なくて」 in ない. */
export const NEGATORS: ReadonlySet<string> = new Set([
  "ない",
  "無い",
  "ぬ",
  "ん",
  "ず",
  "なし",
  "まい",
]);
const CLAUSE_ENDS = new Set(
  "が けど けれど けれども ので から のに し ば と ながら たら なら".split(" "),
);
const CONTENT = new Set(["名詞", "動詞", "形容詞", "副詞"]);
/** 「まずいわけではない」, 「遅いことはない」, 「悪いとは言わない」: what carries the denial is empty itself. */
const EMPTY = new Set(
  "わけ 訳 こと もの はず 言う いう 思う ある する なる いる できる くれる もらう".split(" "),
);

/**
 * How often each morpheme, by index, is denied within its own clause: おいしい once in 「おいしくないけど安い」, and
 * 安い not at all; twice in 「おいしくなくはない」 and 「食べないわけではない」, which affirm.
 */
export function findNegated(morphemes: readonly Morpheme[]): ReadonlyMap<number, number> {
  const denials = new Map<number, number>();
  let clause: number[] = [];
  let isDenied = false;
  for (const [index, morpheme] of morphemes.entries()) {
    if (isNegator(morpheme)) {
      denyAll(clause, denials);
      isDenied = true;
    } else if (endsClause(morpheme, morphemes[index + 1])) {
      clause = [];
      isDenied = false;
    } else if (CONTENT.has(morpheme.pos)) {
      // After a denial only what can carry a second one goes on with the clause.
      const goesOn: boolean = !isDenied || EMPTY.has(morpheme.base);
      if (!goesOn) clause = [];
      clause.push(index);
      isDenied = isDenied && goesOn;
    }
  }
  return denials;
}

function denyAll(clause: readonly number[], denials: Map<number, number>): void {
  for (const index of clause) denials.set(index, (denials.get(index) ?? 0) + 1);
}

function isNegator({ base, pos }: Morpheme): boolean {
  return (pos === "助動詞" || pos === "形容詞") && NEGATORS.has(base);
}

/** 「薄くて、おいしくない」 has two clauses, 「売っていない」 one: て before a dependent verb joins. */
export function endsClause(morpheme: Morpheme, next: Morpheme | undefined): boolean {
  if (morpheme.pos === "記号") return true;
  if (morpheme.pos !== "助詞" || morpheme.posDetail !== "接続助詞") return false;
  if (morpheme.base === "て" || morpheme.base === "で") {
    return next === undefined || (next.posDetail !== "非自立" && !isNegator(next));
  }
  return CLAUSE_ENDS.has(morpheme.base);
}
