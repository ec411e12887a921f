import type { Morpheme } from "../../../models/morpheme.ts";
import { carriesOpinion, hasTopic } from "./carries-opinion.ts";
import { isContrastEnd, isContrastStart } from "./contrast.ts";
import { cutLongPiece, type Piece } from "./cut-long-piece.ts";
import { endsAsSentence } from "./ends-as-sentence.ts";
import { isFormality } from "./is-formality.ts";
import { isPossessionNote } from "./is-possession-note.ts";
import { type Mark, markMorphemes } from "./mark-morphemes.ts";

/** Half-open, in code points. */
export type Span = { readonly start: number; readonly end: number };

/**
 * Cuts a text into segments, each of which carries one opinion: sentences, and within them clauses that are set
 * against each other. 「味は良いが袋が開けにくい」 is two. Greetings, how to call back
 * and what a customer keeps of a purchase are none.
 *
 * @param morphemes of this very text
 * @returns spans in order, trimmed, never empty, never overlapping
 */
export function segmentText(text: string, morphemes: readonly Morpheme[]): Span[] {
  const voice: Voice = { morphemes, marks: markMorphemes(text, morphemes) };
  return joinHollow(voice, findPieces(voice))
    .filter(({ first, last }) => saysSomething(morphemes.slice(first, last + 1)))
    .flatMap((piece) => cutLongPiece(morphemes, piece))
    .flatMap((piece) => toSpan(voice, piece));
}

function saysSomething(piece: readonly Morpheme[]): boolean {
  return !isFormality(piece) && !isPossessionNote(piece);
}

type Voice = { readonly morphemes: readonly Morpheme[]; readonly marks: readonly Mark[] };

function findPieces(voice: Voice): Piece[] {
  const pieces: Piece[] = [];
  let first = 0;
  for (let index = 0; index < voice.morphemes.length; index += 1) {
    if (!isBorder(voice, first, index)) continue;
    pieces.push({ first, last: index });
    first = index + 1;
  }
  if (first < voice.morphemes.length) pieces.push({ first, last: voice.morphemes.length - 1 });
  return pieces;
}

/** Whether a piece that begins at `first` ends with the morpheme at `index`. */
function isBorder(voice: Voice, first: number, index: number): boolean {
  const mark = voice.marks[index];
  if (mark === undefined || mark.enclosed) return false;
  switch (mark.role) {
    case "break":
      return !isWrapped(voice, first, index);
    case "stop":
    case "dots":
    case "tail":
      return endsSentence(voice, first, index);
    case "comma":
    case "blank":
      return isSentencePause(voice, first, index);
    case "word":
      return isContrastBorder(voice, first, index);
  }
}

/** Mail programs break lines inside sentences, behind a comma or a particle that needs its other half. */
function isWrapped({ morphemes, marks }: Voice, first: number, index: number): boolean {
  const last = lastWord(marks, first, index);
  if (index > 0 && morphemes[index - 1]?.posDetail === "読点") return true;
  return WRAPPING.has(morphemes[last]?.posDetail ?? "");
}

const WRAPPING = new Set(["格助詞", "係助詞", "連体化", "並立助詞"]);
const AFTER_STOP = new Set<Mark["role"] | undefined>(["stop", "dots", "tail"]);

/** A run of marks ends where its last one stands, and only if no particle goes on with it: 「最高!」と, 食事🍴の. */
function endsSentence({ morphemes, marks }: Voice, first: number, index: number): boolean {
  if (AFTER_STOP.has(marks[index + 1]?.role)) return false;
  const surface = morphemes[index]?.surface;
  if (surface === "。") return true;
  if (isDependent(morphemes, index + 1)) return false;
  if (marks[index]?.role !== "tail") return true;
  let head = index;
  while (head > first && marks[head]?.role === "tail") head -= 1;
  return marks[head]?.role !== "word" || morphemes[head]?.pos !== "名詞";
}

/** Whether the morpheme at `index` goes on with what stands before it. 「でも」 begins anew, however IPADIC cuts it. */
function isDependent(morphemes: readonly Morpheme[], index: number): boolean {
  const morpheme = morphemes[index];
  if (morpheme?.pos !== "助詞" && morpheme?.pos !== "助動詞") return false;
  const { surface } = morpheme;
  return surface !== "でも" && !(surface === "で" && morphemes[index + 1]?.surface === "も");
}

