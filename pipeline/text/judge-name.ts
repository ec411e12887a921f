import { isFamilyName, isGivenName } from "../../models/name-lists.ts";
import { endsLikeNobody, isRole, namesNobody, PLACES } from "./name-words.ts";
import type { WordView } from "./word-view.ts";

/** Half-open, in UTF-16 units. */
export type Span = { readonly start: number; readonly end: number };

/**
 * How much the words around a place say that a name stands there: "sure" (様, と申します) takes names that no list
 * knows, "likely" (さん, 担当の) those that are not known as another word, "hinted" (です, が) only listed ones.
 */
export type Strength = "sure" | "likely" | "hinted";

const HAN = "[\\p{Script=Han}々ヶケノ〆]";
const KATAKANA = "[ァ-ヺー]";
const LATIN = "[A-ZÀ-Þ](?:\\.|[\\p{Script=Latin}\\p{M}'’-]*)";
/** One part of a name: family or given. */
const PART = `(?:${HAN}{1,8}(?:[ぁ-ゖ]{2,4})?|${KATAKANA}[ァ-ヺー・=]{0,19}|[ぁ-ゖー]{2,6})`;

/** Katakana and kanji with hiragana behind them are a surname and a given name, not a verb: 「高梨まお」, not 「伝えたい」. */
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
export function nameBefore(
  text: string,
  { at, strength, view }: { at: number; strength: Strength; view: WordView },
): Span | undefined {
  const from = Math.max(0, at - REACH);
  const match = ENDING.exec(text.slice(from, at));
  if (match?.groups === undefined) return undefined;
  const { latin, spaced, first, last = "" } = match.groups;
  if (latin !== undefined)
    return isLatinName(latin, strength) ? { start: at - latin.length, end: at } : undefined;
  if (spaced !== undefined && strength === "sure") return { start: at - spaced.length, end: at };
  const lastStart = at - last.length;
  if (first !== undefined) {
    const start = familyEnding(
      text,
      { start: lastStart - 1 - first.length, end: lastStart - 1 },
      view,
    );
    if (start !== undefined && isSecondPart(last, strength)) return { start, end: at };
    if (
      strength === "sure" &&
      /^[ァ-ヺー]/.test(first) &&
      isForeign(first) &&
      !namesNobody(last) &&
      (isGivenName(last) || isForeign(last))
    ) {
      return { start: lastStart - 1 - first.length, end: at };
    }
  }
  const start = nameEnding(text, { start: lastStart, end: at }, { strength, view });
  return start === undefined ? undefined : { start, end: at };
}

/** @returns the name that begins at an index, if one does */
export function nameAfter(
  text: string,
  { at, strength, view }: { at: number; strength: Strength; view: WordView },
): Span | undefined {
  const match = BEGINNING.exec(text.slice(at, at + REACH));
  if (match?.groups === undefined) return undefined;
  const { latin, spaced, first = "", last } = match.groups;
  if (latin !== undefined)
    return isLatinName(latin, strength) ? { start: at, end: at + latin.length } : undefined;
  if (spaced !== undefined && strength === "sure") return { start: at, end: at + spaced.length };
  if (last !== undefined && isFamilyName(first) && givenBeginning(last) > 0) {
    return { start: at, end: at + first.length + 1 + givenBeginning(last) };
  }
  const end = nameBeginning(text, { start: at, end: at + first.length }, { strength, view });
  if (end === undefined) return undefined;
  if (
    last === undefined ||
    end !== at + first.length ||
    !(isFamilyName(first) || strength === "sure")
  )
    return { start: at, end };
  const second = givenBeginning(last);
  return { start: at, end: second === 0 ? end : end + 1 + second };
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

function nameEnding(
  text: string,
  run: Span,
  { strength, view }: { strength: Strength; view: WordView },
): number | undefined {
  const whole = text.slice(run.start, run.end);
  if (namesNobody(whole)) return undefined;
  for (let start = run.start; start < run.end; start += 1) {
    const name = text.slice(start, run.end);
    if (
      isListed(name) &&
      !namesNobody(name) &&
      isFree(text, { start: run.start, end: start }, view)
    ) {
      return isOtherWord(text, { start, end: run.end }, { strength, view }) ? undefined : start;
    }
  }
  if (strength === "hinted" || endsLikeNobody(whole)) return undefined;
  const { start } = afterRole(text, run);
  return isUnknownName(text.slice(start, run.end), { start, end: run.end }, { strength, view })
    ? start
    : undefined;
}

function afterRole(text: string, run: Span): Span {
  for (let end = run.end - 1; end > run.start; end -= 1) {
    if (isRole(text.slice(run.start, end))) return { start: end, end: run.end };
  }
  return run;
}

function nameBeginning(
  text: string,
  run: Span,
  { strength, view }: { strength: Strength; view: WordView },
): number | undefined {
  const all = text.slice(run.start, run.end);
  if (
    strength === "sure" &&
    /^\p{Script=Han}{2,5}$/u.test(all) &&
    !endsLikeNobody(all) &&
    !namesNobody(all)
  ) {
    if (isUnknownName(all, run, { strength, view })) return run.end;
  }
  for (let end = run.end; end > run.start; end -= 1) {
    const name = text.slice(run.start, end);
    if (namesNobody(name)) return undefined;
    const isFreeBehind = /^[ぁ-ゖ]/.test(name)
      ? /^(?:さん|様|さま|ちゃん|くん|$|[、。\s」)])/.test(text.slice(end))
      : end === run.end || view.isBorder(end) || /^[ぁ-ゖ]/.test(text.slice(end));
    if (isListed(name) && isFreeBehind) {
      return isOtherWord(text, { start: run.start, end }, { strength, view }) ? undefined : end;
    }
  }
  const whole = text.slice(run.start, run.end);
  if (strength !== "sure" || endsLikeNobody(whole)) return undefined;
  return isUnknownName(whole, run, { strength, view }) ? run.end : undefined;
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
  if (/(?:さん|くん|ちゃん|さま)$/.test(name)) return false;
  if (/^\p{Script=Han}[ぁ-ゖ]/u.test(name)) return isGivenName(name) && name.endsWith("子");
  return isFamilyName(name) || isGivenName(name) || isFullName(name);
}

