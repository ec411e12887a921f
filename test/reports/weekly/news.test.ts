import { expect, test } from "vitest";
import { addFigure, type Figures } from "../../../reports/figure.ts";
import { plainText } from "../../../reports/sentence.ts";
import { newsOf } from "../../../reports/weekly/news.ts";
import type { RisingTerm } from "../../../reports/weekly/rising-terms.ts";
import type { Signal } from "../../../reports/weekly/signals.ts";

const SIGNAL: Signal = {
  ...{ weeks: 1, subject: "北の駅", lot: null, topic: "parking", figure: "signal-1" },
  ...{ customers: 8, before: 9, expected: 0.8, quotes: [] },
};
const TERM: RisingTerm = {
  ...{ term: "地震", figure: "term-1", before: 0, ratio: null, g2: 54, others: [] },
  ...{ low: 10.4, high: null },
};

function told(signals: readonly Signal[], terms: readonly RisingTerm[], voices = 11): string[] {
  const figures: Figures = {};
  for (const [id, count] of [["signal-1", 8] as const, ["term-1", voices] as const]) {
    const voiceIds = Array.from({ length: count }, (_, nth) => `${id} ${nth}`);
    addFigure(figures, { id, label: id, sql: "", params: {}, row: {}, listed: "main", voiceIds });
  }
  const tested = { referenceFrom: "", referenceUntil: "", isTested: true, cells: 9 };
  return newsOf(figures, { ...tested, rows: [...signals] }, terms, []).map(plainText);
}

test("the surest early signal and a word that rose at least twofold are told", () => {
  expect(told([SIGNAL, { ...SIGNAL, subject: "南の駅" }], [TERM])).toEqual([
    "「北の駅」の「parking」について、今週8名のお客様からネガティブな声が届きました（いつもの週なら1名未満）。",
    "前の8週になかったことば「地震」が、今週11件の声にあります。",
  ]);
  expect(told([{ ...SIGNAL, weeks: 2, lot: "A7", expected: 2.4 }], [])).toEqual([
    "「北の駅」（ロット A7）の「parking」について、前週と今週に8名のお客様からネガティブな声が届きました（いつもの2週間なら2名ほど）。",
  ]);
  expect(told([], [{ ...TERM, before: 4, ratio: 19, low: 2.1 }])).toEqual([
    "「地震」ということばを含む声が、今週は11件に増えました。",
  ]);
});

test("a quiet week has no news: a word in few voices, or not certainly twice as frequent, heads nothing", () => {
  expect(told([], [])).toEqual([]);
  expect(told([], [TERM], 7)).toEqual([]);
  expect(told([], [{ ...TERM, before: 6, ratio: 7, low: 1.9 }])).toEqual([]);
});