function isContrastBorder({ morphemes, marks }: Voice, first: number, index: number): boolean {
  if (!isContrastEnd(morphemes, index) || isDependent(morphemes, nextWord(marks, index))) {
    return false;
  }
  return carriesOpinion(morphemes, first, index);
}

/** People who answer forms write a blank or a comma for a full stop: 「景色が良い 食べ物が美味しい」. */
function isSentencePause({ morphemes, marks }: Voice, first: number, index: number): boolean {
  const last = lastWord(marks, first, index);
  if (last < first || marks[last]?.enclosed) return false;
  const next = nextWord(marks, index);
  const after = morphemes[next];
  if (after === undefined || isDependent(morphemes, next)) return false;
  if (isContrastStart(after)) return carriesOpinion(morphemes, first, last);
  if (isTopicChange(morphemes, { first, last, next })) return true;
  return endsAsSentence(morphemes, first, last);
}

/** 「部屋は広く、風呂は汚かった」: a は on either side of a clause that stops in 連用形 tells two opinions apart. */
function isTopicChange(
  morphemes: readonly Morpheme[],
  { first, last, next }: { readonly first: number; readonly last: number; readonly next: number },
): boolean {
  if (!isContinuative(morphemes, last) || !hasTopic(morphemes.slice(first, last))) return false;
  let particle = next;
  while (CARRIES_ON.has(morphemes[particle]?.pos ?? "") || isOf(morphemes[particle])) particle += 1;
  return hasTopic(morphemes.slice(next, particle + 1));
}

const CARRIES_ON = new Set(["名詞", "接頭詞", "連体詞", "動詞", "形容詞", "助動詞"]);

function isOf(morpheme: Morpheme | undefined): boolean {
  return morpheme?.posDetail === "連体化";
}

/** 広く, 静かで: not the て of a cause. */
function isContinuative(morphemes: readonly Morpheme[], last: number): boolean {
  const end = morphemes[last];
  if (end === undefined || end.surface === end.base) return false;
  if (end.pos === "形容詞") return end.surface.endsWith("く");
  return end.pos === "助動詞" && end.surface === "で" && end.base === "だ";
}

function lastWord(marks: readonly Mark[], first: number, index: number): number {
  let last = index;
  while (last >= first && marks[last]?.role !== "word") last -= 1;
  return last;
}

function nextWord(marks: readonly Mark[], index: number): number {
  let next = index + 1;
  while (marks[next]?.role === "comma" || marks[next]?.role === "blank") next += 1;
  return next;
}

/** A piece without a word of its own (「です。」, 「(笑)」 on its own line, 「だがwww」) goes to the piece before it. */
function joinHollow({ morphemes, marks }: Voice, pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const previous = joined.at(-1);
    const isHollow = !morphemes
      .slice(piece.first, piece.last + 1)
      .some((each, index) => marks[piece.first + index]?.role !== "tail" && hasMeaning(each));
    if (previous !== undefined && isHollow) joined.splice(-1, 1, { ...previous, last: piece.last });
    else joined.push(piece);
  }
  return joined;
}

const MEANINGFUL = new Set(["名詞", "動詞", "形容詞", "副詞", "感動詞", "連体詞", "フィラー"]);

function hasMeaning({ pos, posDetail }: Morpheme): boolean {
  return MEANINGFUL.has(pos) && posDetail !== "非自立" && posDetail !== "接尾";
}

/** Bullets and what is left of the piece before are not part of a segment. */
const LEADING = /^[\s、,。.・/;\-*●■◆○◯◎※→>!?]+$/;
const TRAILING = /^[\s、,/;]+$/;
const SPEAKS = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

/** @returns one span, or none where nothing but signs is left */
function toSpan({ morphemes }: Voice, { first, last }: Piece): Span[] {
  let from = first;
  let to = last;
  while (from <= to && LEADING.test(morphemes[from]?.surface ?? "")) from += 1;
  while (to >= from && TRAILING.test(morphemes[to]?.surface ?? "")) to -= 1;
  const head = morphemes[from];
  const tail = morphemes[to];
  if (head === undefined || tail === undefined || from > to) return [];
  const speaks = morphemes.slice(from, to + 1).some((each) => SPEAKS.test(each.surface));
  return speaks ? [{ start: head.start, end: tail.end }] : [];
}
