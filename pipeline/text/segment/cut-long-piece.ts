import type { Morpheme } from "../../../models/morpheme.ts";

/** From the first to the last morpheme, both included. */
export type Piece = { readonly first: number; readonly last: number };

/**
 * Cuts a piece that no border divides: behind the last comma within reach, else behind a て-form, else between words.
 * The encoder reads 200 code points at most in one go without losing the end.
 */
export function cutLongPiece(morphemes: readonly Morpheme[], piece: Piece): Piece[] {
  const pieces: Piece[] = [];
  let first = piece.first;
  while (lengthOf(morphemes, first, piece.last) > LENGTH_LIMIT && first < piece.last) {
    const cut = findCut(morphemes, first, piece.last);
    pieces.push({ first, last: cut });
    first = cut + 1;
  }
  pieces.push({ first, last: piece.last });
  return pieces;
}

/** In code points. */
const LENGTH_LIMIT = 200;
/** In code points: a soft cut nearer to the front than this would leave crumbs. */
const LENGTH_FLOOR = 60;

function lengthOf(morphemes: readonly Morpheme[], first: number, last: number): number {
  return (morphemes[last]?.end ?? 0) - (morphemes[first]?.start ?? 0);
}

function findCut(morphemes: readonly Morpheme[], first: number, last: number): number {
  let hard = first;
  let comma = -1;
  let te = -1;
  for (let index = first; index < last; index += 1) {
    const length = lengthOf(morphemes, first, index);
    if (length > LENGTH_LIMIT) break;
    hard = index;
    if (length < LENGTH_FLOOR) continue;
    if (morphemes[index]?.posDetail === "読点") comma = index;
    if (isTeForm(morphemes[index])) te = index;
  }
  if (comma >= 0) return comma;
  return te >= 0 ? te : hard;
}

function isTeForm(morpheme: Morpheme | undefined): boolean {
  return morpheme?.posDetail === "接続助詞" && /^[てで]$/.test(morpheme.surface);
}
