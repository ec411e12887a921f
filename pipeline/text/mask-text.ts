import type { Morpheme } from "../../models/morpheme.ts";
import { codePointIndex } from "./code-points.ts";
import { detectAddresses } from "./detect-addresses.ts";
import { detectCards } from "./detect-cards.ts";
import { detectMails } from "./detect-mails.ts";
import { detectPhones } from "./detect-phones.ts";
import type { Detection } from "./detection.ts";
import { type Replacement, replaceMorphemes } from "./replace-morphemes.ts";

export type MaskedText = {
  readonly text: string;
  readonly morphemes: readonly Morpheme[];
  /** How many spans were masked. */
  readonly maskCount: number;
};

/**
 * Puts 【電話1】【メール1】【カード1】【住所1】 where telephone numbers, mail addresses, card numbers and postal
 * addresses stand. The number is the voice's own, and the same value gets it again.
 *
 * @param voice a normalised text and its morphemes
 */
export function maskText(voice: {
  readonly text: string;
  readonly morphemes: readonly Morpheme[];
}): MaskedText {
  if (!MAY_HOLD.test(voice.text)) return { ...voice, maskCount: 0 };
  const detections = withoutOverlap([
    ...detectAddresses(voice.text),
    ...detectPhones(voice.text),
    ...detectMails(voice.text),
    ...detectCards(voice.text),
  ]);
  if (detections.length === 0) return { ...voice, maskCount: 0 };
  const replacements = toReplacements(detections);
  return {
    text: replaceText(voice.text, replacements),
    morphemes: replaceMorphemes(voice.morphemes, inCodePoints(voice.text, replacements)),
    maskCount: replacements.length,
  };
}

/** Nine voices in ten have none of these, and are done here. */
const MAY_HOLD =
  /[0-9@〒]|番地|丁目|アット|[([【〔「<{] ?at ?[)\]】〕」>}]|[〇零○◯][〇零○◯一二三四五六七八九]/i;

/** Where two kinds overlap, the one that begins first takes all of it: too much hidden rather than too little. */
function withoutOverlap(detections: readonly Detection[]): Detection[] {
  const sorted = detections.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const kept: Detection[] = [];
  for (const detection of sorted) {
    const last = kept.at(-1);
    if (last === undefined || detection.start >= last.end) kept.push(detection);
    else if (detection.end > last.end) kept.splice(-1, 1, { ...last, end: detection.end });
  }
  return kept;
}

function toReplacements(detections: readonly Detection[]): Replacement[] {
  const numbers = new Map<string, Map<string, number>>();
  return detections.map(({ kind, key, start, end }) => {
    const ofKind = numbers.get(kind) ?? new Map<string, number>();
    numbers.set(kind, ofKind);
    const number = ofKind.get(key) ?? ofKind.size + 1;
    ofKind.set(key, number);
    return { placeholder: `【${kind}${number}】`, start, end };
  });
}

function replaceText(text: string, replacements: readonly Replacement[]): string {
  let masked = "";
  let from = 0;
  for (const { placeholder, start, end } of replacements) {
    masked += text.slice(from, start) + placeholder;
    from = end;
  }
  return masked + text.slice(from);
}

function inCodePoints(text: string, replacements: readonly Replacement[]): Replacement[] {
  const pointAt = codePointIndex(text);
  return replacements.map(({ placeholder, start, end }) => ({
    placeholder,
    start: pointAt(start),
    end: pointAt(end),
  }));
}
