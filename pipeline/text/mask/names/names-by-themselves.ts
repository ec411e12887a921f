import type { Morpheme } from "../../../../models/morpheme.ts";
import { isFamilyName, isGivenName } from "../../../../models/name-lists.ts";
import { allMatches } from "../all-matches.ts";
import type { WordView } from "../word-view.ts";
import type { Span } from "./judge-name.ts";
import { namesNobody } from "./name-words.ts";
import { isThing } from "./no-person.ts";
import { CLANS, isPublic, PLACES } from "./well-known.ts";

/** Names that need no context: what kuromoji takes for a person, a surname with a given name, names in a row. */
export function namesByThemselves(text: string, view: () => WordView): Span[] {
  return [
    ...bareNames(text, view()),
    ...partedNames(text, view),
    ...joinedNames(text, view),
    ...katakanaNames(text, view),
    ...quotedNames(text),
    ...rows(text, view),
  ];
}

/** What kuromoji takes for a person that stands as a word of its own, and is no place or person that all know. */
function bareNames(text: string, view: WordView): Span[] {
  const found: Span[] = [];
  for (const { word, start, end, before, after } of view.persons()) {
    const isCompound = before?.pos === "名詞" || before?.pos === "接頭詞";
    const isAlone = after === undefined || (BESIDE.has(after.pos) && after.surface !== "の");
    if (isCompound || !isAlone || isPublic(text, { start, end })) continue;
    if (isUncommon(word.surface)) found.push({ start, end });
  }
  return found;
}

function isUncommon(name: string): boolean {
  if (!/^[\p{Script=Han}々ヶ]{2,}$/u.test(name)) return false;
  if (!isFamilyName(name) && !isGivenName(name)) return false;
  return !PLACES.has(name) && !CLANS.test(name) && !namesNobody(name);
}

const BESIDE = new Set(["助詞", "助動詞", "記号"]);

/** A surname and a given name with a blank between them, or run together where kuromoji sees both. */
function partedNames(text: string, view: () => WordView): Span[] {
  const found: Span[] = [];
  for (const match of allMatches(text, TWO_PARTS)) {
    const [, first = "", second = ""] = match;
    if (isFamilyName(first) && isGivenName(second) && first.length + second.length > 2) {
      if (isPerson(view(), match.index, first, second)) found.push(spanOf(match));
    }
  }
  return found;
}

const TWO_PARTS =
  /(?<![\p{Script=Han}々ァ-ヺーA-Za-z] ?)([\p{Script=Han}々ヶケ]{1,4})[ _/・,.]([\p{Script=Han}々]{1,3}|[ァ-ヺー]{2,5}|[ぁ-ゖ]{2,4})(?![\p{Script=Han}々ァ-ヺーぁ-ゖ])/gu;

function isPerson(view: WordView, start: number, first: string, second: string): boolean {
  const [family] = view.wordsIn(start, start + first.length);
  const from = start + first.length + 1;
  const given = view.wordsIn(from, from + second.length);
  return family?.proper === "人名" || given.some(({ proper }) => proper === "人名");
}

/** 「渡辺律子」, where kuromoji sees a surname and a given name. */
function joinedNames(text: string, view: () => WordView): Span[] {
  const found: Span[] = [];
  for (const match of allMatches(text, HAN_RUN)) {
    const words = view().wordsIn(match.index, match.index + match[0].length);
    let start = match.index;
    for (const [index, family] of words.entries()) {
      const [given, next] = [words[index + 1], words[index + 2]];
      const span = { start, end: start + family.surface.length + (given?.surface.length ?? 0) };
      const isLast = next === undefined || next.posDetail === "接尾";
      const isName = isPair(family, given) || (isSignature(text, span) && areNames(family, given));
      if (isLast && isName && !isThing(text, span.end) && !isPublic(text, span)) found.push(span);
      start += family.surface.length;
    }
  }
  return found;
}

const HAN_RUN = /[\p{Script=Han}々ヶケ]{3,12}/gu;

function isPair(family: Morpheme, given: Morpheme | undefined): boolean {
  if (!areNames(family, given)) return false;
  return given.surface.length > 1 && GIVEN_TAIL.test(given.surface);
}