/** 「高梨まお」, 「大道寺芽衣」. */
function isFullName(name: string): boolean {
  for (let cut = name.length > 2 ? 2 : 1; cut < name.length; cut += 1) {
    if (isFamilyName(name.slice(0, cut)) && isGivenName(name.slice(cut))) return true;
  }
  return false;
}

/** Surnames are places and things too; kuromoji says which is meant where the words around do not. */
function isOtherWord(
  text: string,
  { start, end }: Span,
  { strength, view }: { strength: Strength; view: WordView },
): boolean {
  if (strength === "sure") return false;
  const name = text.slice(start, end);
  const words = view.wordsIn(start, end);
  const [word] = words;
  if (/^[ぁ-ゖ]/.test(name) && isPetName(text, end))
    return words.length === 1 && word?.pos === "名詞" && isCommon(word.posDetail);
  if (/^[ぁ-ゖ]{3,}/.test(name) && start === 0 && isFamilyName(name) && words.length !== 1)
    return false;
  if (word === undefined) return strength === "hinted" || name.length < 2;
  if (strength === "likely" && word.proper === "地域" && isPlaceHere(text, end)) return true;
  if (words.length > 1)
    return !words.some(({ proper }) => proper === "人名") && !/\p{Script=Han}/u.test(name);
  if (SINGLE.test(name)) return strength === "hinted";
  if (/^\p{Script=Han}+$/u.test(name) && /^[ ]?(?:さん|先生|君|ちゃん|くん)/.test(text.slice(end)))
    return false;
  if (PLACES.has(name)) return true;
  if (word.posDetail !== "固有名詞")
    return strength === "hinted" || !/^\p{Script=Han}{2,}$/u.test(name) || isCommon(word.posDetail);
  return strength === "hinted" && word.proper !== "人名";
}

function isPetName(text: string, end: number): boolean {
  return /^[ ]?(?:ちゃん|くん|さま)/.test(text.slice(end, end + 4));
}

/** Surnames of one kanji that are called by さん more often than what they mean. */
const SINGLE = /^[林森原関堀辻星南谷岡沢島菅泉畑柳榊堤滝浜峰梶轟乾桂境東西平桜葵翼楓]$/;

/** 「友人の京都・舞鶴の家」, 「私は敦賀出身」. */
function isPlaceHere(text: string, end: number): boolean {
  return /^(?:[のにでへを・〜]|から|まで|出身|在住|方面|駅|産|より)/.test(text.slice(end));
}

function isCommon(posDetail: string): boolean {
  return /^(?:一般|サ変接続|形容動詞語幹|副詞可能|代名詞|接尾|数)$/.test(posDetail);
}

/** A name that no list has: two to four kanji that kuromoji does not know as a word. */
/** Nobody is called so, whatever stands behind. */
const DIGITS = /^[一二三四五六七八九十百千]+$/;

function isUnknownName(
  name: string,
  span: Span,
  { strength, view }: { strength: Strength; view: WordView },
): boolean {
  if (DIGITS.test(name) && strength !== "sure") return false;
  if (/^[ァ-ヺー・=]+$/.test(name)) {
    return (strength === "sure" || /[ァ-ヺー]{2}・[ァ-ヺー]{2}/.test(name)) && isForeign(name);
  }
  if (!/^[\p{Script=Han}々ヶケノ]{1,5}$/u.test(name)) return false;
  const words = view.wordsIn(span.start, span.end);
  if (words.length === 1) {
    const [word] = words;
    return word?.proper === "人名" || strength === "sure";
  }
  if (strength === "sure")
    return !words.some(
      ({ surface, posDetail }) => surface.length > 1 && isCommon(posDetail) && posDetail !== "数",
    );
  return (
    name.length > 1 &&
    words.length === name.length &&
    words.every(({ pos }) => pos === "名詞" || pos === "接頭詞" || pos === "動詞")
  );
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

/** Katakana that is no word of service: 「グエン・ティ・フオン」. */
function isForeign(part: string): boolean {
  return (
    part.length >= 2 &&
    !namesNobody(part) &&
    !/(?:ホテル|カード|サービス|センター|ショップ|ストア|カンパニー|クラブ|グループ|ー[ズス])$/.test(
      part,
    )
  );
}

const ROMAJI =
  /^(?:(?:[kgsztdnhbpmrywfj]|ch|sh|ts|ky|gy|ny|hy|by|py|my|ry|tch|kk|ss|tt|pp)?[aiueo]{1,2}|n(?![aiueoy])|mb|mm|h(?![aiueo]))+$/i;

export function isRomaji(word: string): boolean {
  return ROMAJI.test(word);
}

function isLatinName(name: string, strength: Strength): boolean {
  const parts = name.split(" ").filter((part) => part.length > 2 || !part.endsWith("."));
  if (parts.some((part) => part.length < 2 || namesNobody(part))) return false;
  if (strength !== "sure" && !name.includes(" ") && !/\p{Ll}/u.test(name)) return false;
  if (parts.every((part) => ROMAJI.test(part) && part.length > 2))
    return strength !== "hinted" || parts.length > 1 || name.length > 5;
  if (strength === "hinted") return parts.length > 1 && /[^\p{ASCII}]/u.test(name);
  return strength === "sure" && parts.every((part) => /\p{Ll}/u.test(part));
}
