import { type Analyzer, TokenizeMismatchError } from "../../models/morphemes.ts";

/** Says whether the span [start, end) of a text, in code points, is a word or several. */
export type IsWhole = (start: number, end: number) => boolean;

/**
 * A name is a word where morphemes end at its borders: 「パン」 is none in 「パンツ」. The dictionary has no user words, and cuts
 * made-up names in hiragana anywhere (ぷっちょを/買っ/た); so the words around a longer name are read without it, too.
 */
export function wholeWords(text: string, analyzer: Analyzer): IsWhole {
  let borders: ReadonlySet<number> | undefined;
  return (start, end) => {
    borders ??= new Set(analyze(analyzer, text).flatMap((each) => [each.start, each.end]));
    if (borders.has(start) && borders.has(end)) return true;
    return end - start >= LONG_NAME && isWordAmong([...text], { start, end }, analyzer);
  };
}

/** In code points: a shorter one is too often a part of another word by chance. */
const LONG_NAME = 4;
/** A noun to the dictionary, as it is to a reader. */
const STAND_IN = "ヌヌヌヌ";
const BEHIND_A_NAME = new Set(["助詞", "助動詞", "記号", "動詞", "形容詞"]);

function isWordAmong(
  points: readonly string[],
  { start, end }: { readonly start: number; readonly end: number },
  analyzer: Analyzer,
): boolean {
  const [before = "", first = ""] = points.slice(Math.max(0, start - 1), start + 1);
  if (start > 0 && RUNS.some((run) => run.test(before) && run.test(first))) return false;
  const around = [...points.slice(0, start), STAND_IN, ...points.slice(end)].join("");
  const behind = start + STAND_IN.length;
  const next = analyze(analyzer, around).find((morpheme) => morpheme.end > behind);
  return next === undefined || (next.start === behind && BEHIND_A_NAME.has(next.pos));
}

/** Scripts in which a word goes on until the script ends: 「ミルクピノラテ」 is another product than 「ピノラテ」. */
const RUNS = [/[\p{Script=Katakana}ー]/u, /\p{Script=Han}/u, /[\p{Script=Latin}\p{N}]/u];

function analyze(analyzer: Analyzer, text: string): ReturnType<Analyzer["analyze"]> {
  try {
    return analyzer.analyze(text);
  } catch (cause) {
    // One text that an early epoch took in must not keep all others from being linked.
    if (cause instanceof TokenizeMismatchError) return [];
    throw cause;
  }
}
