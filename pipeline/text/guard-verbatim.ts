import type { Outcome } from "../outcome.ts";
import { VERBATIM_LIMIT } from "../schema/raw-voice.ts";
import { decodeHtmlEntities } from "./html-entities.ts";

/**
 * Makes any string safe for the steps that follow: well-formed, without control and direction characters, without
 * floods. kuromoji throws on NUL and lone surrogates, and its lattice grows with the square of a run.
 *
 * @returns what is left, or why this record's trip ends; never throws
 */
export function guardVerbatim(verbatim: string): Outcome<string> {
  if (verbatim.length > READ_LIMIT) return { status: "reject", reason: "verbatim too long" };
  const guarded = decodeHtmlEntities(verbatim)
    .replace(LONE_SURROGATE, "\ufffd")
    .replace(LINE_BREAK, "\n")
    .replace(CONTROL, " ")
    .replace(INVISIBLE, "")
    .replace(RUN, (run: string, point: string) => run.slice(0, point.length * RUN_CAP))
    .replace(COMBINING_FLOOD, "$1");
  if (guarded.trim() === "") return { status: "skip", reason: "empty verbatim" };
  if (isTooLong(guarded)) return { status: "reject", reason: "verbatim too long" };
  return { status: "ok", value: guarded };
}

/** In UTF-16 units. Above it nothing is even cleaned: no run that was typed is ten million characters long. */
const READ_LIMIT = 10_000_000;

const LONE_SURROGATE = /\p{Surrogate}/gu;

const LINE_BREAK = /\r\n?|[\u0085\u2028\u2029]/g;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/**
 * Direction controls (they can show a text in another order than it is read), and what would hide a telephone number
 * from the mask: zero-width characters, the blanks of Hangul and Braille, the frame of a keycap (1️⃣), tags outside a
 * flag, and joiners and variation selectors where no emoji stands before them.
 */
const INVISIBLE =
  /\u034f|\u20e3|[\u00ad\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0]|(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)[\u200d\ufe00-\ufe0f]|(?<!\u{1f3f4}[\u{e0020}-\u{e007e}]{0,7})[\u{e0001}-\u{e007f}]/gu;

const RUN_CAP = 30;
const RUN = /(.)\1{30,}/gsu;

/** Three marks on one letter are the most that a living script needs (Vietnamese, Thai, Hebrew). */
const COMBINING_FLOOD = /(\p{M}{3})\p{M}+/gu;

/** NFKC's worst case: one Arabic ligature becomes 18 letters. */
const NFKC_GROWTH = 18;

function isTooLong(text: string): boolean {
  if (text.length > VERBATIM_LIMIT) return true;
  return (
    text.length * NFKC_GROWTH > VERBATIM_LIMIT && text.normalize("NFKC").length > VERBATIM_LIMIT
  );
}
