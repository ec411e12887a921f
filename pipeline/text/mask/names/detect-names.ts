import type { Detection } from "../detection.ts";
import type { WordView } from "../word-view.ts";
import { childrenNames } from "./children-names.ts";
import type { Span } from "./judge-name.ts";
import { kanaNames } from "./kana-names.ts";
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
  return [...names, ...again(text, names, view), ...readingsBehind(text, names)].map((span) => ({
    kind: "氏名",
    key: text.slice(span.start, span.end).replace(/[\s・]/g, ""),
    ...span,
  }));
}

/** 「鈴木花子(すずきはなこ)」 */
function readingsBehind(text: string, names: readonly Span[]): Span[] {
  return names.flatMap(({ end }) => {
    const reading = /^[ ]?[(「]([ぁ-ゖァ-ヺー ]{2,16})[)」]/.exec(text.slice(end, end + 20));
    if (reading?.[1] === undefined || /^[ぁ-ん]?(?:仮|母|父|様|さん)/.test(reading[1])) return [];
    const start = end + reading[0].indexOf(reading[1]);
    return [{ start, end: start + reading[1].length }];
  });
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
