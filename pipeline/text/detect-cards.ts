import type { Detection } from "./detection.ts";
import { isLabelledCode } from "./labelled-code.ts";

/** Payment card numbers of a normalised text: 13 to 19 digits that pass Luhn's check and are no product's code. */
export function detectCards(text: string): Detection[] {
  const found: Detection[] = [];
  for (const match of text.matchAll(CARD)) {
    const digits = match[0].replace(/\D/g, "");
    if (!passesLuhn(digits) || isProductCode(digits)) continue;
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

const PAUSE = String.raw`(?:[ \n]?[-‐‑–—―−ー][ \n]?|[ \n])`;

/** In one run, in fours, or as American Express (4-6-5) and Diners (4-6-4) print it. */
const CARD = new RegExp(
  String.raw`(?<![\dA-Za-z]|\d[-.,/:])(?:\d{13,19}|\d{4}${PAUSE}\d{6}${PAUSE}\d{4,5}|\d{4}(?:${PAUSE}\d{4}){2,3}(?:${PAUSE}\d{1,3})?)(?![\dA-Za-z]|[-.,/:]\d|円)`,
  "g",
);

function passesLuhn(digits: string): boolean {
  if (digits.length < 13 || digits.length > 19 || /^0+$/.test(digits)) return false;
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits.at(-1 - place));
    const doubled = place % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/**
 * One JAN in ten passes Luhn by chance. A Japanese one (45, 49) with its own check digit right is the product's, and
 * so is the case's code around it (ITF-14, one digit in front).
 */
function isProductCode(digits: string): boolean {
  return /^(?:4[59]\d{11}|[1-8]4[59]\d{11})$/.test(digits) && passesGtin(digits);
}

function passesGtin(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    sum += Number(digits.at(-1 - place)) * (place % 2 === 0 ? 1 : 3);
  }
  return sum % 10 === 0;
}
