import { isFamilyName, isGivenName } from "../../../../models/name-lists.ts";
import type { WordView } from "../word-view.ts";
import { isForeign, isLatinName, isOtherWord, isUnknownName } from "./doubt-name.ts";
import { endsLikeNobody, isRole, namesNobody } from "./name-words.ts";

/** Half-open, in UTF-16 units. */
export type Span = { readonly start: number; readonly end: number };

/**
 * How much the words around a place say that a name stands there: "sure" (様, と申します) takes names that no list
 * knows, "likely" (さん, 担当の) those that are not known as another word, "hinted" (です, が) only listed ones.
 */
export type Strength = "sure" | "likely" | "hinted";

type Place = { readonly at: number; readonly strength: Strength; readonly view: WordView };
type Around = Omit<Place, "at">;

const HAN = "[\\p{Script=Han}々ヶケノ〆]";

const LATIN = "[A-ZÀ-Þ](?:\\.|[\\p{Script=Latin}\\p{M}'’-]*)";

/** One part of a name: family or given. */
const PART = `(?:${HAN}{1,8}(?:[ぁ-ゖ]{2,4})?|[ァ-ヺー][ァ-ヺー・=]{0,19}|[ぁ-ゖー]{2,6})`;

const ENDING = new RegExp(
  `(?<latin>(?<![A-Za-z])${LATIN}(?: ${LATIN}){0,3})$|(?<spaced>(?<!${HAN})${HAN}(?: ${HAN}){2,5})$|(?:(?<first>${PART}) )?(?<last>${PART})$`,
  "u",
);

const BEGINNING = new RegExp(
  `^(?<latin>${LATIN}(?: ${LATIN}){0,3})|^(?<spaced>${HAN}(?: ${HAN}){2,5})(?!${HAN})|^(?<first>${PART})(?: (?<last>${PART}))?`,
  "u",
);

/** In UTF-16 units: a long foreign name. */
const REACH = 32;

/** @returns the name that ends at an index, if one does */
export function nameBefore(text: string, { at, strength, view }: Place): Span | undefined {
  const match = ENDING.exec(text.slice(Math.max(0, at - REACH), at));
  if (match?.groups === undefined) return undefined;
  const { latin, spaced, first, last = "" } = match.groups;
  if (latin !== undefined) return latinSpan(latin, at - latin.length, strength);
  if (spaced !== undefined && strength === "sure") return { start: at - spaced.length, end: at };
  const lastStart = at - last.length;
  const firstEnd = lastStart - 1;
  const both =
    first === undefined
      ? undefined
      : bothParts(
          text,
          { first: { start: firstEnd - first.length, end: firstEnd }, last },
          { strength, view },
        );
  const start = both ?? nameEnding(text, { start: lastStart, end: at }, { strength, view });
  return start === undefined ? undefined : { start, end: at };
}

/** @returns the name that begins at an index, if one does */
export function nameAfter(text: string, { at, strength, view }: Place): Span | undefined {
  const match = BEGINNING.exec(text.slice(at, at + REACH));
  if (match?.groups === undefined) return undefined;
  const { latin, spaced, first = "", last = "" } = match.groups;
  if (latin !== undefined) return latinSpan(latin, at, strength);
  if (spaced !== undefined && strength === "sure") return { start: at, end: at + spaced.length };
  const firstEnd = at + first.length;
  const second = givenBeginning(last);
  if (second > 0 && isFamilyName(first)) return { start: at, end: firstEnd + 1 + second };
  const end = nameBeginning(text, { start: at, end: firstEnd }, { strength, view });
  if (end === undefined) return undefined;
  const hasBoth = second > 0 && end === firstEnd && strength === "sure";
  return { start: at, end: hasBoth ? end + 1 + second : end };
}

function latinSpan(name: string, start: number, strength: Strength): Span | undefined {
  return isLatinName(name, strength) ? { start, end: start + name.length } : undefined;
}

/** @returns where a name of two parts begins: 「諏訪 桃子」, 「スミス 美咲」 */
function bothParts(
  text: string,
  { first, last }: { readonly first: Span; readonly last: string },
  { strength, view }: Around,
): number | undefined {
  const start = familyEnding(text, first, view);
  if (start !== undefined && isSecondPart(last, strength)) return start;
  const name = text.slice(first.start, first.end);
  if (strength !== "sure" || !/^[ァ-ヺー]/.test(name) || !isForeign(name)) return undefined;
  const isName = !namesNobody(last) && (isGivenName(last) || isForeign(last));
  return isName ? first.start : undefined;
}

/** The longest surname that ends a run, behind nothing, a role or a border of words. */
function familyEnding(text: string, run: Span, view: WordView): number | undefined {
  for (let start = run.start; start < run.end; start += 1) {
    if (
      isFamilyName(text.slice(start, run.end)) &&
      isFree(text, { start: run.start, end: start }, view)
    )
      return start;
  }
  return undefined;
}

