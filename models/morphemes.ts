import { KizukiError } from "../pipeline/errors.ts";
import { countCodePoints, slicerOf } from "../pipeline/text/code-points.ts";
import { chunkForAnalysis } from "./chunk-for-analysis.ts";
import { readIpadic } from "./ipadic.ts";
import { Lattice, type Word } from "./lattice.ts";
import type { Morpheme } from "./morpheme.ts";

/** The pieces do not join up to the text: a caller rejects that record with "tokenize mismatch". */
export class TokenizeMismatchError extends KizukiError {
  readonly code = "KIZUKI_TOKENIZE_MISMATCH";
}

export interface Analyzer {
  /**
   * @returns morphemes whose surfaces join up to the text and whose spans touch
   * @throws TokenizeMismatchError where a character is lost
   */
  analyze(text: string): Morpheme[];
}

/** Reads the dictionary: half a second and 100 MB, so one analyser for each process. @throws ModelError */
export async function loadAnalyzer(): Promise<Analyzer> {
  const lattice = new Lattice(await readIpadic());
  const remembered = new Map<string, readonly Morpheme[]>();
  const read: ReadPiece = (piece, safe) => {
    const known = remembered.get(piece);
    if (known !== undefined) return known;
    if (remembered.size >= REMEMBERED_PIECES) remembered.clear();
    const morphemes = toMorphemes(piece, lattice.cut(safe));
    remembered.set(piece, morphemes);
    return morphemes;
  };
  return { analyze: (text) => analyze(read, text) };
}

/** @param safe the same, with one UTF-16 unit for each code point. @returns morphemes whose spans begin with the piece */
type ReadPiece = (piece: string, safe: string) => readonly Morpheme[];

/**
 * In pieces: those of some thousand voices, a few megabytes. A voice's pieces are remembered for its segments, which are
 * analysed by themselves: most of them are pieces that were read a moment ago.
 */
const REMEMBERED_PIECES = 8192;

/** What is cut by itself, as kuromoji does, so that a piece's words do not depend on its neighbours. */
const PIECE = /[^、。]*[、。]|[^、。]+/g;

function analyze(read: ReadPiece, text: string): Morpheme[] {
  const slice = slicerOf(text);
  const morphemes: Morpheme[] = [];
  let start = 0;
  for (const chunk of chunkForAnalysis(toSafeText(text))) {
    for (const safe of chunk.match(PIECE) ?? []) {
      for (const morpheme of read(slice(start, start + safe.length), safe)) {
        morphemes.push(start === 0 ? morpheme : movedBy(start, morpheme));
      }
      start += safe.length;
    }
  }
  return morphemes;
}

function movedBy(by: number, morpheme: Morpheme): Morpheme {
  const { surface, base, pos, posDetail, proper } = morpheme;
  const start = morpheme.start + by;
  const end = morpheme.end + by;
  if (proper === undefined) return { surface, base, pos, posDetail, start, end };
  return { surface, base, pos, posDetail, proper, start, end };
}

/** @throws TokenizeMismatchError where the words do not make up the piece */
function toMorphemes(piece: string, words: readonly Word[]): Morpheme[] {
  const slice = slicerOf(piece);
  const morphemes: Morpheme[] = [];
  let start = 0;
  for (const word of words) {
    for (const surface of splitBlanks(slice(start, start + word.surface.length))) {
      const morpheme = toMorpheme(word, surface, start);
      morphemes.push(morpheme);
      start = morpheme.end;
    }
  }
  if (start !== countCodePoints(piece)) {
    throw new TokenizeMismatchError("形態素をつないでも元の文になりません。");
  }
  return morphemes;
}

/** One UTF-16 unit for each code point, none of them NUL, as the lattice wants it; half-width signs are unknown nouns to IPADIC. */
function toSafeText(text: string): string {
  return UNSAFE.test(text) ? Array.from(text, toSafePoint).join("") : text;
}

function toSafePoint(point: string): string {
  if (point.length > 1 || UNREADABLE.test(point)) return STAND_IN;
  return HALF_WIDTH_SIGN.test(point)
    ? String.fromCharCode(point.charCodeAt(0) + TO_FULL_WIDTH)
    : point;
}

const STAND_IN = "\ue000";
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL ends a key of the dictionary.
const UNREADABLE = /[\u0000\ud800-\udfff]/;
/** Not the at sign: the dictionary files its full-width form under spaces. */
const HALF_WIDTH_SIGN = /[!-/:-?[-`{-}]/;
const TO_FULL_WIDTH = 0xfee0;
const UNSAFE = new RegExp(`${UNREADABLE.source}|${HALF_WIDTH_SIGN.source}`);

/** IPADIC files signs it does not know under blanks, and joins them to the blanks beside them. */
function splitBlanks(surface: string): readonly string[] {
  return BLANK.test(surface) ? (surface.match(/\s+|\S+/g) ?? []) : [surface];
}

const BLANK = /\s/;

function toMorpheme(word: Word, surface: string, start: number): Morpheme {
  const end = start + countCodePoints(surface);
  const { pos, posDetail, proper } = word;
  if (pos === "記号" || !WORD.test(surface)) return toSign(word, surface, start, end);
  const base = word.base === "*" ? surface : word.base;
  if (posDetail !== "固有名詞") return { surface, base, pos, posDetail, start, end };
  return { surface, base, pos, posDetail, proper, start, end };
}

const WORD = /[\p{L}\p{N}]/u;
const SIGN_DETAILS = new Set(["句点", "読点", "括弧開", "括弧閉"]);

/** IPADIC calls unknown signs nouns (「-」) and the stand-in a blank; the signs it knows keep their detail. */
function toSign(word: Word, surface: string, start: number, end: number): Morpheme {
  const known = SIGN_DETAILS.has(word.posDetail) ? word.posDetail : "一般";
  const posDetail = surface.trim() === "" ? "空白" : known;
  return { surface, base: surface, pos: "記号", posDetail, start, end };
}
