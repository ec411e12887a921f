import type { Morpheme } from "../../../models/morpheme.ts";
import { codePointIndex } from "../code-points.ts";

/** What a morpheme is to a cut: a line break, the end of a sentence, an emoji behind one, a comma, a blank, a word. */
export type Mark = {
  readonly role: "break" | "stop" | "dots" | "tail" | "comma" | "blank" | "word";
  /** Inside a quotation or brackets that close nearby on the same line: nothing is cut there. */
  readonly enclosed: boolean;
};

/** @returns one mark for each morpheme, same order */
export function markMorphemes(text: string, morphemes: readonly Morpheme[]): Mark[] {
  const tails = findTails(text);
  const roles = morphemes.map((each, index) =>
    isTail(each, tails) ? "tail" : roleOf(each, morphemes[index - 1], morphemes[index + 1]),
  );
  const enclosed = findEnclosed(morphemes, roles);
  return roles.map((role, index) => ({
    role: closesSentence(morphemes, roles, index) ? "stop" : role,
    enclosed: enclosed.has(index),
  }));
}

/**
 * What stands behind a sentence and belongs to it: emoji, faces, (笑), 「w」, 「♪」. A face is in brackets, has no
 * Japanese words in it and at least one sign that faces are made of.
 */
const TAIL =
  /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f)+|[♪♫♬☆★♡♥]+|m?\((?=[^()]*[\^´`;*_><=≧≦▽∀ωДд°・￣'])[^()\n\p{Script=Han}\p{Script=Hiragana}]{1,14}\)m?|\((?:笑|泣|汗|涙|爆|怒|悲|苦笑|爆笑|笑い|泣き)\)|\^_?\^|T_T|(?<=[\p{Script=Hiragana}!?。ー])(?:w{1,30}(?![A-Za-z])|笑(?=$|[\s。、!?]))/gu;

type Span = { readonly start: number; readonly end: number };

function findTails(text: string): Span[] {
  const matches = [...text.matchAll(TAIL)];
  if (matches.length === 0) return [];
  const pointAt = codePointIndex(text);
  return matches.map((match) => ({
    start: pointAt(match.index),
    end: pointAt(match.index + match[0].length),
  }));
}

function isTail({ start, end }: Morpheme, tails: readonly Span[]): boolean {
  return tails.some((tail) => start >= tail.start && end <= tail.end);
}

function roleOf(each: Morpheme, before?: Morpheme, after?: Morpheme): Mark["role"] {
  const { surface } = each;
  if (each.pos !== "記号") return "word";
  if (surface.includes("\n")) return "break";
  if (surface.trim() === "") return "blank";
  if (surface === "." || surface === "・") return roleOfDot(surface, before, after);
  if (/^[。!?！？]+$/.test(surface)) return "stop";
  return /^[、,/;]$/.test(surface) ? "comma" : "word";
}

/** Two dots and more trail off; one after a number or before a Latin letter is part of 2.5, 1. or example.com. */
function roleOfDot(surface: string, before?: Morpheme, after?: Morpheme): Mark["role"] {
  if (before?.surface === surface || after?.surface === surface) return "dots";
  if (surface === "・") return "comma";
  const isInside = before?.posDetail === "数" || /^[A-Za-z0-9]/.test(after?.surface ?? "");
  return isInside ? "word" : "stop";
}

/** In morphemes: about 80 characters. A longer quotation is cut like other text. */
const ENCLOSED_REACH = 50;
const CLOSING: ReadonlyMap<string, string> = new Map([
  ["「", "」"],
  ["『", "』"],
  ["(", ")"],
  ["[", "]"],
  ["【", "】"],
  ["〈", "〉"],
  ["《", "》"],
  ["“", "”"],
]);

function findEnclosed(morphemes: readonly Morpheme[], roles: readonly Mark["role"][]): Set<number> {
  const enclosed = new Set<number>();
  for (let open = 0; open < morphemes.length; open += 1) {
    const close = findClose(morphemes, roles, open);
    for (let index = open; index < close; index += 1) enclosed.add(index);
    open = Math.max(open, close);
  }
  return enclosed;
}

/** @returns the index of the closing bracket, or -1 */
function findClose(
  morphemes: readonly Morpheme[],
  roles: readonly Mark["role"][],
  open: number,
): number {
  const closing = CLOSING.get(morphemes[open]?.surface ?? "");
  if (closing === undefined) return -1;
  const last = Math.min(morphemes.length, open + ENCLOSED_REACH);
  for (let index = open + 1; index < last; index += 1) {
    if (roles[index] === "break") return -1;
    if (morphemes[index]?.surface === closing) return index;
  }
  return -1;
}

/** 「…良かった。」 ends a sentence as its full stop would. */
function closesSentence(
  morphemes: readonly Morpheme[],
  roles: readonly Mark["role"][],
  index: number,
): boolean {
  if (!/^[」』)]$/.test(morphemes[index]?.surface ?? "")) return false;
  const inner = roles[index - 1];
  return inner === "stop" || inner === "tail";
}
