import { isFamilyName, isGivenName, toKatakana } from "../../../models/name-lists.ts";
import { escapePattern } from "../escape-pattern.ts";
import { normalizeVerbatim } from "../normalize-verbatim.ts";
import { toHiragana } from "../to-hiragana.ts";
import type { Detection } from "./detection.ts";
import { HYPHEN } from "./hyphen.ts";
import type { MaskRules } from "./mask-rules.ts";
import { namesNobody } from "./names/name-words.ts";
import { PLACES } from "./names/well-known.ts";
import type { WordView } from "./word-view.ts";

/** Something of a person that a record's own fields tell, as it is looked for in the record's texts. */
export type KnownPerson = {
  readonly kind: "氏名" | "電話" | "メール";
  readonly pattern: RegExp;
  /** Short or a word of everyday: a name only where an honorific or a role stands beside it. */
  readonly isDoubtful: boolean;
};

/** @param known as a raw voice brings it @returns the rules for that voice's texts */
export function knowingPersons(rules: MaskRules, known: readonly string[] = []): MaskRules {
  if (known.length === 0) return rules;
  return { ...rules, known: known.flatMap((value) => lookedFor(normalizeVerbatim(value))) };
}

/** Where a voice says what its record's fields say of persons. */
export function detectKnown(
  text: string,
  known: readonly KnownPerson[],
  view: () => WordView,
): Detection[] {
  return known.flatMap(({ kind, pattern, isDoubtful }) =>
    Array.from(text.matchAll(pattern), ({ 0: said, index }) => ({
      kind,
      key: said.replace(/[\s・-]/g, ""),
      start: index,
      end: index + said.length,
    })).filter(
      (span) =>
        kind !== "氏名" ||
        isCalled(text, span) ||
        !(isDoubtful || isTown(text, span) || isEverydayWord(span, view)),
    ),
  );
}

function lookedFor(value: string): KnownPerson[] {
  if (HANDLE.test(value)) return [handle(value.replace("@", ""))];
  const mails = value.match(MAIL) ?? [];
  const rest = value.replace(MAIL, " ");
  // 「山田（65歳）」「山田 090-1234-5678」: one cell may hold a name, and more than one number.
  const runs = (rest.match(NUMBER) ?? []).map(digitsOf);
  const numbers = [...runs, digitsOf(rest)].filter(({ length }) => length >= FEWEST_DIGITS);
  return [
    ...mails.map(mail),
    ...[...new Set(numbers)].map(phone),
    ...namesIn(rest.replace(NUMBER_SAID, " ")).flatMap(name),
  ];
}

const MAIL = /[^\s<>()、,;@]*@[^\s<>()、,;@]+/g;
/** Between the digits of a number. */
const GAP = `[${HYPHEN}() .]{0,2}`;
const DIGITS = `[0-9](?:${GAP}[0-9])*`;
const NUMBER = new RegExp(DIGITS, "g");
const NUMBER_SAID = new RegExp(
  `(?:(?:自宅|携帯|勤務先|会社|職場|実家|固定|直通|内線|電話|番号|TEL|FAX|No|ほか|他)[ :.番号電話]{0,4})?${DIGITS}[ ]?(?:[歳才代名人件番号]|回目?)?(?:[ (]*(?:自宅|携帯|勤務先|会社|職場|実家|固定|直通|内線)[)]?)?`,
  "gi",
);

function digitsOf(text: string): string {
  return text.replace(/[^0-9]/g, "");
}

function mail(address: string): KnownPerson {
  return { kind: "メール", pattern: literal(address), isDoubtful: false };
}

/** 「kinjo_38」, and no code (S-008) and no labelled number. */
const HANDLE = /^(?=@|\w*[0-9_])@?(?!tel|fax|phone)[A-Za-z][\w.]*[A-Za-z]{2}[\w.]*$/i;

function handle(written: string): KnownPerson {
  const pattern = new RegExp(`(?<![\\w.])${escapePattern(written)}(?!\\w)`, "giu");
  return { kind: "氏名", pattern, isDoubtful: false };
}

/** Extensions and years are shorter than a telephone number without its area. */
const FEWEST_DIGITS = 6;

