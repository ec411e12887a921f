import type { Morpheme } from "./morpheme.ts";

/** Base forms as IPADIC gives them: 「ません」 ends in ん, 「せずに」 in ぬ, 「なくて」 in ない. */
const NEGATORS = new Set(["ない", "無い", "ぬ", "ん", "ず", "なし", "まい"]);
const CLAUSE_ENDS = new Set(
  "が けど けれど けれども ので から のに し ば と ながら たら なら".split(" "),
);
const CONTENT = new Set(["名詞", "動詞", "形容詞", "副詞"]);

/** Which morphemes, by index, are denied within their own clause: おいしい in 「おいしくないけど安い」, and not 安い. */
export function findNegated(morphemes: readonly Morpheme[]): ReadonlySet<number> {
  const negated = new Set<number>();
  let clause: number[] = [];
  for (const [index, morpheme] of morphemes.entries()) {
    if (isNegator(morpheme)) {
      for (const earlier of clause) negated.add(earlier);
      clause = [];
    } else if (endsClause(morpheme, morphemes[index + 1])) {
      clause = [];
    } else if (CONTENT.has(morpheme.pos)) {
      clause.push(index);
    }
  }
  return negated;
}

function isNegator(morpheme: Morpheme): boolean {
  return NEGATORS.has(morpheme.base) && ["助動詞", "形容詞"].includes(morpheme.pos);
}

/** 「薄くて、おいしくない」 has two clauses, 「売っていない」 one: て before a dependent verb joins. */
function endsClause(morpheme: Morpheme, next: Morpheme | undefined): boolean {
  if (morpheme.pos === "記号") return true;
  if (morpheme.pos !== "助詞" || morpheme.posDetail !== "接続助詞") return false;
  if (morpheme.base === "て" || morpheme.base === "で") {
    return next === undefined || (next.posDetail !== "非自立" && !isNegator(next));
  }
  return CLAUSE_ENDS.has(morpheme.base);
}
