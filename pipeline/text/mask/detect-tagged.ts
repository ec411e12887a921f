import { tagPersons } from "../../../models/mask/person-tagger.ts";
import type { Morpheme } from "../../../models/morpheme.ts";
import { isFamilyName, isGivenName, isModernGivenName } from "../../../models/name-lists.ts";
import type { Detection } from "./detection.ts";
import { HYPHEN } from "./hyphen.ts";
import type { Span } from "./names/judge-name.ts";
import { namesNobody } from "./names/name-words.ts";
import { isWholeName } from "./names/names-by-themselves.ts";
import { isNoPerson, isThing } from "./names/no-person.ts";
import { isPublic, PLACES } from "./names/well-known.ts";
import type { WordView } from "./word-view.ts";

type Analyzed = { readonly text: string; readonly morphemes: readonly Morpheme[] };

export type Tagged = {
  readonly names: readonly Span[];
  readonly addresses: readonly Detection[];
};

/** What the tagger takes for a name or an address, without what is known to be nobody's. */
export function detectTagged({ text, morphemes }: Analyzed, view: () => WordView): Tagged {
  const spans = tagPersons(text, morphemes).map((span) =>
    withoutEnds(text, beforeBracket(text, span)),
  );
  return {
    names: spans.filter(
      (span) =>
        span.is === "name" &&
        !isNobody(text, span) &&
        (span.isSure || !(isBareWord(text, span, view()) || hasOrdinaryPart(text, span, view()))),
    ),
    addresses: spans
      .filter(({ is, start, end }) => is === "address" && isPlace(text.slice(start, end)))
      .map(({ start, end }) => ({
        kind: "住所",
        key: text.slice(start, end).replace(/[\s〒、]/g, ""),
        start,
        end,
      })),
  };
}

/** A placeholder that a customer wrote, or an earlier masking, stays whole; a reading in brackets is found by itself. */
function beforeBracket<S extends Span>(text: string, span: S): S {
  const length = text.slice(span.start, span.end).search(/[【】]|[(「](?=[ぁ-ゖァ-ヺー ]+$)/);
  return length < 0 ? span : { ...span, end: span.start + length };
}

/** 「客:」, 「宅(」, of which the tagger takes the sign too. */
function withoutEnds<S extends Span>(text: string, span: S): S {
  const words = text.slice(span.start, span.end);
  return {
    ...span,
    start: span.start + (words.length - words.replace(/^[\s:、。・()「」]+/, "").length),
    end: span.end - (words.length - words.replace(/[\s:、。・()「」]$/, "").length),
  };
}

/** With a part of an address, or two numbers of a lot: not 「イオン3階201」, nor 「金沢市内2-3時間」, nor 「金沢市1番乗り場」. */
function isPlace(words: string): boolean {
  return PLACE.test(words) && WRITTEN.test(words) && !/市内|時間|[0-9]分|番[乗目線]/.test(words);
}

const PLACE = new RegExp(`[市区町村郡都道府県条字]|丁目|番地?|[0-9][${HYPHEN}の][0-9]`);
const WRITTEN = /[\p{Script=Han}\p{Script=Katakana}]{2}|[A-Z][a-z]{3}|[ぁ-ゖ]{4}/u;

function isNobody(text: string, span: Span): boolean {
  const name = text.slice(span.start, span.end);
  if (!/\p{L}/u.test(name) || /[。\n!?]/.test(name) || SALUTES.test(name)) return true;
  if (/^[A-Za-z]+$/.test(name) && CODE.test(text.slice(span.end))) return true;
  const [before = "", after = ""] = [text[span.start - 1], text[span.end]];
  // Which handles are a person's, the rules say.
  if (before === "@") return true;
  if (isOneWord(before + name.charAt(0)) || isOneWord(name.slice(-1) + after)) return true;
  if (/[ゃゅょ]/.test(after) || `${name.slice(-1)}${after}` === "模様") return true;
  return (
    namesNobody(name) ||
    isNoPerson(text, span) ||
    isThing(text, span.end) ||
    isPublic(text, span) ||
    (ENDS_AS_SHOP.test(name) && !isFamilyName(name))
  );
}

/** 「拝啓 いつも」, of which the tagger takes 「い」 for a given name. */
const SALUTES = /^(?:拝啓|謹啓|拝復|前略|冠省)/;

/** 「S-008」, of which the tagger takes the letters. */
const CODE = /^-[0-9]/;

/** 「マツモト」 and 「キヨシ」: a word of katakana or Latin letters is a name as a whole or not at all. */
function isOneWord(pair: string): boolean {
  return /^(?:[ァ-ヺー]{2}|[A-Za-z]{2})$/.test(pair);
}

const ENDS_AS_SHOP =
  /.(?:[閣荘堂亭庵館院寺社店湊湯県市駅港屋]|バーガー|ヒルズ|ホテル|カフェ|パーク|ランド|センター|パーキング)$/;

/** A town or a thing that nobody is called by here: 「武生を中心に」, 「農家さん」. */
function isBareWord(text: string, span: Span, view: WordView): boolean {
  const name = text.slice(span.start, span.end);
  const after = text.slice(span.end);
  const isListed = isFamilyName(name) || isModernGivenName(name);
  const [word, ...more] = view.wordsIn(span.start, span.end);
  const isKnown = word !== undefined && more.length === 0 && !isListed && !HONORIFIC.test(after);
  if (isKnown && isOrdinary(word)) return true;
  if (CALLED.test(after) && !THING.test(name)) return false;
  if (PLACES.has(name)) return true;
  if (isListed || /[^\p{Script=Han}々ヶ]/u.test(name)) return false;
  if (word !== undefined && more.length === 0) return word.proper !== "人名";
  return !isWholeName(name) && !AFTER_LABEL.test(text.slice(0, span.start));
}

/** 「娘 親子」, 「海 山」: keywords with a blank between them, not a surname and a given name. */
function hasOrdinaryPart(text: string, { start, end }: Span, view: WordView): boolean {
  const name = text.slice(start, end);
  if (!name.includes(" ")) return false;
  return Array.from(name.matchAll(/[^ ]+/g)).some(({ 0: part, index }) => {
    const [word, ...more] = view.wordsIn(start + index, start + index + part.length);
    const isListed = isFamilyName(part) || isGivenName(part);
    return word !== undefined && more.length === 0 && !isListed && isOrdinary(word);
  });
}

/** 「感想です」, 「ためです」: no noun for a thing that the dictionary has, but for katakana, of which it has half. */
function isOrdinary({ surface, pos, posDetail, proper }: Morpheme): boolean {
  if (/^[ァ-ヺーA-Za-z]/.test(surface) || proper !== undefined) return false;
  return pos !== "名詞" || posDetail !== "固有名詞";
}

const HONORIFIC = /^[ ]?(?:様|さん|さま|氏|殿|君|くん|ちゃん|先生)/;

/** Said of persons, and of places and things seldom. */
const CALLED =
  /^[ ]?(?:様|さん|さま|氏|殿|君|くん|ちゃん|サマ|サン|先生|です(?=$|[。、がけ\n])|だけど|でござ|と(?:申|言いま|いいま|言う者|いう者))/;
const THING = /^(?:農家|業者|雅|名|一行|返品)$/;
const AFTER_LABEL = /(?:[名者当長員係宛][はのが: 、(]?|[:=|→⇒「])[ ]?$/;
