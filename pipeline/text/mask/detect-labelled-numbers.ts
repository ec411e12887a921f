import { passesMyNumber } from "./check-digits.ts";
import { isCard } from "./detect-cards.ts";
import type { Detection, PersonalKind } from "./detection.ts";
import { findNumerals, type Numeral } from "./find-numerals.ts";
import { HYPHEN } from "./hyphen.ts";
import { isLabelledCode } from "./labelled-code.ts";

/**
 * Numbers that only the words beside them or a check digit tell from a price or a lot: My Number, licence, health
 * insurance, passport, bank account, postal code, and what was spoken: telephones and cards in words.
 */
export function detectLabelledNumbers(text: string): Detection[] {
  const found: Detection[] = [];
  const fewest = SHORT_LABEL.test(text) ? 2 : FEWEST_DIGITS;
  for (const numeral of findNumerals(text)) {
    if (numeral.digits.length < fewest || numeral.start < (found.at(-1)?.end ?? 0)) continue;
    const around = aroundOf(text, numeral);
    const rule = RULES.find(({ holds }) => holds(around));
    if (rule === undefined) continue;
    const letters = rule.kind === "旅券" ? lettersBefore(around.before) : 0;
    const start = numeral.start - letters;
    const key = text.slice(start, numeral.start) + numeral.digits;
    found.push({ kind: rule.kind, key, start, end: numeral.end });
  }
  return found;
}

/** Of a postal code, a passport, an account. Only an insurance card and a savings book have shorter ones. */
const FEWEST_DIGITS = 7;
const SHORT_LABEL = /保険|健保|国保|社保|資格確認書|ゆうちょ|郵貯|貯金|記号|通帳/;

type Around = Numeral & {
  readonly written: string;
  /** What stands before and behind on the way to the end of the sentence, as far as a label may stand. */
  readonly before: string;
  readonly after: string;
  /** The same without regard to sentences. */
  readonly near: string;
  /** A product's or a machine's number is named right before it. */
  readonly isCode: () => boolean;
  /** Letters or digits touch it, as in an identifier. */
  readonly isPart: boolean;
};

/** In UTF-16 units. */
const BEFORE_REACH = 40;
const AFTER_REACH = 20;

function aroundOf(text: string, numeral: Numeral): Around {
  const before = text.slice(Math.max(0, numeral.start - BEFORE_REACH), numeral.start);
  const after = text.slice(numeral.end, numeral.end + AFTER_REACH);
  return {
    ...numeral,
    written: text.slice(numeral.start, numeral.end),
    before: before.slice(before.lastIndexOf("。") + 1),
    after: after.split("。", 1)[0] ?? "",
    near: before,
    isCode: () => isLabelledCode(text, numeral.start),
    isPart: /[A-Za-z0-9][-_]?$/.test(before) || /^[-_]?[A-Za-z]/.test(after),
  };
}

/** The first that holds counts. */
const RULES: readonly {
  readonly kind: PersonalKind;
  readonly holds: (around: Around) => boolean;
}[] = [
  { kind: "旅券", holds: isPassport },
  { kind: "マイナンバー", holds: isMyNumber },
  {
    kind: "免許証",
    holds: ({ digits, near, after }) =>
      digits.length === 12 && (LICENCE.test(near) || LICENCE.test(after)),
  },
  {
    kind: "郵便番号",
    holds: ({ digits, before }) =>
      digits.length === 7 && /(?:〒|郵便|ゆうびん|ZIP|postal)[^0-9。]{0,12}$/i.test(before),
  },
  { kind: "保険証", holds: isInsurance },
  { kind: "口座", holds: isAccount },
  { kind: "カード", holds: isSpokenCard },
  { kind: "電話", holds: isSpokenPhone },
];

const LETTER_SOUND =
  "(?:エイチ|エッチ|ダブ[リル]ュ?ー|エックス|ゼット|ズィー|ティー|ディー|ジェー|ジェイ|ケー|ケイ|キュー|アール|エー|ビー|シー|エフ|ジー|アイ|エル|エム|エヌ|オー|ピー|エス|ユー|ブイ|ワイ|イー)";
const LETTERS_BEFORE = new RegExp(
  String.raw`(?:(?<![A-Za-z])[A-Za-z][ ]?[A-Za-z]?|${LETTER_SOUND}{1,2})[ \n]?[${HYPHEN}]?[ \n]?$`,
);

function lettersBefore(before: string): number {
  return LETTERS_BEFORE.exec(before)?.[0].length ?? 0;
}

const LICENCE = /免許|ライセンス|めんきょ|licen[sc]e/i;
const MY_NUMBER = /マイナ(?:ンバー|番号|カード)|個人番号|通知カード|マイナ|まいなんばー|12桁の番号/;

