import type { Morpheme } from "../../../models/morpheme.ts";

/**
 * Whether a piece ends as a sentence does, so that a comma or a blank behind it stands for a full stop.
 * Its last word is a predicate in its plain form, and a particle before it tells 「駅から近い、」 from 「安い、うまい」.
 */
export function endsAsSentence(morphemes: readonly Morpheme[], from: number, end: number): boolean {
  const last = morphemes[end];
  if (last === undefined || last.surface !== last.base) return false;
  if (last.posDetail === "終助詞") return true;
  const isPredicate = PREDICATES.has(last.pos) || last.posDetail === "形容動詞語幹";
  return isPredicate && hasParticle(morphemes, from, end);
}

const PREDICATES = new Set(["助動詞", "動詞", "形容詞"]);

function hasParticle(morphemes: readonly Morpheme[], from: number, end: number): boolean {
  for (let index = from; index < end; index += 1) {
    const detail = morphemes[index]?.posDetail;
    if (detail === "格助詞" || detail === "係助詞" || detail === "並立助詞") return true;
  }
  return false;
}
