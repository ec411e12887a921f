import type { Morpheme } from "../../../models/morpheme.ts";

/** Whether a clause that something else is set against ends with the morpheme at `index`: 味は良い**が**. */
export function isContrastEnd(morphemes: readonly Morpheme[], index: number): boolean {
  const each = morphemes[index];
  if (each === undefined) return false;
  const before = morphemes[index - 1];
  const after = morphemes[index + 1];
  if (each.surface === "が") return isContrastGa(each, before, after);
  if (each.surface === "のに") return each.posDetail === "接続助詞" && !isPurpose(before, after);
  if (CONTRAST.has(each.surface)) return each.pos === "助詞";
  if (each.surface === "に") return before?.surface === "くせ" && before.posDetail === "非自立";
  if (each.surface === "ず" || each.surface === "わら" || each.surface === "わらず") {
    return /にも(?:かか|関|拘)わらず$/.test(joinBack(morphemes, index));
  }
  return isAside(morphemes, index);
}

/** Conjunctions that set what follows against what was said. */
export function isContrastStart({ surface, pos }: Morpheme): boolean {
  return pos === "接続詞" && CONJUNCTIONS.has(surface);
}

const CONTRAST = new Set(["けど", "けれど", "けれども", "けども", "ものの"]);

const CONJUNCTIONS = new Set([
  "しかし",
  "しかしながら",
  "でも",
  "ただ",
  "ただし",
  "但し",
  "だけど",
  "だけども",
  "けど",
  "けれど",
  "けれども",
  "ですが",
  "だが",
  "が",
  "一方",
  "一方で",
  "反面",
  "ところが",
  "それでも",
  "とはいえ",
  "もっとも",
]);

/**
 * IPADIC files some 「が」 behind a polite ending under 格助詞, and some behind a noun it takes for a verb's stem
 * (水ぶくれが) under 接続助詞. What is set against something stands in its plain form.
 */
function isContrastGa(each: Morpheme, before?: Morpheme, after?: Morpheme): boolean {
  if (each.pos !== "助詞" || before === undefined) return false;
  if (before.surface !== before.base && before.surface !== "ん") return false;
  if (each.posDetail === "接続助詞") return true;
  return before.pos === "助動詞" && after?.posDetail === "読点";
}

/** 「買うのに時間がかかる」: the dictionary form of a verb and no comma say what for, not although. */
function isPurpose(before?: Morpheme, after?: Morpheme): boolean {
  return before?.pos === "動詞" && before.surface === before.base && after?.posDetail !== "読点";
}

/** 「安い一方で」「便利な反面」: only behind a predicate, and 一方 only as 一方で or before a comma. */
function isAside(morphemes: readonly Morpheme[], index: number): boolean {
  const surface = morphemes[index]?.surface;
  const after = morphemes[index + 1];
  if (surface === "で") {
    return isAsideNoun(morphemes[index - 1]) && isPredicate(morphemes[index - 2]);
  }
  if (!isAsideNoun(morphemes[index]) || !isPredicate(morphemes[index - 1])) return false;
  return surface === "反面" ? after?.surface !== "で" : after?.posDetail === "読点";
}

function isAsideNoun(morpheme?: Morpheme): boolean {
  return morpheme?.surface === "反面" || morpheme?.surface === "一方";
}

function isPredicate(morpheme?: Morpheme): boolean {
  return PREDICATES.has(morpheme?.pos ?? "");
}

const PREDICATES = new Set(["助動詞", "動詞", "形容詞"]);

/** 「にもかかわらず」 is five morphemes at most. */
const LOOK_BACK = 5;

function joinBack(morphemes: readonly Morpheme[], index: number): string {
  return morphemes
    .slice(Math.max(0, index - LOOK_BACK + 1), index + 1)
    .map((each) => each.surface)
    .join("");
}