function isPassport({ digits, near, after }: Around): boolean {
  if (digits.length !== 7 && digits.length !== 8) return false;
  if (lettersBefore(near) === 0) return false;
  return /旅券|パスポート|passport/i.test(near) || /旅券|パスポート|passport/i.test(after);
}

function isMyNumber({ digits, near, after, isCode, isPart }: Around): boolean {
  if (digits.length !== 12) return false;
  const label = Math.max(near.search(MY_NUMBER), MY_NUMBER.test(after) ? 0 : -1);
  if (label >= 0 && label > near.search(LICENCE)) return true;
  return !isCode() && !isPart && passesMyNumber(digits);
}

const COUNTED = /^[ ]?(?:円|年|月|日|歳|才|割|%|人|分|回|個|枚|件|点|桁)/;

/** A symbol and a number of few digits: the word must be near, and the number be named one. */
function isInsurance({ digits, before, after }: Around): boolean {
  if (digits.length < 2 || digits.length > 18 || COUNTED.test(after)) return false;
  if (!/(?:記号|番号|No\.?|証|コピー|写し)[^0-9。]{0,4}$/i.test(before)) return false;
  return (
    INSURANCE.test(before) ||
    /^[^0-9。]{0,6}(?:保険証|被保険者)/.test(after) ||
    /^.{0,12}の保険証/.test(after)
  );
}

const INSURANCE = /保険証|保険者|健康保険|健保|国保|社保|資格確認書/;

function isAccount({ digits, before, near, after }: Around): boolean {
  if (COUNTED.test(after)) return false;
  const isPostOffice =
    /ゆうちょ|郵貯|郵便貯金|郵便局|記号番号|通帳/.test(before) || /ゆうちょ|郵貯|通帳/.test(after);
  if (isPostOffice && /(?:記号|番号|ゆうちょ|-|の)[^0-9。]{0,4}$/.test(before))
    return digits.length >= 5 && digits.length <= 13;
  if (![7, 10, 13].includes(digits.length)) return false;
  if (
    /口座|銀行|支店|預金|貯金|信用金庫|振込/.test(near) ||
    /^[^0-9。]{0,8}(?:口座|普通|当座|名義)/.test(after)
  )
    return true;
  return /(?:口座|普通|当座|預金|貯金|支店|支所|営業部|出張所|銀行|金庫|農協|漁協|信金|信組|JA(?!N)|振込|振り込|引落|引き落と|通帳|キャッシュカード|名義|店番)[^。]{0,16}$/.test(
    before,
  );
}

/** Also what the card's own detector leaves because a の or a blank stands between all digits. */
function isSpokenCard({ digits, script, written, isCode, isPart }: Around): boolean {
  if (isPart || isCode() || !/^[2-6]\d{13,15}$/.test(digits) || !isCard(digits)) return false;
  return script !== "arabic" || (/\D/.test(written) && !/[/.,、()]/.test(written));
}

function isSpokenPhone(around: Around): boolean {
  const { digits, script } = around;
  if (!/^0[1-9]/.test(digits) || digits === "0123456789") return false;
  // Nobody speaks so many digits of anything else, and one too few or too many is soon said.
  if (script === "spoken" && digits.length > 8 && digits.length < 14) return !around.isCode();
  if (digits.length !== 10 && digits.length !== 11) return false;
  return script === "arabic" ? isReadOut(around) : !around.isCode();
}

function isReadOut({ before, after, written, isCode, isPart }: Around): boolean {
  if (!isCode() && /^0(?:[ -]{1,3}\d){9,10}$/.test(written)) return true;
  return (
    (!isCode() && (PHONE_LABEL.test(before) || (!isPart && PHONE_SHAPE.test(groupsOf(written))))) ||
    /^[^0-9。]{0,6}(?:に|へ|まで|から)(?:お?電話|ご?連絡|折り?返|かけ)/.test(after) ||
    /の[、 ]?(?:え|あの|その|んー|ですね)/.test(written)
  );
}

/** As telephones are read out, whatever was said between the groups: 「090のですね0123の4567」. */
const PHONE_SHAPE = /^(?:3-4-4|2-4-4|4-2-4)$/;

function groupsOf(written: string): string {
  return (written.match(/[0-9]+/g) ?? []).map(({ length }) => length).join("-");
}

const PHONE_LABEL =
  /(?:電話|でんわ|TEL|FAX|ファック?ス|携帯|ケータイ|スマホ|連絡先|折り?返し先?|番号|宛先|内線|ダイヤル|自宅|実家|会社|職場|勤務先|連絡|かけ|つなが|出る|SMS|ショートメール)[^0-9。]{0,12}$/i;
