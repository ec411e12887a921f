import { isFamilyName } from "../../../../models/name-lists.ts";
import type { WordView } from "../word-view.ts";
import { isRomaji } from "./doubt-name.ts";
import { nameBefore, type Span } from "./judge-name.ts";
import { beginsLikeName } from "./kana-names.ts";

/** Names by the form they are written in: signatures, initials, nicknames, handles, and how a name is read. */
export function namesByForm(text: string, view: () => WordView): Span[] {
  return [
    ...signatures(text, view),
    ...closings(text, view),
    ...senders(text, view),
    ...initials(text),
    ...nicknames(text),
    ...handles(text),
    ...readings(text),
  ];
}

/** A last line that is a name, or ends in one behind a company and its department. */
function signatures(text: string, view: () => WordView): Span[] {
  const lastBreak = text.lastIndexOf("\n");
  if (lastBreak < 0) return [];
  const line = text.slice(lastBreak + 1);
  const match = SIGNATURE.exec(line);
  const [, name, writer] = match ?? [];
  if (writer !== undefined) return [{ start: text.length - writer.length, end: text.length }];
  if (match === null || name === undefined) return [];
  const end = text.length - (match[0].length - match[0].lastIndexOf(name) - name.length);
  const found = nameBefore(text, {
    at: end,
    strength: match[0].length === line.length ? "sure" : "likely",
    view: view(),
  });
  return found === undefined || found.end - found.start < 2 ? [] : [found];
}

const SIGNATURE =
  /^(?:[^。、]{0,30}(?:部|課|室|係|社|店)[ ])?((?:[\p{Script=Han}々ヶケ]{1,4} ?[\p{Script=Han}々ぁ-ゖァ-ヺ]{1,4})|[ァ-ヺー]{2,6} [ァ-ヺー]{2,6})[ ]?$|^by ([^ ].{1,12})$/u;

/** 「…お願いします。 木下」: the writer at the end. */
function closings(text: string, view: () => WordView): Span[] {
  const [match] = text.matchAll(
    /(?<=[。!?♪][ ]?)([\p{Script=Han}々ヶケ]{2,4})(?: [\p{Script=Han}々]{1,3})?$/gu,
  );
  if (match === undefined || !isFamilyName(match[1] ?? "")) return [];
  const span = spanOf(match);
  return view().wordsIn(span.start, span.end)[0]?.proper === "地域" ? [] : [span];
}

/** 「佐藤花子より」, 「まゆみより」 at the end. */
function senders(text: string, view: () => WordView): Span[] {
  const match = /[ ]?(?:より|拝)[。!]?$/.exec(text);
  if (match === null) return [];
  const name = nameBefore(text, { at: match.index, strength: "likely", view: view() });
  return name === undefined || !/(?:^|[\s。、!♪])$/.test(text.slice(0, name.start)) ? [] : [name];
}

/** 「M様」, 「T.K.さん」. */
function initials(text: string): Span[] {
  return Array.from(
    text.matchAll(/(?<![A-Za-z.])[A-Z](?:[.・][A-Z])?\.?(?=[ ]?(?:様|さん|氏|さま))/gu),
    spanOf,
  );
}

/** 「あっちゃん」, 「さっちゃん」. */
function nicknames(text: string): Span[] {
  return Array.from(
    text.matchAll(
      /(?<![ぁ-ゖ])(?!おっ|赤|ぼっ|坊っ|あんっ)[ぁ-ゖ]{1,2}っ(?=ちゃん)|(?<=[のはがと、])(?!おっ|ぼっ)[ぁ-ゖ]{1,2}っ(?=ちゃん)/gu,
    ),
    spanOf,
  );
}

/** A handle of two words of Japanese syllables, or of one and a short number, is a person's; 「@fukui_trip」 is none. */
function handles(text: string): Span[] {
  return Array.from(
    text.matchAll(
      /(?<![A-Za-z0-9._%+-]@?)@([A-Za-z]{3,12})(?:[._]([A-Za-z]{3,12})[0-9]{0,4}|_?[0-9]{1,3})(?![A-Za-z0-9_.])/gu,
    ),
  )
    .filter(({ 1: first = "", 2: second = first }) => isRomaji(first) && isRomaji(second))
    .map(({ 0: handle, index }) => ({ start: index + 1, end: index + handle.length }));
}

/** 「やまなし」と読みます, 【フリガナ】ヤマナシ: how a name is read is the name. */
function readings(text: string): Span[] {
  return [
    ...text.matchAll(/「([ぁ-ゖァ-ヺー]{2,10})」と(?=読み|お読み|よみ)/gu),
    ...Array.from(text.matchAll(LABELLED_READING)).filter(({ 1: reading = "" }) =>
      beginsLikeName(reading),
    ),
  ].map(({ 0: all, 1: reading = "", index }) => {
    const start = index + all.lastIndexOf(reading);
    return { start, end: start + reading.length };
  });
}

const LABELLED_READING =
  /(?<![ぁ-ゖァ-ヺー])(?:フリガナ|[ふ振]りがな|[ふ振]り仮名|カナ|かな(?! )|ヨミ(?:ガナ)?|よみ(?:がな)?|読み(?:仮名|がな|方)?)(?:[)\]】」][ ]?:?|は| ?[:=|→([「]| )[ 「(]?([ぁ-ゖァ-ヺー]{2,12}(?: [ぁ-ゖァ-ヺー]{2,6})?)(?![ぁ-ゖァ-ヺー])/gu;

function spanOf(match: RegExpExecArray): Span {
  return { start: match.index, end: match.index + match[0].length };
}
