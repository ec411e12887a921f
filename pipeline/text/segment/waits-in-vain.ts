import type { Morpheme } from "../../../models/morpheme.ts";
import { wordSet } from "../../../models/plain-words.ts";

/**
 * Whether the words of a call tell of one that was not answered, though nothing in them denies or judges:
 * 「連絡待ちのまま」, 「先週から返信待ち」, 「待ち3日」, 「返信ゼロ」, 「返事は?」, 「電話しても留守」, 「電話出て」.
 * 「お返事お待ちしています」 and 「電話をもらっても留守です」 are told of oneself.
 */
export function waitsInVain(piece: readonly Morpheme[]): boolean {
  return piece.some(isLeft) || waitsLong(piece) || asksWhere(piece) || reachesNobody(piece);
}

function isLeft({ base }: Morpheme): boolean {
  return base === "まま" || base === "ゼロ";
}

const WAITS = wordSet("待つ 待ち お待ち");
const SINCE = wordSet(
  "昨日 きのう おととい 一昨日 先日 今朝 昨夜 先週 先々週 先月 先々月 去年 昨年 前 以前 ずいぶん",
);
const LONG = wordSet("半日 半年 一晩");
const SPANS = wordSet("日 年 日間 年間");

function waitsLong(piece: readonly Morpheme[]): boolean {
  const waits = piece.some(({ base }) => WAITS.has(base));
  return piece.some((each, at) => {
    const next = piece[at + 1]?.surface;
    if (isSpan(piece, at)) return waits || piece[at - 2]?.surface === "まで";
    if (!waits) return false;
    return LONG.has(each.base) || (SINCE.has(each.base) && next === "から") || isStill(each, next);
  });
}

/** 「3日電話待ち」, 「待ち3日」, not a day of the calendar: 「7月3日お待ちしています」, 「3日までお待ちします」. */
function isSpan(piece: readonly Morpheme[], at: number): boolean {
  if (!SPANS.has(piece[at]?.surface ?? "") || piece[at - 1]?.posDetail !== "数") return false;
  const next = piece[at + 1];
  return piece[at - 2]?.surface !== "月" && (next?.pos !== "助詞" || next.surface === "も");
}

function isStill({ base }: Morpheme, next?: string): boolean {
  return base === "まだ" || (base === "今" && next === "も");
}

/** What is called by. */
export const CALLS = wordSet("電話 でんわ メール 連絡 折り返し 折返し 返信 返事 返答 回答");

/** 「返信は?」, 「返事はよ」 and 「返信はいつですか」, in which IPADIC takes いつ for 居つ. */
function asksWhere(piece: readonly Morpheme[]): boolean {
  const mark = piece.findLastIndex(({ base }) => CALLS.has(base));
  if (mark < 0 || piece[mark + 1]?.surface !== "は") return false;
  const rest = piece.slice(mark + 2).filter(({ pos }) => pos !== "記号");
  return /^(?:よー?|いつ(?:です|でしょう)か)?$/.test(rest.map(({ surface }) => surface).join(""));
}

const AWAY = wordSet("留守 不在 留守電");
const RECEIVES = wordSet("もらう いただく 頂く くださる 下さる くれる");
const THOUGH = /ても|でも|たら|すると/;
const ANSWERS = /^(?:て|ろ)/;

/** At the desk's end: nobody answers, or somebody is told to. */
function reachesNobody(piece: readonly Morpheme[]): boolean {
  const words = piece.filter(({ pos }) => pos !== "記号" && pos !== "助動詞");
  if (AWAY.has(words.at(-1)?.base ?? "") && !piece.some(({ base }) => RECEIVES.has(base))) {
    return THOUGH.test(piece.map(({ surface }) => surface).join(""));
  }
  const called = piece.findIndex(({ base }) => CALLS.has(base));
  const answer = piece[called + 1];
  return called >= 0 && answer?.base === "出る" && ANSWERS.test(piece[called + 2]?.surface ?? "");
}
