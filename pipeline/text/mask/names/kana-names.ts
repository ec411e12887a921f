import { isFamilyName, isGivenName } from "../../../../models/name-lists.ts";
import type { Span } from "./judge-name.ts";

/** Full names in kana, and nicknames made of a given name: 「ふじえだ まなと」, 「チュウジョウトモミ」, 「なおっち」, 「キヨばあ」. */
export function kanaNames(text: string): Span[] {
  return [
    ...(MAY_PART.test(text) ? parted(text) : []),
    ...(FORM_CUE.test(text) ? joined(text) : []),
    ...(MAY_CALL.test(text) ? called(text) : []),
  ];
}

const MAY_PART = /[ぁ-ゖァ-ヺー] [ぁ-ゖァ-ヺー]/;

/** A surname and a given name that fill a line, or stand before an age or what a person says. */
function parted(text: string): Span[] {
  return Array.from(text.matchAll(PARTED))
    .filter(({ 1: family = "", 2: given = "" }) => isPair(family, given))
    .map(({ 0: name, index }) => ({ start: index, end: index + name.length }));
}

const PARTED =
  /(?<=^|[\n:。「(|/] ?)([ぁ-ゖ]{2,6}|[ァ-ヺー]{2,6}) ([ぁ-ゖ]{2,5}|[ァ-ヺー]{2,5})(?=$|[\n)」|/]| ?[0-9]{1,2}(?:さい|才|歳)| ?(?:です|と申|といい|より|から$|様|さま))/gu;

/** As on a form or a letter. */
const FORM_CUE = /名前|氏名|名義|フリガナ|ふりがな|宛|様|申し/;

/** A whole word of katakana that is a surname with a given name, without anything between them. */
function joined(text: string): Span[] {
  return Array.from(text.matchAll(/(?<![ァ-ヺー・])[ァ-ヺー]{5,11}(?![ァ-ヺー・])/gu))
    .filter(([word]) => CUTS.some((cut) => isPair(word.slice(0, cut), word.slice(cut))))
    .map(({ 0: word, index }) => ({ start: index, end: index + word.length }));
}

/** How long a surname is in kana. */
const CUTS = [3, 4, 5, 6];

/** Of kana beside a name or its label: a surname, with or without a given name behind it; 「タ ナ カ」, too. */
export function beginsLikeName(words: string): boolean {
  const [first = "", second] = /^.(?: .)+$/.test(words)
    ? [words.replaceAll(" ", "")]
    : words.split(" ");
  if (isFamilyName(first)) return true;
  return (
    second === undefined &&
    [2, ...CUTS].some((cut) => isPair(first.slice(0, cut), first.slice(cut)))
  );
}

function isPair(family: string, given: string): boolean {
  return given.length > 1 && isFamilyName(family) && isGivenName(given);
}

const MAY_CALL =
  /[ぁ-ゖァ-ヺー](?:っち|ッチ|ぽん|りん|リン|ぴょん|ばあ|ばぁ|じい|じぃ|爺|婆|兄|姉|にい|ねえ|ママ|パパ)/;

/** Behind a given name only: 「こっち」, 「かりん」 and 「きりん」 have none before their end. */
function called(text: string): Span[] {
  return Array.from(text.matchAll(CALLED))
    .filter(({ 1: stem = "" }) => isGivenName(stem) && !NO_STEM.test(stem))
    .map(({ 0: name, 1: stem = "", 2: ending = "", index }) => ({
      start: index,
      end: index + (KIN.test(ending) ? stem.length : name.length),
    }));
}

const CALLED =
  /(?<![ァ-ヺー\p{Script=Han}]|[ぁ-ゖ](?<![にはがのとをも]))([ぁ-ゖ]{2,3}|[ァ-ヺー]{2,3})(っち|ッチ|ぽん|りん|リン|ぴょん|ばあ(?:ちゃん|さん)?|じい(?:ちゃん|さん)?|爺(?:さん)?|婆(?:さん)?|兄(?:さん)?|姉(?:さん)?|にい|ねえ|の?(?:ママ|パパ))(?![ぁ-ゖァ-ヺー\p{Script=Han}](?<![がはもとにをのでさへか]))/gu;
/** 「ある姉の」, 「どんりん」 */
const NO_STEM = /^(?:[ぁ-ゖ][るのたいなう]|どん)$/;
const KIN = /^(?:ば|じ|爺|婆|兄|姉|に|ね|の|マ|パ)/;
