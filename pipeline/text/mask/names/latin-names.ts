import { readNameList } from "../../../../models/name-lists.ts";
import type { Span } from "./judge-name.ts";

/**
 * Japanese names in Latin letters, known by the lists' readings: 「Kenji Morishige」, 「SUDA/EMI」, 「M.Hayama」, 「y_sato」.
 * Nothing beside them need say that they are names.
 */
export function latinNames(text: string): Span[] {
  return Array.from(text.matchAll(TWO_WORDS))
    .filter(({ 0: name, 1: first = "", 2: second = "" }) => isPair(name, first, second))
    .map(({ 0: name, index }) => ({ start: index, end: index + name.length }));
}

const TWO_WORDS =
  /(?<![A-Za-z0-9@._/+-])([A-Z][a-z]{2,11}|[A-Z]{3,12}|[a-z]{3,12}|[A-Z]|[a-z])(?:[ /]|[._] ?)([A-Z][a-z]{2,11}|[A-Z]{3,12}|[a-z]{3,12})(?![A-Za-z0-9@_/+-]|\.[A-Za-z])/g;

function isPair(name: string, first: string, second: string): boolean {
  const isWritten = /^[A-Z]/.test(second) || /[a-z][._][a-z]/.test(name);
  if (
    /^[A-Z]{2,} /.test(name) ||
    !isWritten ||
    /^[A-Z]/.test(first) !== /^[A-Z]/.test(second) ||
    PUBLIC.test(name)
  )
    return false;
  if (first.length === 1) return /[._]/.test(name) && isListed("family", second);
  return (
    (isListed("family", first) && isListed("given", second)) ||
    (isListed("given", first) && isListed("family", second))
  );
}

/** Designers whom brands are named after. */
const PUBLIC =
  /^(?:issey miyake|yohji yamamoto|hanae mori|junko (?:koshino|shimada)|shu uemura|yumi katsura|kansai yamamoto)$/i;

const readings: { family?: ReadonlySet<string>; given?: ReadonlySet<string> } = {};

function isListed(list: "family" | "given", word: string): boolean {
  const names = readings[list] ?? romanised(list);
  readings[list] = names;
  return names.has(withoutLength(word.toLowerCase()));
}

function romanised(list: "family" | "given"): ReadonlySet<string> {
  return new Set(
    [...readNameList(list)]
      .filter((name) => /^[ァ-ヺー]{2,}$/.test(name))
      .map((name) => withoutLength(toLatin(name))),
  );
}

/** 「Ohno」, 「Oono」 and 「Ono」 are one, and so are 「Honma」 and 「Homma」. */
function withoutLength(word: string): string {
  return word
    .replace(/o[uh](?![aiueo])|oo/g, "o")
    .replace(/uu/g, "u")
    .replace(/m(?=[bpm])/g, "n");
}

/** As passports have it. */
function toLatin(kana: string): string {
  return kana
    .replace(/([キシチニヒミリギジヂビピ])([ャュョ])/g, (_, sound: string, small: string) => {
      const [latin = "", vowel = ""] = [LATIN.get(sound), SMALL[small]];
      return latin.slice(0, -1) + (/^(?:sh|ch|j)/.test(latin) ? vowel.slice(1) : vowel);
    })
    .replace(/[ァ-ヺ]/g, (sound) => LATIN.get(sound) ?? "")
    .replace(/ー/g, "")
    .replace(/Q(.)/g, (_, next: string) => (next === "c" ? "tc" : next + next));
}

const SMALL: Readonly<Record<string, string>> = { ャ: "ya", ュ: "yu", ョ: "yo" };

const LATIN: ReadonlyMap<string, string> = new Map(
  (
    "ア a イ i ウ u エ e オ o カ ka キ ki ク ku ケ ke コ ko サ sa シ shi ス su セ se ソ so タ ta チ chi ツ tsu テ te ト to " +
    "ナ na ニ ni ヌ nu ネ ne ノ no ハ ha ヒ hi フ fu ヘ he ホ ho マ ma ミ mi ム mu メ me モ mo ヤ ya ユ yu ヨ yo " +
    "ラ ra リ ri ル ru レ re ロ ro ワ wa ヲ o ン n ッ Q ガ ga ギ gi グ gu ゲ ge ゴ go ザ za ジ ji ズ zu ゼ ze ゾ zo " +
    "ダ da ヂ ji ヅ zu デ de ド do バ ba ビ bi ブ bu ベ be ボ bo パ pa ピ pi プ pu ペ pe ポ po"
  )
    .split(" ")
    .reduce<[string, string][]>((pairs, word, at, words) => {
      if (at % 2 === 0) pairs.push([word, words[at + 1] ?? ""]);
      return pairs;
    }, []),
);
