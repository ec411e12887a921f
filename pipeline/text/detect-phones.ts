import type { Detection } from "./detection.ts";
import { isLabelledCode } from "./labelled-code.ts";

/**
 * Telephone numbers of a normalised text. A Japanese number has ten digits from 0, or eleven for mobile, IP and 0800;
 * the hyphens only say where a person paused, so digits decide and grouping hardly matters.
 */
export function detectPhones(text: string): Detection[] {
  return [...numbersIn(text, DOMESTIC), ...numbersIn(text, INTERNATIONAL), ...localNumbersIn(text)];
}

/** Everything people type for a hyphen, the prolonged sound mark included; also a dot, a blank, a line break. */
const PAUSE = String.raw`(?:[ \n]?[-‐‑‒–—―−ー─━・.〜][ \n]?|[ \n])`;
const OPEN = String.raw`[ \n]?\([ \n]?`;
const CLOSE = String.raw`[ \n]?\)(?:[ \n]?[-‐‑–—―−ー])?[ \n]?`;
const JOINT = `(?:${PAUSE}|${OPEN}|${CLOSE})`;

/** Not inside a longer number, a date, an amount or a model number. */
const BEFORE = String.raw`(?<![\d¥\\]|\d[-‐‑–—―−ー.,/:〜]|[A-Za-z][-_])(?:(?<![A-Za-z])|(?<=[tT](?:el|EL)|[fF](?:ax|AX)))`;
const AFTER = String.raw`(?![\dA-Za-z]|[-‐‑–—―−/,.:]\d|円)`;

const DOMESTIC = new RegExp(`${BEFORE}(?:\\((?=\\d+\\)))?0\\d(?:${JOINT}?\\d){8,9}${AFTER}`, "g");
const INTERNATIONAL = new RegExp(
  String.raw`(?<![\d+])\+ ?81${JOINT}?(?:\(0\)|0)?(?:${JOINT}?\d){9,10}${AFTER}`,
  "g",
);
/** Without an area code only a label tells a number from a product code. */
const LOCAL = new RegExp(
  String.raw`(?<=(?:電話|でんわ|TEL|Tel|tel|FAX|Fax|fax|ファックス|☎)(?:番号)?[ はが:.]{0,2})\d{2,4}[-‐‑–—―−ー]\d{4}${AFTER}`,
  "g",
);

/** +81(0)90-1234-5678 has five; a column of figures has more. */
const MOST_GROUPS = 5;

function numbersIn(text: string, pattern: RegExp): Detection[] {
  const found: Detection[] = [];
  for (const match of text.matchAll(pattern)) {
    const digits = match[0].replace(/\D/g, "").replace(/^810?/, "0");
    if (!isPhone(digits, match[0]) || isLabelledCode(text, match.index)) continue;
    found.push({
      kind: "電話",
      key: digits,
      start: match.index,
      end: match.index + match[0].length,
    });
  }
  return found;
}

function localNumbersIn(text: string): Detection[] {
  return Array.from(text.matchAll(LOCAL), (match) => ({
    kind: "電話",
    key: match[0].replace(/\D/g, ""),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Mobile and IP (050 to 090), paging and data (020), free of charge (0800). */
const ELEVEN_DIGITS = /^(?:0[256789]0|0800)/;

function isPhone(digits: string, written: string): boolean {
  const groups = written.match(/\d+/g)?.length ?? 0;
  if (groups > MOST_GROUPS || /^0[0]/.test(digits)) return false;
  if (digits.length === 11) return ELEVEN_DIGITS.test(digits);
  return digits.length === 10 && /\d{3,}$/.test(written);
}
