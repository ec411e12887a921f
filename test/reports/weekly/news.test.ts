import { expect, test } from "vitest";
import { WEEK_WORDS } from "../../../reports/common-report.ts";
import { addFigure, type Figures } from "../../../reports/figure.ts";
import { plainText } from "../../../reports/sentence.ts";
import type { TopicLine } from "../../../reports/topic-table.ts";
import { type News, newsOf } from "../../../reports/weekly/news.ts";
import type { Signal } from "../../../reports/weekly/signals.ts";

const SIGNAL: Signal = {
  ...{ weeks: 1, subject: "北の駅", lot: null, topic: "parking", figure: "signal-1" },
  ...{ customers: 8, before: 9, expected: 0.8, quotes: [] },
};
const TERM = { term: "地震", figure: "term-1", before: 0 };
const SIGNAL_TEXT =
  "「北の駅」の「駐車場」について、今週8名のお客様からネガティブな声が届きました（いつもの週なら1名未満）。";
const TERM_TEXT = "前の8週間にはなかったことば「地震」が、今週は11件の声にあります。";

type Rows = { readonly [Kind in keyof News]: NonNullable<News[Kind]>["row"] };

function told({ signal, term }: Rows, { voices = 11, severity = 2 } = {}): string[] {
  const figures: Figures = {};
  for (const [id, count] of [["signal-1", 8] as const, ["term-1", voices] as const]) {
    const voiceIds = Array.from({ length: count }, (_, nth) => `${id} ${nth}`);
    addFigure(figures, { id, label: id, sql: "", params: {}, row: {}, listed: "main", voiceIds });
  }
  const parking: TopicLine = {
    ...{ topic: "parking", label: "駐車場", severity, lastYear: null, usual: null },
    ...{ negative: "n", neutral: "u", positive: "p", previousNegative: "b" },
    change: { word: "unclear", ratio: 1, low: 0.5, high: 2 },
  };
  const news = { signal: signal && { row: signal }, term: term && { row: term } };
  const lines = newsOf(figures, news, { topics: [parking], words: WEEK_WORDS });
  return lines.map(({ sentence }) => plainText(sentence));
}

test("the surest early signal and the word that rose most are told, first what more voices tell of", () => {
  expect(told({ signal: SIGNAL, term: TERM })).toEqual([TERM_TEXT, SIGNAL_TEXT]);
  expect(told({ signal: SIGNAL, term: TERM }, { voices: 8 })[0]).toBe(SIGNAL_TEXT);
  expect(told({ signal: SIGNAL })).toEqual([SIGNAL_TEXT]);
  expect(told({ term: TERM })).toEqual([TERM_TEXT]);
  expect(told({})).toEqual([]);
});

test("a grave topic stands before a word, however many voices hold it", () => {
  expect(told({ signal: SIGNAL, term: TERM }, { severity: 4 })).toEqual([SIGNAL_TEXT, TERM_TEXT]);
});

test("two weeks, a lot and a word that was there before are said so", () => {
  expect(told({ signal: { ...SIGNAL, weeks: 2, lot: "A7", expected: 2.4 } })).toEqual([
    "「北の駅」（ロット A7）の「駐車場」について、前週と今週に8名のお客様からネガティブな声が届きました（いつもの2週間なら2名ほど）。",
  ]);
  expect(told({ term: { ...TERM, before: 4 } })).toEqual([
    "「地震」ということばを含む声が、今週は11件に増えました。",
  ]);
});