function phone(digits: string): KnownPerson {
  const pattern = new RegExp(`(?<![0-9])${[...digits].join(GAP)}(?![0-9])`, "gu");
  return { kind: "電話", pattern, isDoubtful: false };
}

/** Between the parts of a name. */
const BLANK = "[\\s・]?";

/** The whole name, with or without a blank, and its parts. */
function namesIn(value: string): readonly string[] {
  const bare = value.replace(HONORIFIC, "").trim();
  if (bare.length > LONGEST_NAME || isOffice(bare)) return [];
  const written = bare
    .split(/[\s・,、。!?/():;|_&【】「」]+/)
    .map((part) => part.replace(INNER_HONORIFIC, ""))
    .filter((part) => part !== "" && !isSentence(part) && !isNoPart(part));
  const parts = written.length === 1 ? written.flatMap(cut) : written;
  const whole = parts.length > 1 ? [parts.join(BLANK)] : [];
  const said = [...whole, ...parts].filter((part) => !namesNobody(part));
  return [...new Set(said.flatMap((part) => [part, inOtherKana(part)]))];
}

const HONORIFIC = /[\s(]*(?:様|さま|さん|氏|殿|先生|御中|ちゃん|くん|君|サマ|サン)\)?$/;
/** 「山田様（奥様）」. Not 殿 and 氏, in which surnames end too. */
const INNER_HONORIFIC = /(?:様|さま|さん|先生|サマ|サン)$/;
const LONGEST_NAME = 30;

function isNoPart(part: string): boolean {
  return namesNobody(part.replace(/^[ご御]/, ""));
}

/**
 * What somebody typed in the wrong field: 「味が薄くなったと思います」. Else it would mask itself in the words. Between kanji
 * stand particles in sentences, and in surnames of three signs (緑が丘).
 */
function isSentence(part: string): boolean {
  return part.length > LONGEST_PART || (part.length > 5 && SAID_AS_SENTENCE.test(part));
}

/** 「ヴィルヘルムシュトラッセ」 has twelve signs, written together; Latin ones have more. */
const LONGEST_PART = 20;
const SAID_AS_SENTENCE =
  /(?:です|ます|ました|でした|ません|ください|下さい|します|したい|しい|った|いる|ない|だよ|よね)$|[\p{Script=Han}ァ-ヺー][をはがにでもと][\p{Script=Han}ァ-ヺ].*[\p{Script=Han}ぁ-ゖ]{2}|[\p{Script=Han}ァ-ヺー](?:から|まで|より|には|では)/u;

/** 「品質保証部」 in a column of who was in charge is nobody's name; 「服部」 is. */
function isOffice(value: string): boolean {
  return OFFICE.test(value) && !isFamilyName(value);
}

const OFFICE =
  /(?:会社|\(株\)|\(有\)|法人|本部|部|課|室|係|店|センター|窓口|グループ|チーム)$|^株式|^不|^なし$/;

/** 「山田花子」 without a blank: at the one place where the lists know both. */
function cut(name: string): readonly string[] {
  for (let at = Math.min(4, name.length - 1); at > 0; at -= 1) {
    const [family, given] = [name.slice(0, at), name.slice(at)];
    if (isFamilyName(family) && isGivenName(given)) return [family, given];
  }
  return [name];
}

/** Readings stand in the words in the one kana or in the other. */
function inOtherKana(part: string): string {
  if (/^[ァ-ヶー]+$/.test(part)) return toHiragana(part);
  return /^[ぁ-ゖー]+$/.test(part) ? toKatakana(part) : part;
}

function name(said: string): KnownPerson[] {
  const plain = said.replaceAll(BLANK, "");
  // A single letter or sign is in everything, initials are in codes.
  if (plain.length === 1 && !/\p{Script=Han}/u.test(plain)) return [];
  if (LATIN.test(plain) && plain.replace(/[^A-Za-z]/g, "").length < 3) return [];
  const source = said.split(BLANK).map(escapePattern).join(BLANK);
  const border = BORDERS.find(([script]) => script.test(plain))?.[1] ?? ["", ""];
  const pattern = new RegExp(`${border[0]}${source}${border[1]}`, "giu");
  return [{ kind: "氏名", pattern, isDoubtful: isDoubtful(plain) }];
}

