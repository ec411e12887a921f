import { createRequire } from "node:module";
import path from "node:path";
import kuromoji, { type IpadicFeatures, type Tokenizer } from "kuromoji";
import { KizukiError, ModelError } from "../pipeline/errors.ts";
import { countCodePoints } from "../pipeline/text/code-points.ts";
import { chunkForAnalysis } from "./chunk-for-analysis.ts";
import type { Morpheme } from "./morpheme.ts";

/** The pieces do not join up to the text: a caller rejects that record with "tokenize mismatch". */
export class TokenizeMismatchError extends KizukiError {
  readonly code = "KIZUKI_TOKENIZE_MISMATCH";
}

export interface Analyzer {
  /**
   * @returns morphemes whose surfaces join up to the text and whose spans touch
   * @throws TokenizeMismatchError where kuromoji loses or changes a character
   */
  analyze(text: string): Morpheme[];
}

/** Reads the dictionary: about 0.6 s and 390 MB, so one analyser for each process. */
export function loadAnalyzer(): Promise<Analyzer> {
  const home = path.dirname(createRequire(import.meta.url).resolve("kuromoji/package.json"));
  const dicPath = path.join(home, "dict");
  return new Promise((resolve, reject) => {
    kuromoji.builder({ dicPath }).build((cause: Error | null, tokenizer) => {
      if (cause) reject(new ModelError(`形態素解析の辞書を読めません: ${dicPath}`, { cause }));
      else resolve(analyzerOf(tokenizer));
    });
  });
}

/** In pieces: those of some thousand voices, a few megabytes. */
const REMEMBERED_PIECES = 8192;

/**
 * A voice's pieces are remembered for its segments, which are analysed by themselves: most of them are pieces that
 * were read a moment ago, and kuromoji takes each piece between 、 and 。 by itself, so that the answer is the same.
 */
function analyzerOf(tokenizer: Tokenizer<IpadicFeatures>): Analyzer {
  const remembered = new Map<string, readonly IpadicFeatures[]>();
  const tokenize = (piece: string): readonly IpadicFeatures[] => {
    const known = remembered.get(piece);
    if (known !== undefined) return known;
    if (remembered.size >= REMEMBERED_PIECES) remembered.clear();
    const features = tokenizer.tokenize(piece);
    remembered.set(piece, features);
    return features;
  };
  return { analyze: (text) => analyze(tokenize, text) };
}

/** As kuromoji divides what it is given. */
const PIECE = /[^、。]*[、。]|[^、。]+/g;

function analyze(tokenize: (piece: string) => readonly IpadicFeatures[], text: string): Morpheme[] {
  const points = Array.from(text);
  const areUnits = points.length === text.length;
  const slice = (start: number, end: number) =>
    areUnits ? text.slice(start, end) : points.slice(start, end).join("");
  const morphemes: Morpheme[] = [];
  let start = 0;
  for (const chunk of chunkForAnalysis(UNSAFE.test(text) ? points.map(toSafePoint) : points)) {
    for (const features of (chunk.match(PIECE) ?? []).flatMap(tokenize)) {
      const end = start + features.surface_form.length;
      for (const surface of splitBlanks(slice(start, end))) {
        const morpheme = toMorpheme(features, surface, start);
        morphemes.push(morpheme);
        start = morpheme.end;
      }
    }
  }
  if (start !== points.length || morphemes.map((each) => each.surface).join("") !== text) {
    throw new TokenizeMismatchError("形態素をつないでも元の文になりません。");
  }
  return morphemes;
}

/**
 * One UTF-16 unit for each code point. kuromoji measures unknown words in units and counts positions in code points,
 * so 「😀😡アプリ」 loses its 「アプ」; NUL and lone surrogates throw; half-width signs are unknown nouns to IPADIC.
 */
function toSafePoint(point: string): string {
  if (point.length > 1 || UNREADABLE.test(point)) return STAND_IN;
  return HALF_WIDTH_SIGN.test(point)
    ? String.fromCharCode(point.charCodeAt(0) + TO_FULL_WIDTH)
    : point;
}

const STAND_IN = "\ue000";
// biome-ignore lint/suspicious/noControlCharactersInRegex: kuromoji throws on these.
const UNREADABLE = /[\u0000\ud800-\udfff]/;
/** Not the at sign: the dictionary files its full-width form under spaces. */
const HALF_WIDTH_SIGN = /[!-/:-?[-`{-}]/;
const TO_FULL_WIDTH = 0xfee0;
const UNSAFE = new RegExp(`${UNREADABLE.source}|${HALF_WIDTH_SIGN.source}`);

/** kuromoji files signs it does not know under blanks, and joins them to the blanks beside them. */
function splitBlanks(surface: string): readonly string[] {
  return BLANK.test(surface) ? (surface.match(/\s+|\S+/g) ?? []) : [surface];
}

const BLANK = /\s/;

function toMorpheme(features: IpadicFeatures, surface: string, start: number): Morpheme {
  const end = start + countCodePoints(surface);
  if (features.pos === "記号" || !WORD.test(surface)) return toSign(features, surface, start, end);
  const base = features.basic_form === "*" ? surface : features.basic_form;
  const { pos, pos_detail_1: posDetail, pos_detail_2: proper } = features;
  if (posDetail !== "固有名詞") return { surface, base, pos, posDetail, start, end };
  return { surface, base, pos, posDetail, proper, start, end };
}

const WORD = /[\p{L}\p{N}]/u;
const SIGN_DETAILS = new Set(["句点", "読点", "括弧開", "括弧閉"]);

/** IPADIC calls unknown signs nouns (「-」) and the stand-in a blank; the signs it knows keep their detail. */
function toSign(features: IpadicFeatures, surface: string, start: number, end: number): Morpheme {
  const known = SIGN_DETAILS.has(features.pos_detail_1) ? features.pos_detail_1 : "一般";
  const posDetail = surface.trim() === "" ? "空白" : known;
  return { surface, base: surface, pos: "記号", posDetail, start, end };
}
