import type { Morpheme } from "../../../models/morpheme.ts";
import { codePointIndex } from "../code-points.ts";
import { detectAddresses } from "./detect-addresses.ts";
import { detectBirthdates } from "./detect-birthdates.ts";
import { detectCards } from "./detect-cards.ts";
import { detectCustomerNumbers } from "./detect-customer-numbers.ts";
import { detectHealth } from "./detect-health.ts";
import { detectHomes } from "./detect-homes.ts";
import { detectLabelledNumbers } from "./detect-labelled-numbers.ts";
import { detectMails } from "./detect-mails.ts";
import { detectPartedHomes } from "./detect-parted-homes.ts";
import { detectPhones } from "./detect-phones.ts";
import { detectPlates } from "./detect-plates.ts";
import { detectSpokenHomes } from "./detect-spoken-homes.ts";
import { detectTagged, type Tagged } from "./detect-tagged.ts";
import { detectUrls } from "./detect-urls.ts";
import type { Detection } from "./detection.ts";
import { HEARD } from "./find-numerals.ts";
import { detectKnown } from "./known-persons.ts";
import { DEFAULT_MASK_RULES, type MaskRules } from "./mask-rules.ts";
import { detectNames } from "./names/detect-names.ts";
import { type Replacement, replaceMorphemes } from "./replace-morphemes.ts";
import { wholeHandles } from "./whole-handles.ts";
import { WordView } from "./word-view.ts";

type Analyzed = { readonly text: string; readonly morphemes: readonly Morpheme[] };

export type MaskedText = {
  readonly text: string;
  readonly morphemes: readonly Morpheme[];
  /** How many spans were masked. */
  readonly maskCount: number;
};

/**
 * Puts 【氏名1】【電話1】【住所1】 and their like where persons' data stand. The number is the voice's own, and the same
 * value gets it again.
 *
 * @param voice a normalised text and its morphemes
 */
export function maskText(voice: Analyzed, rules: MaskRules = DEFAULT_MASK_RULES): MaskedText {
  const detections = findPersonal(voice, rules);
  if (detections.length === 0) return { ...voice, maskCount: 0 };
  const replacements = toReplacements(detections);
  return {
    text: replaceText(voice.text, replacements),
    morphemes: replaceMorphemes(voice.morphemes, inCodePoints(voice.text, replacements)),
    maskCount: replacements.length,
  };
}

/** @returns what must not be seen, in order, without overlap */
export function findPersonal(
  voice: Analyzed,
  rules: MaskRules = DEFAULT_MASK_RULES,
): readonly Detection[] {
  return find(voice, rules, (words) =>
    voice.morphemes.length > 0 ? detectTagged(voice, words) : NOTHING_TAGGED,
  );
}

/** As `findPersonal`, without the tagger: what it learns from. */
export function findByRules(voice: Analyzed, rules: MaskRules): readonly Detection[] {
  return find(voice, rules, () => NOTHING_TAGGED);
}

const NOTHING_TAGGED: Tagged = { names: [], addresses: [] };

function find(
  voice: Analyzed,
  rules: MaskRules,
  tag: (view: () => WordView) => Tagged,
): readonly Detection[] {
  const { text } = voice;
  let words: WordView | undefined;
  const view = () => {
    words ??= new WordView(text, voice.morphemes);
    return words;
  };
  const tagged = tag(view);
  const numbered = MAY_HOLD_NUMBER.test(text)
    ? [
        ...detectUrls(text),
        ...detectPhones(text),
        ...detectMails(text),
        ...detectCards(text),
        ...detectPlates(text),
        ...detectBirthdates(text),
        ...detectCustomerNumbers(text, rules.numbers),
        ...detectLabelledNumbers(text),
        ...detectAddresses(text),
        ...detectHomes(text, view),
        ...detectPartedHomes(text),
      ]
    : [];
  const spoken = detectSpokenHomes(text);
  const kept = rules.products.flatMap((pattern) => [...text.matchAll(pattern)]);
  const named = rules.names
    ? detectNames(text, { view, staff: rules.staff, tagged: tagged.names })
    : [];
  const names = wholeHandles(text, [...named, ...detectKnown(text, rules.known, view)]).filter(
    ({ start, end }) =>
      !kept.some((match) => start < match.index + match[0].length && match.index < end),
  );
  const health = rules.health ? detectHealth(text) : [];
  return withoutOverlap([...numbered, ...spoken, ...tagged.addresses, ...names, ...health]);
}

/** Without any of these a voice has no number, no address and no link. */
const MAY_HOLD_NUMBER = new RegExp(
  `[0-9@〒☆★◎●]|[一二三四五六七八九〇零○十][一二三四五六七八九〇零○のノ年十条]|丁目|番地|アット|あっと|住|自宅|実家|[家ち][はが]|け先|り先|配[達送]先|越し|暮ら|[([]at|しょうわ|へいせい|れいわ|zero|生年|生まれ|うまれ|誕生|${HEARD.source}|[.][a-z]{2}`,
  "i",
);

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