const LATIN = /^[A-Za-z .'-]+$/;

/** Not inside a longer word of the same letters, and no town or shop that is called so. */
const BORDERS: readonly (readonly [RegExp, readonly [string, string]])[] = [
  [
    /^[\p{Script=Han}々ヶケ]+$/u,
    ["(?<![\\p{Script=Han}々])", "(?![県市区町村駅屋店]|[\\p{Script=Han}々](?<![様氏殿君宅方家]))"],
  ],
  [/^[ァ-ヶー]+$/, ["(?<![ァ-ヶー])", "(?![ァ-ヶー])"]],
  [LATIN, ["(?<![A-Za-z0-9])", "(?![A-Za-z]|-?[0-9])"]],
];

/** 「林」「森」, and what hiragana spells: 「さくら」「のぞみ」「はら」. */
function isDoubtful(plain: string): boolean {
  if (plain.length < 2) return true;
  if (/^[ぁ-ゖー]+$/.test(plain)) return plain.length < 5;
  return /^[ァ-ヶー]+$/.test(plain) && plain.length < 3;
}

/** A row that names 千葉 speaks of that person, but for where its words go, buy or live, and for a cell of places. */
function isTown(text: string, { start, end }: { start: number; end: number }): boolean {
  if (!PLACES.has(text.slice(start, end))) return false;
  if (text.trim().length === end - start) return true;
  const before = text.slice(Math.max(0, start - 8), start);
  return AS_TOWN.test(text.slice(end, end + 12)) || BEFORE_TOWN.test(before);
}

const AS_TOWN =
  /^(?:[県市駅店港区町産]|方面|支店|工場|に(?:は)?(?:住|旅行|行|来|着|帰|あ[るり]|出張|出かけ|引っ?越|遊び|立ち寄)|へ(?:は)?(?:行|旅行|来|帰|出張|出かけ)|で(?:は)?(?:買|購入|売|販売|食べ|見かけ|泊)|まで(?:行|出かけ|足を|買い|来)|から(?:来|通|取り寄せ)|の(?:お?店|[^。、]{0,4}(?:店|売り?場)|スーパー|イオン|コンビニ|デパート|道の駅|駅|空港|ホテル|旅館|工場|名産|名物|特産|お?土産))/;
const BEFORE_TOWN =
  /(?:[ァ-ヶー]{2}(?<!ャー|ダー|バー|チーフ|バイト|パート)[ ]?|[都道府県市区町村][ 、・の]?|地方の?)$/;

function isCalled(text: string, { start, end }: { start: number; end: number }): boolean {
  const before = text.slice(Math.max(0, start - 8), start);
  return CALLED.test(text.slice(end, end + 8)) || ROLE.test(before);
}

const CALLED =
  /^[ ]?(?:様|さま|さん|サン|氏|殿|先生|君|くん|ちゃん|宅|家の|と申|と言い?ます|といいます|です(?:が|。|、|$)|より$|拝$)/;
const ROLE =
  /(?:担当者?|係|店員|店長|受付|対応者?|氏名|お?名前|名義|本人|私|スタッフ|オペレーター)[のは:： 、(「]{0,2}$/;

/** What kuromoji takes for another word than a thing's or a place's: 「満足」, 「本当」. */
function isEverydayWord(
  { start, end }: { start: number; end: number },
  view: () => WordView,
): boolean {
  const [word, ...more] = view().wordsIn(start, end);
  if (word === undefined || more.length > 0) return false;
  return word.pos !== "名詞" || EVERYDAY.has(word.posDetail);
}

/** Nouns of these kinds stand in the dictionary; a plain noun (一般) may be a name that it does not know. */
const EVERYDAY = new Set([
  "サ変接続",
  "形容動詞語幹",
  "副詞可能",
  "代名詞",
  "数",
  "非自立",
  "接尾",
]);

function literal(value: string): RegExp {
  return new RegExp(`(?<![\\w.])${escapePattern(value)}(?![\\w])`, "giu");
}
