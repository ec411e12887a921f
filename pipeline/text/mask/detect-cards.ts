import { passesGtin, passesLuhn } from "./check-digits.ts";
import type { Detection } from "./detection.ts";
import { DASH } from "./hyphen.ts";
import { isLabelledCode } from "./labelled-code.ts";

/**
 * Payment card numbers of a normalised text: 13 to 19 digits that pass Luhn's check and are no product's code. The
 * date of expiry goes with them.
 */
export function detectCards(text: string): Detection[] {
  return [CARD, LONG_CARD, MARKED_CARD].flatMap((pattern) => cardsIn(text, pattern));
}

function cardsIn(text: string, pattern: RegExp): Detection[] {
  const found: Detection[] = [];
  for (const match of text.matchAll(pattern)) {
    const digits = (match[1] ?? "").replace(/\D/g, "");
    if (!isCard(digits)) continue;
    if (isLabelledCode(text, match.index)) continue;
    found.push({
      kind: "カード",
      key: digits,
      start: match.index,
      end: match.index + match[0].length,
    });
  }
  return found;
}

const PAUSE = String.raw`(?:[ \n]?[${DASH}][ \n]?|[ \n])`;
const EXPIRY = String.raw`(?:(?:[ \n]|[ ]?[/,:、(]|[${DASH}])[ ]?(?:0[1-9]|1[0-2])[/-](?:20)?\d\d(?![\d/-]))?`;
const AFTER = String.raw`(?![\dA-Za-z]|(?:[${DASH}]|\.)\d|円)`;

const BEFORE = String.raw`(?<![\dA-Za-z]|\d[-.])`;

/**
 * Runs that pass by chance: 「hk-4813137798218300」 is an id whose hexadecimal digits happen to be decimal, unless the
 * letters are a brand's; 20250701093006 is a time, and so are thirteen digits from 1, in milliseconds.
 */
const NO_ID = "(?:(?<![A-Za-z][-_])|(?<=(?:card|visa|master|jcb|amex|diners)[-_]))";
const NO_TIME = String.raw`(?!(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|1\d{12}(?!\d))`;

/** In one run, in fours, or as American Express (4-6-5) and Diners (4-6-4) print it. */
const CARD = new RegExp(
  String.raw`${BEFORE}(${NO_ID}${NO_TIME}\d{13,19}|\d{4}${PAUSE}\d{6}${PAUSE}\d{4,5}|\d{4}(?:${PAUSE}\d{4}){3})${EXPIRY}${AFTER}`,
  "gi",
);

/** By itself, because behind four fours a few digits may be the card's, its safety code or another matter. */
const LONG_CARD = new RegExp(
  String.raw`${BEFORE}(\d{4}(?:${PAUSE}\d{4}){2,3}${PAUSE}\d{1,3})${AFTER}`,
  "g",
);

/**
 * Fours with another mark between them are often years or prices, so the first must be an issuer's, they must not go
 * on, and one of them must not be round: 3500/4200/5000/6300.
 */
const MARKED_CARD = new RegExp(
  String.raw`(?<![\dA-Za-z]|\d[-./,:_・])(?!(?:\d{3}0\D+){3}\d{3}0)((?:[3-6]\d{3}|2[2-7]\d\d)([ ]?(?:[/.,:_・]|\.{2,6})[ ]?)\d{4}\2\d{4}\2\d{4})${EXPIRY}(?!\2\d)${AFTER}`,
  "g",
);

/** Thirteen to nineteen digits that pass the check and are no product's code. */
export function isCard(digits: string): boolean {
  return /^\d{13,19}$/.test(digits) && passesLuhn(digits) && !isProductCode(digits);
}

/**
 * One JAN in ten passes Luhn by chance. A Japanese one (45, 49) with its own check digit right is the product's, and
 * so is the case's code around it (ITF-14, one digit in front).
 */
function isProductCode(digits: string): boolean {
  return /^(?:4[59]\d{11}|[1-8]4[59]\d{11})$/.test(digits) && passesGtin(digits);
}