function nameEnding(text: string, run: Span, around: Around): number | undefined {
  const whole = text.slice(run.start, run.end);
  if (namesNobody(whole)) return undefined;
  for (let start = run.start; start < run.end; start += 1) {
    const name = text.slice(start, run.end);
    const isName = isListed(name) && !namesNobody(name);
    if (!isName || !isFree(text, { start: run.start, end: start }, around.view)) continue;
    return isOtherWord(text, { start, end: run.end }, around) ? undefined : start;
  }
  return endsLikeNobody(whole) ? undefined : unknownEnding(text, run, around);
}

/** 「仲村渠ですが」 at the very beginning is who speaks; elsewhere です is too faint for a name that nobody knows. */
function unknownEnding(text: string, run: Span, around: Around): number | undefined {
  if (around.strength === "hinted" && (run.start > 0 || run.end < 2)) return undefined;
  const rest = afterRole(text, run);
  return isUnknownName(text, rest, around) ? rest.start : undefined;
}

function afterRole(text: string, run: Span): Span {
  for (let end = run.end - 1; end > run.start; end -= 1) {
    if (isRole(text.slice(run.start, end))) return { start: end, end: run.end };
  }
  return run;
}

function nameBeginning(text: string, run: Span, around: Around): number | undefined {
  const { strength } = around;
  if (strength === "sure" && run.end - run.start > 1 && isUnknownHere(text, run, around))
    return run.end;
  const end = listedBeginning(text, run, around);
  if (end === "nobody") return undefined;
  if (end !== undefined) return isOtherWord(text, { ...run, end }, around) ? undefined : end;
  const isCalled = strength === "likely" && CALLED.test(text.slice(run.end));
  return isCalled && isUnknownHere(text, run, around) ? run.end : undefined;
}

/** @returns where the longest name of the lists ends that a run begins with */
function listedBeginning(text: string, run: Span, { view }: Around): number | "nobody" | undefined {
  for (let end = run.end; end > run.start; end -= 1) {
    if (namesNobody(text.slice(run.start, end))) return "nobody";
    if (isListedHere(text, { ...run, end }, { run, view })) return end;
  }
  return undefined;
}

function isUnknownHere(text: string, run: Span, around: Around): boolean {
  const whole = text.slice(run.start, run.end);
  return !endsLikeNobody(whole) && !namesNobody(whole) && isUnknownName(text, run, around);
}

const CALLED = /^(?:さん|様|という|って|が|は|の対応)/;

/** A name of the lists that may end here: kana only before what stands behind names, kanji at the end of a word. */
function isListedHere(
  text: string,
  { start, end }: Span,
  { run, view }: { readonly run: Span; readonly view: WordView },
): boolean {
  if (!isListed(text.slice(start, end))) return false;
  const rest = text.slice(end);
  if (/^[ぁ-ゖ]/.test(text.slice(start))) {
    const isMarked = /[:=|「『( ]$/.test(text.slice(0, start)) && /^(?:$|[、。\s」)])/.test(rest);
    return isMarked || /^(?:さん|様|さま|ちゃん|くん)/.test(rest);
  }
  return end === run.end || view.isBorder(end) || /^[ぁ-ゖ]/.test(rest);
}

/** Whether what stands before a name in its run is words of their own: not 「今給」 before 「黎」, nor 「大道寺」 before 「芽衣」. */
function isFree(text: string, { start, end }: Span, view: WordView): boolean {
  if (start === end) return true;
  if (isRole(text.slice(start, end))) return true;
  const words = view.wordsIn(start, end);
  return (
    words.length > 0 &&
    words.every(
      ({ surface, posDetail }) =>
        surface.length > 1 && posDetail !== "固有名詞" && posDetail !== "数",
    )
  );
}

function isListed(name: string): boolean {
  if (name.length === 1 && !/\p{Script=Han}/u.test(name)) return false;
  if (/[^ぁ-ゖ](?:さん|くん|ちゃん|さま)|(?:さん|くん|ちゃん|さま)$/.test(name)) return false;
  if (/^\p{Script=Han}[ぁ-ゖ]/u.test(name)) return isGivenName(name) && name.endsWith("子");
  return isFamilyName(name) || isGivenName(name) || isFullNameInText(name);
}

/**
 * 「高梨まお」, 「大道寺芽衣」. `isFullName` judges a word that stands alone; in running text a surname of one sign is too often
 * the beginning of another word.
 */
function isFullNameInText(name: string): boolean {
  for (let cut = name.length > 2 ? 2 : 1; cut < name.length; cut += 1) {
    if (isFamilyName(name.slice(0, cut)) && isGivenName(name.slice(cut))) return true;
  }
  return false;
}

function isSecondPart(part: string, strength: Strength): boolean {
  if (isGivenName(part)) return true;
  return (
    strength !== "hinted" &&
    !namesNobody(part) &&
    !endsLikeNobody(part) &&
    part.length <= 3 &&
    /^\p{Script=Han}+$/u.test(part)
  );
}

/** How long the given name is that a part begins with. */
function givenBeginning(part: string): number {
  for (let end = part.length; end > 0; end -= 1) if (isGivenName(part.slice(0, end))) return end;
  return 0;
}
