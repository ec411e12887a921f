import { detectPartPhones } from "./detect-part-phones.ts";
import type { Detection } from "./detection.ts";
import { ofKanjiDigit, SAID, TYPED_KANJI_DIGIT } from "./find-numerals.ts";
import { DASH, HYPHEN } from "./hyphen.ts";
import { isLabelledCode } from "./labelled-code.ts";

/**
 * Telephone numbers of a normalised text. A Japanese number has ten digits from 0, or eleven for mobile, IP and 0800;
 * the hyphens only say where a person paused, so digits decide. Grouping decides only what may touch the number: no
 * price and no date is written 090-1234-5678.
 */
export function detectPhones(text: string): Detection[] {
  const whole = detectWholePhones(text);
  return [...whole, ...detectPartPhones(text, whole)];
}

function detectWholePhones(text: string): Detection[] {
  const readable = inArabicDigits(text);
  const numbers = [...numbersIn(readable, DOMESTIC), ...numbersIn(readable, INTERNATIONAL)];
  const starts = new Set(numbers.map(({ start }) => start));
  const ends = new Set(numbers.map(({ end }) => end));
  const alone = numbers.filter(
    (number) =>
      isFreeBefore(readable, number, ends.has(number.start - 1)) &&
      isFreeAfter(readable, number, starts.has(number.end + 1)),
  );
  return [
    ...alone.map(({ digits, start, end }) => ({
      kind: "電話" as const,
      key: digits,
      start,
      end: end + (EXTENSION.exec(text.slice(end, end + EXTENSION_REACH))?.[0].length ?? 0),
    })),
    ...localNumbersIn(readable),
    ...saidNumbersIn(readable).filter((said) =>
      alone.every(({ start, end }) => said.end <= start || end <= said.start),
    ),
  ];
}

