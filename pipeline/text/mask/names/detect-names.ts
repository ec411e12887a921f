import type { Detection } from "../detection.ts";
import type { WordView } from "../word-view.ts";
import { childrenNames } from "./children-names.ts";
import type { Span } from "./judge-name.ts";
import { beginsLikeName, kanaNames } from "./kana-names.ts";
import { latinNames } from "./latin-names.ts";
import { namesByForm } from "./name-forms.ts";
import { namesByContext } from "./names-by-context.ts";
import { namesByThemselves } from "./names-by-themselves.ts";
import { isThing } from "./no-person.ts";
import { toldNames } from "./told-names.ts";

/**
 * Names of persons in a normalised text: by what stands beside them, by themselves, by their form; then wherever the
 * same name stands again in the voice.
 *
 * @param staff patterns of names that the config lists
 * @param tagged where the tagger sees names
 */
export function detectNames(
  text: string,
  {
    view,
    staff,
    tagged,
  }: {
    readonly view: () => WordView;
    readonly staff: readonly RegExp[];
    readonly tagged: readonly Span[];
  },
): Detection[] {
  const names = [
    ...namesByContext(text, view),
    ...namesByThemselves(text, view),
    ...childrenNames(text, view),
    ...namesByForm(text, view),
    ...toldNames(text),
    ...latinNames(text),
    ...kanaNames(text),
    ...tagged,
    ...staff.flatMap((pattern) =>
      Array.from(text.matchAll(pattern), ({ 0: name, index }) => ({
        start: index,
        end: index + name.length,
      })),
    ),
  ];
  return [...names, ...again(text, names, view), ...readingsBeside(text, names)].map((span) => ({
    kind: "氏名",
    key: text.slice(span.start, span.end).replace(/[\s・]/g, ""),
    ...span,
  }));
}

/** 「鈴木花子(すずきはなこ)」, 「「鈴木」[スズキ様]」, 「(スズキ)鈴木」: any kana in the name's own brackets, else a surname's. */
function readingsBeside(text: string, names: readonly Span[]): Span[] {
  return names.flatMap((name) => {
    const from = Math.max(0, name.start - LONGEST_READING);
    const [before, behind] = [
      text.slice(from, name.start),
      text.slice(name.end, name.end + LONGEST_READING),
    ];
    return [
      ...kanaIn(OWN_READING.exec(behind), name.end),
      ...kanaIn(READING_BEHIND.exec(behind), name.end, beginsLikeName),
      ...kanaIn(READING_BEFORE.exec(before), from, beginsLikeName),
    ];
  });
}

const LONGEST_READING = 24;
const KANA = "([ぁ-ゖァ-ヺー][ぁ-ゖァ-ヺー ]{0,14}[ぁ-ゖァ-ヺー])";
const [OPEN, CLOSE] = ['[([{<「『【〔〈《≪“"]', '[)\\]}>」』】〕〉》≫”"]'];
const HONORIFIC = "[ ]?(?:様|さま|さん|氏|君|くん|ちゃん|殿|先生|夫人|[店部課社]長|主任)?";
/** Not what somebody said: 「店長「すみません」と言った」. */
const OWN_READING = new RegExp(
  `^[ ]?[(「][ ]?${KANA}[ ]?[)」](?!と(?:言った|言ってい|言い放|答え|返答|謝))`,
);
const READING_BEHIND = new RegExp(
  `^[」』]?${HONORIFIC}[ \n]?${OPEN}[ ]?${KANA}(?=${HONORIFIC}[ ]?(?:${CLOSE}|[、。,・/;|0-9 \\n]))`,
);
/** In brackets, in front of the name's, or on a line of its own. */
const READING_BEFORE = new RegExp(
  `(?:${OPEN}[ ]?${KANA}${HONORIFIC}[ ]?${CLOSE}[ \n]?|(?<![ぁ-ゖァ-ヺー])${KANA}${HONORIFIC}[ ]?[[【〔]|(?:^|\n)${KANA}\n)[「『]?$`,
);

/** @param at where the match's text begins @param isName of all of it */
function kanaIn(
  match: RegExpExecArray | null,
  at: number,
  isName: (words: string) => boolean = () => true,
): Span[] {
  const kana = match?.slice(1).find((each) => each !== undefined);
  if (!match || kana === undefined || /^[ぁ-ん]?(?:仮|母|父|様|さん)/.test(kana)) return [];
  if (!isName(kana)) return [];
  const start = at + match.index + match[0].indexOf(kana);
  return [{ start, end: start + kana.length }];
}

/** The same name elsewhere in the voice, as a word of its own. */
function again(text: string, names: readonly Span[], view: () => WordView): Span[] {
  const known = new Set(names.map(({ start, end }) => text.slice(start, end)));
  return [...known].flatMap((name) => {
    if (name.length < 2 || !/^[\p{Script=Han}々ヶケァ-ヺー]+$/u.test(name)) return [];
    const found: Span[] = [];
    for (
      let start = text.indexOf(name);
      start >= 0;
      start = text.indexOf(name, start + name.length)
    ) {
      const span = { start, end: start + name.length };
      if (isWordOfItsOwn(text, span, view)) found.push(span);
    }
    return found;
  });
}

function isWordOfItsOwn(text: string, span: Span, view: () => WordView): boolean {
  const [before = "", after = ""] = [text[span.start - 1], text[span.end]];
  const isKatakana = /^[ァ-ヺー]/.test(text.slice(span.start));
  if (isKatakana) return !/[ァ-ヺー]/.test(before + after);
  const isFreeBefore =
    !/[\p{Script=Han}々]/u.test(before) || view().wordsIn(span.start, span.end).length > 0;
  return (
    isFreeBefore &&
    !isThing(text, span.end) &&
    !/^(?:[ぁ-ん]?[\p{Script=Han}ァ-ヺ]{2})/u.test(after)
  );
}