function areNames(family: Morpheme, given: Morpheme | undefined): given is Morpheme {
  if (family.proper !== "人名" || given?.proper !== "人名") return false;
  return isFamilyName(family.surface) && isGivenName(given.surface);
}

/** 「…もらえますか。加藤誠」: a sentence, or a line, of its own. */
function isSignature(text: string, { start, end }: Span): boolean {
  return /(?:^|[。!?\n] ?)$/.test(text.slice(0, start)) && /^ ?(?:$|[。\n])/.test(text.slice(end));
}

/** What given names end in, and things seldom. */
const GIVEN_TAIL =
  /[子美恵代江香奈菜夫男雄郎一二三治司人也哉太介助平樹輝明昭彦之幸志史斗翔真朗吾悟弥織穂希紀季理里莉沙紗衣依葉音愛乃良枝絵佳加央緒夏海輔佑祐亮誠隆洋健哲雅浩博宏和正晴]$/;

/** 「小宮山トシ子」, 「高橋ユキ」: a surname that is no town all know, and a given name in katakana. */
function katakanaNames(text: string, view: () => WordView): Span[] {
  return [...allMatches(text, KATAKANA_GIVEN)]
    .filter(({ 1: family = "", 2: given = "", index }) => {
      if (!isFamilyName(family) || PLACES.has(family) || !isGivenName(given)) return false;
      return view().wordsIn(index, index + family.length)[0]?.proper === "人名";
    })
    .map(spanOf);
}

const KATAKANA_GIVEN =
  /(?<![\p{Script=Han}々])([\p{Script=Han}々ヶ]{2,4})([ァ-ヺ]{2,4}子?)(?![ァ-ヺー\p{Script=Han}])/gu;

/** 「名前を「田中」から「高田」に」: a name in brackets in a voice that speaks of names. */
function quotedNames(text: string): Span[] {
  const isOfNames = /名前|[名苗]字|氏名|宛名|名札|名義|読み|フリガナ|ふりがな|登録/.test(text);
  if (!isOfNames && !text.includes("様")) return [];
  return Array.from(
    text.matchAll(
      /[「『]([\p{Script=Han}々ヶケ]{2,6}|[ァ-ヺー]{2,6}|[ぁ-ゖ]{3,6})(?: ([\p{Script=Han}々]{1,3}|[ァ-ヺー]{2,6}))?[」』]/gu,
    ),
  )
    .filter(({ 1: first = "" }) => isOfNames || !/^[ぁ-ゖ]/.test(first))
    .filter(({ 1: first = "", 2: second }) =>
      second === undefined
        ? isWholeName(first) && !namesNobody(first)
        : isFamilyName(first) && isGivenName(second),
    )
    .map(({ 0: all, index }) => ({ start: index + 1, end: index + all.length - 1 }));
}

/** A surname that is no town all know, or one with a given name. */
export function isWholeName(word: string): boolean {
  if (isFamilyName(word) && !PLACES.has(word)) return true;
  for (let cut = 1; cut < word.length; cut += 1) {
    if (isFamilyName(word.slice(0, cut)) && isGivenName(word.slice(cut))) return true;
  }
  return false;
}

/** 「真鍋→遠藤→曽我部の順」, 「江藤、木内、馬場の3名」. */
function rows(text: string, view: () => WordView): Span[] {
  const found: Span[] = [];
  for (const match of allMatches(text, ROW)) {
    const spans = Array.from(match[0].matchAll(/[\p{Script=Han}々ヶケ]+/gu), (part) => ({
      start: match.index + part.index,
      end: match.index + part.index + part[0].length,
    }));
    const areNames = spans.every(({ start, end }) => isFamilyName(text.slice(start, end)));
    const persons = spans.filter(
      ({ start, end }) => view().wordsIn(start, end)[0]?.proper === "人名",
    );
    if (areNames && persons.length > 0) found.push(...spans);
  }
  return found;
}

const ROW =
  /(?<![\p{Script=Han}々])[\p{Script=Han}々ヶケ]{1,4}(?:[、・/→&][\p{Script=Han}々ヶケ]{1,4}){1,9}(?=の?(?:[0-9一二三四五六七八九]{1,2}[名人]|順|ご?両名)|で(?:伺|訪|宿泊|参)|様|さん)/gu;

function spanOf(match: RegExpExecArray): Span {
  return { start: match.index, end: match.index + match[0].length };
}
