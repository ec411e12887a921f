import type { Morpheme } from "../../../../models/morpheme.ts";
import { isFamilyName } from "../../../../models/name-lists.ts";
import type { WordView } from "../word-view.ts";
import type { Span, Strength } from "./judge-name.ts";
import { namesNobody } from "./name-words.ts";
import { PLACES } from "./well-known.ts";

type Around = { readonly strength: Strength; readonly view: WordView };

/** Surnames are places and things too; kuromoji says which is meant where the words around do not. */
export function isOtherWord(text: string, span: Span, around: Around): boolean {
  if (around.strength === "sure") return false;
  const name = text.slice(span.start, span.end);
  return /^[ぁ-ゖ]/.test(name)
    ? isOtherKanaWord(text, span, around)
    : isOtherWrittenWord(text, span, around);
}

function isOtherKanaWord(text: string, { start, end }: Span, { strength, view }: Around): boolean {
  const name = text.slice(start, end);
  const words = view.wordsIn(start, end);
  const [word] = words;
  if (/^[ ]?(?:ちゃん|くん|さま)/.test(text.slice(end, end + 4))) {
    return words.length === 1 && word?.pos === "名詞" && isCommon(word.posDetail);
  }
  if (start === 0 && name.length > 2 && isFamilyName(name) && words.length !== 1) return false;
  if (word === undefined || words.length > 1) return strength === "hinted" || name.length < 2;
  return word.proper !== "人名";
}

function isOtherWrittenWord(
  text: string,
  { start, end }: Span,
  { strength, view }: Around,
): boolean {
  const name = text.slice(start, end);
  const words = view.wordsIn(start, end);
  const [word] = words;
  if (word === undefined) return strength === "hinted" || name.length < 2;
  if (strength === "likely" && word.proper === "地域" && isPlaceHere(text, end)) return true;
  const isWritten = /\p{Script=Han}/u.test(name);
  if (words.length > 1) return !isWritten && words.every(({ proper }) => proper !== "人名");
  if (SINGLE.test(name)) return strength === "hinted";
  if (isWritten && HONORIFIC.test(text.slice(end))) return false;
  return PLACES.has(name) || isKnownWord(name, word, strength);
}

function isKnownWord(name: string, word: Morpheme, strength: Strength): boolean {
  if (strength === "hinted") return word.proper !== "人名";
  return word.posDetail !== "固有名詞" && (name.length < 2 || isCommon(word.posDetail));
}

const HONORIFIC = /^[ ]?(?:さん|先生|君|ちゃん|くん)/;

/** Surnames of one kanji that are called by さん more often than what they mean. */
const SINGLE = /^[林森原関堀辻星南谷岡沢島菅泉畑柳榊堤滝浜峰梶轟乾桂境東西平桜葵翼楓]$/;

/** 「友人の京都・舞鶴の家」, 「私は敦賀出身」. */
function isPlaceHere(text: string, end: number): boolean {
  return /^(?:[のにでへを・〜]|から|まで|出身|在住|方面|駅|産|より)/.test(text.slice(end));
}

function isCommon(posDetail: string): boolean {
  return /^(?:一般|サ変接続|形容動詞語幹|副詞可能|代名詞|接尾|数)$/.test(posDetail);
}

/** A name that no list has: two to four kanji that kuromoji does not know as a word, or katakana behind 様. */
export function isUnknownName(text: string, span: Span, { strength, view }: Around): boolean {
  const name = text.slice(span.start, span.end);
  if (DIGITS.test(name) && strength !== "sure") return false;
  if (/^[ァ-ヺー・=]+$/.test(name)) {
    return (strength === "sure" || /[ァ-ヺー]{2}・[ァ-ヺー]{2}/.test(name)) && isForeign(name);
  }
  if (!/^[\p{Script=Han}々ヶケノ]{1,5}$/u.test(name)) return false;
  const words = view.wordsIn(span.start, span.end);
  const [word] = words;
  if (words.length === 1) return word?.proper === "人名" || strength === "sure";
  if (strength === "sure") {
    return !words.some(
      ({ surface, posDetail }) => surface.length > 1 && isCommon(posDetail) && posDetail !== "数",
    );
  }
  return (
    name.length > 1 && words.length === name.length && words.every(({ pos }) => PIECES.has(pos))
  );
}

/** Nobody is called so, whatever stands behind. */
const DIGITS = /^[一二三四五六七八九十百千]+$/;
/** What kuromoji makes of the kanji of a name that it does not know. */
const PIECES = new Set(["名詞", "接頭詞", "動詞"]);

/** Katakana that is no word of service: 「グエン・ティ・フオン」. */
export function isForeign(part: string): boolean {
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

export function isLatinName(name: string, strength: Strength): boolean {
  const parts = name.split(" ").filter((part) => part.length > 2 || !part.endsWith("."));
  if (parts.some((part) => part.length < 2 || namesNobody(part))) return false;
  if (strength !== "sure" && !name.includes(" ") && !/\p{Ll}/u.test(name)) return false;
  if (parts.every((part) => ROMAJI.test(part) && part.length > 2)) {
    return strength !== "hinted" || name.length > 3;
  }
  if (strength === "hinted") return parts.length > 1 && /[^\p{ASCII}]/u.test(name);
  return strength === "sure" && parts.every((part) => /\p{Ll}/u.test(part));
}