/** In UTF-16 units: 「 (内線番号: 12345、呼び出し)」. */
const EXTENSION_REACH = 24;
const EXTENSION =
  /^[ 、,]?の?[ ]?(?:\(?(?:内線(?:番号)?|ext\.?|extension)[ :は)の]{0,2}|\(内\)?[ :]?|(?:内|x|#)(?=[0-9]{3,5}(?![0-9件名個本円人%])))[0-9]{1,5}(?:(?:[、,/か]|または)[0-9]{2,5}(?![0-9件名個本円人年月日時:-]))?(?:、?呼び?出し?)?\)?/i;

type Numeral = {
  /** From 0, without the country code. */
  readonly digits: string;
  readonly written: string;
  /** In the groups that telephone numbers are printed in, with more than blanks between them. */
  readonly grouped: boolean;
  readonly start: number;
  readonly end: number;
};

/** 「〇九〇―一二三四―五六七八」. Ten in one run are not read: 「〇一二三四五六七八九」 is counting. */
function inArabicDigits(written: string): string {
  const text = written.replace(LETTERS, (run) =>
    (run.match(/[0-9]/g)?.length ?? 0) < FEWEST_BESIDE_LETTERS
      ? run
      : run.replace(/o/gi, "0").replace(/[lI]/g, "1"),
  );
  if (!/[〇零○◯]/.test(text)) return text;
  return text.replace(KANJI_NUMBER, (run) =>
    run.replace(/[〇零○◯一二三四五六七八九]/g, ofKanjiDigit),
  );
}

/** 「09O-l234-5678」: one is beside the nought on many keyboards, the other looks like a one in many fonts. */
const LETTERS = new RegExp(
  `(?<![A-Za-z0-9])[oO0][${DASH}0-9oOlI ]{8,14}[0-9oOlI](?![A-Za-z0-9])`,
  "g",
);
const FEWEST_BESIDE_LETTERS = 7;

const KANJI_PAUSE = String.raw`(?:[ \n]?[${DASH}・.,、/の][ \n]?|[ \n])`;
const KANJI_NUMBER = new RegExp(
  `(?<!${TYPED_KANJI_DIGIT})[〇零○◯](?:[五六七八九][〇零○◯](?:${KANJI_PAUSE}?${TYPED_KANJI_DIGIT}){8}` +
    `|${TYPED_KANJI_DIGIT}{1,4}${KANJI_PAUSE}${TYPED_KANJI_DIGIT}{1,4}${KANJI_PAUSE}${TYPED_KANJI_DIGIT}{3,4})(?!${TYPED_KANJI_DIGIT})`,
  "g",
);

/** Everything people type for a hyphen, the prolonged sound mark included; also a dot, a blank, a line break. */
const PAUSE = String.raw`(?:[ \n]?[${DASH}・.〜=_局][ \n]?|[ \n])`;
const OPEN = String.raw`[ \n]?\([ \n]?`;
const CLOSE = String.raw`[ \n]?\)(?:[ \n]?[${DASH}])?[ \n]?`;
const JOINT = `(?:${PAUSE}|${OPEN}|${CLOSE})`;

/** Between the groups of a mobile number any mark will do, 「の」 and kanji one too; not ×, * or %: they are sums. */
const ANY_MARK = String.raw`(?:[ \n]?(?:(?:(?![*%°])[\p{P}\p{So}→⇒ー一|]){1,6}|の|ハイフン|ダッシュ)[ \n]?|[ \n])`;
const MOBILE = String.raw`0[256789]0(?:${ANY_MARK}\d{4}${ANY_MARK}\d{4}|\*\d{4}\*\d{4})`;

/** A landline's groups are told from dates by all being there: 03/1234/5678, 0776/20/1234, 0120/123/456. */
const ODD_MARK = String.raw`[ \n]?(?:[/_,、:]|→|\.{2,6}|の)[ \n]?`;
const LANDLINE = String.raw`(?:0[346](?<odd24>${ODD_MARK})\d{4}\k<odd24>\d{4}|0[1-9]\d(?<odd33>${ODD_MARK})\d{3}\k<odd33>\d{4}|0[1-9]\d\d(?<odd42>${ODD_MARK})\d\d\k<odd42>\d{4}|0[1-9]\d{3}(?<odd51>${ODD_MARK})\d\k<odd51>\d{4}|0(?:120|570|800)(?<odd43>${ODD_MARK})\d{3}\k<odd43>\d{3,4})`;

const DOMESTIC = new RegExp(
  String.raw`(?<!\d)(?:\((?=\d+\)))?(?:${MOBILE}|${LANDLINE}|0[256789]0(?:${JOINT}?\d){8}|0800(?:${JOINT}?\d){7}|0\d(?:${JOINT}?\d){8})(?!\d)`,
  "gu",
);

/**
 * 0081 in one run with the number would be the code of an imported case (GTIN-14). Only mobile and IP numbers have ten
 * digits behind the code: 「+81-76-165-9087 6時」 ends before the blank.
 */
const INTERNATIONAL = new RegExp(
  String.raw`(?<![\d+])(?:\(?\+ ?81\)?|81(?=[ -][5-9]0[ -]\d{4}[ -])|0(?:0|10)${JOINT}?81(?!\d{10}))${JOINT}?(?:\(0\)|0)?(?:${JOINT}?[256789]${JOINT}?0(?:${JOINT}?\d){8}|(?:${JOINT}?\d){9})(?!\d)`,
  "gu",
);

function numbersIn(text: string, pattern: RegExp): Numeral[] {
  const found: Numeral[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const number = toNumeral(match[0], match.index);
    if (isPhone(number) && (isSureMobile(number) || !isLabelledCode(text, number.start))) {
      found.push(number);
    } else pattern.lastIndex = match.index + 1;
  }
  return found;
}

function toNumeral(written: string, start: number): Numeral {
  const domestic = written.replace(COUNTRY_CODE, "0");
  const shape = (domestic.match(/\d+/g) ?? []).map((group) => group.length).join("-");
  return {
    digits: domestic.replace(/\D/g, ""),
    written,
    grouped: SHAPES.test(shape) && !/\d[ \n]\d/.test(domestic),
    start,
    end: start + written.length,
  };
}

/** How numbers are printed: 090-1234-5678, 03-1234-5678, 0776-20-1234, 01267-2-3456, 0120-123-456, 0800-123-4567. */
const SHAPES = /^(?:3-4-4|2-4-4|3-3-4|4-2-4|5-1-4|4-3-[34])$/;

const MOBILE_DIGITS = /^0[5789]0\d{8}$/;

/** Mobile and IP (050 to 090), paging and data (020), free of charge (0800). */
const ELEVEN_DIGITS = /^(?:0[256789]0|0800)/;

/** +81(0)90-1234-5678 has five; a column of figures has more. */
const MOST_GROUPS = 5;
const COUNTRY_CODE = /^(?:\(?\+ ?|0(?:0|10)\D{0,3}|(?=81[ -]))81\D{0,3}(?:0\D{0,3})?/;

function isPhone({ digits, written }: Numeral): boolean {
  const groups = written.match(/\d+/g)?.length ?? 0;
  if (groups > MOST_GROUPS || /^0[0]/.test(digits)) return false;
  if (digits.length === 11) return ELEVEN_DIGITS.test(digits);
  return digits.length === 10 && /\d{3,}$|\n|[()]/.test(written);
}

/** Three groups from 070, 080 or 090 are a person's, even where the words before them speak of an order. */
function isSureMobile({ digits, grouped }: Numeral): boolean {
  return grouped && digits.length === 11 && /^0[789]0/.test(digits);
}

/** Not inside a longer number, a date, an amount or a model number. */
function isFreeBefore(text: string, number: Numeral, followsNumber: boolean): boolean {
  const before = text.slice(Math.max(0, number.start - REACH), number.start);
  if (/[¥\\]$/.test(before)) return number.grouped;
  if (/^\(?\+/.test(number.written)) return true;
  const mark = JOINED_BEFORE.exec(before)?.[1];
  if (mark !== undefined) return isFreeMark(number, mark, followsNumber);
  if (!/[A-Za-z][-_]?$/.test(before) || CARRIER_BEFORE.test(before)) return true;
  if (before.endsWith("_")) return number.digits.length === 11 && /^0[789]0/.test(number.digits);
  return WORD_BEFORE.test(before) && isSureMobile(number);
}

/** In UTF-16 units, a word of letters and a mark. */
const REACH = 14;
const JOINED_BEFORE = new RegExp(`\\d([${DASH}.,/:〜])$`);
const CARRIER_BEFORE =
  /(?<![A-Za-z])(?:tel|fax|phone|mobile|mob|cell|no|au|docomo|softbank|sb|rakuten|uq)[-_]?$/i;
/** A letter or two in front of digits, or letters among digits, are a model or an id. */
const WORD_BEFORE = /(?<![A-Za-z0-9-])[A-Za-z]{3,12}$/;

function isFreeAfter(text: string, number: Numeral, precedesNumber: boolean): boolean {
  const after = text.slice(number.end, number.end + 2);
  if (/^[A-Za-z]/.test(after)) return isSureMobile(number);
  if (after.startsWith("円")) return number.grouped;
  const mark = JOINED_AFTER.exec(after)?.[1];
  return mark === undefined || isFreeMark(number, mark, precedesNumber);
}

const JOINED_AFTER = new RegExp(`^([${DASH}.,/:])\\d`);

/**
 * Between a digit and this number stands a mark. Two numbers may share one; only grouped ones a hyphen, because
 * 0123456700-0123456799 is a range. Beside other digits it must be a mark that the number does not use itself.
 */
function isFreeMark(number: Numeral, mark: string, isBesideNumber: boolean): boolean {
  const { digits, written, grouped } = number;
  // A row of a table: 「42,09012345678,女」.
  if (/[,:/]/.test(mark) && MOBILE_DIGITS.test(digits) && /^\d+$/.test(written)) return true;
  if (mark === "," && /^\(?\+/.test(written)) return true;
  const isRange = /[^.,/:]/.test(mark);
  if (isBesideNumber) return grouped || !isRange;
  return grouped && !isRange && !written.includes(mark);
}

/** Other numbers may stand right beside what is read out so: 「15:20 090のえっと1234の5678より」. */
function saidNumbersIn(text: string): Detection[] {
  return Array.from(text.matchAll(READ_OUT), ({ 0: written, index }) => ({
    kind: "電話" as const,
    key: written.replace(/\D/g, ""),
    start: index,
    end: index + written.length,
  })).filter(({ key }) =>
    key.length === 11
      ? ELEVEN_DIGITS.test(key)
      : key.length === 10 && /^0[1-9]/.test(key) && key !== "0123456789",
  );
}

const SAID_MARK = `(?:[ 、,の]|${SAID}|から始まって|そのあと[がはに]?|その次[がはに]?|次[がはに]|残り[がはに]|続けて|それから|最後[はが]|番号[はが]|で(?!す)){1,5}`;
/** By groups with の or a word between them, or digit by digit. */
const READ_OUT = new RegExp(
  `(?<!\\d)(?:0\\d\\d${SAID_MARK}(?:\\d{4}${SAID_MARK}\\d{4}|\\d{3}${SAID_MARK}\\d{4})|0\\d${SAID_MARK}\\d{4}${SAID_MARK}\\d{4}|0\\d{3}${SAID_MARK}\\d\\d${SAID_MARK}\\d{4}|0800${SAID_MARK}\\d{3}${SAID_MARK}\\d{4}|0\\d{1,3}${SAID_MARK}\\d{6,8}|0(?: [256789] 0(?: \\d){8}|(?: \\d){9}|(?<each>[・.、,-])\\d(?:\\k<each>\\d){8,9}))(?!\\d)`,
  "g",
);

function localNumbersIn(text: string): Detection[] {
  const abroad = toDetections(text.matchAll(ABROAD));
  return [...toDetections(text.matchAll(LOCAL)), ...abroad.filter(({ key }) => key.length > 8)];
}

function toDetections(matches: Iterable<RegExpExecArray>): Detection[] {
  return Array.from(matches, (match) => ({
    kind: "電話",
    key: match[0].replace(/\D/g, ""),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Without an area code only a label tells a number from a product code. */
const LOCAL = new RegExp(
  String.raw`(?<=(?:電話|でんわ|TEL|Tel|tel|FAX|Fax|fax|ファックス|☎)(?:番号)?[ はが:.]{0,2}|局番(?:は|が)?(?:なし|無し)(?:で|の|、| ){0,2})\d{2,4}[${HYPHEN}の]\d{4}(?![\dA-Za-z]|[${DASH}/,.:]\d|円)`,
  "g",
);
/** Of other countries: +49 30 1234567, 1-800-555-0147. */
const ABROAD =
  /(?<![\d+A-Za-z-])(?:\+(?!81|0)\d{1,3}[ -]?\(?\d{1,4}\)?(?:[ -]?\(?\d{2,4}\)?){1,3}|1-[2-9]\d\d-\d{3}-\d{4})(?![-\d])/g;
