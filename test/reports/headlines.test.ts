import { expect, test } from "vitest";
import { addFigure, type Figures } from "../../reports/figure.ts";
import { headlines } from "../../reports/headlines.ts";
import { plainText } from "../../reports/sentence.ts";
import { compareRates } from "../../reports/statistics/change.ts";
import type { TopicLine } from "../../reports/topic-table.ts";

/** A topic with so many negative voices of 1,000 now and before, and so many positive ones. */
function topic(figures: Figures, label: string, severity: number, counts: readonly number[]) {
  const [now = 0, before = 0, positive = 0] = counts;
  const add = (id: string, count: number) =>
    addFigure(figures, {
      id,
      label,
      sql: "questions/none.sql",
      params: {},
      row: {},
      listed: "main",
      voiceIds: Array.from({ length: count }, (_, index) => `${id}-${index}`),
    });
  const rates = { count: now, base: 1000, previousCount: before, previousBase: 1000 };
  const [change] = compareRates([{ ...rates, dispersion: 1 }]);
  if (change === undefined) throw new RangeError("no change for a cell");
  const line: TopicLine = {
    topic: label,
    label,
    severity,
    negative: add(`${label}-now`, now),
    neutral: add(`${label}-neutral`, 0),
    positive: add(`${label}-positive`, positive),
    previousNegative: add(`${label}-before`, before),
    change,
    lastYear: null,
    usual: null,
  };
  return line;
}

test("grave topics come first however few, then what grew, then what shrank", () => {
  const figures: Figures = {};
  for (const id of ["all", "all-previous"]) topicTotal(figures, id);
  const topics = [
    topic(figures, "価格／値段", 1, [120, 40]),
    topic(figures, "販売店／品切れ", 1, [10, 90]),
    topic(figures, "体調・けが／けが・歯", 5, [1, 0]),
    topic(figures, "異物混入／毛髪・虫", 4, [3, 4]),
    topic(figures, "異物混入／金属", 4, [2, 4]),
    topic(figures, "表示／アレルギー", 4, [1, 4]),
  ];
  const lines = headlines(
    { harm: null, doubtedTopics: [], topics, keyFigures: [], figures, sourceChange: null },
    { this: "今週", previous: "前週" },
  ).map(({ sentence }) => plainText(sentence));
  expect(lines).toEqual([
    "安全にかかわる話題にネガティブな声があります。「けが・歯」が1件、「毛髪・虫」が3件、「金属」が2件、「アレルギー」が1件です。",
    "話題「価格／値段」では、ネガティブな声の割合が前週から増えました。今週120件・声全体の12.0%（前週40件・4.0%）です。",
    "話題「販売店／品切れ」では、ネガティブな声の割合が前週から減りました。今週10件・声全体の1.0%（前週90件・9.0%）です。",
  ]);
});

test("a grave topic is told once, be it the one with most negative voices", () => {
  const figures: Figures = {};
  for (const id of ["all", "all-previous"]) topicTotal(figures, id);
  const topics = [topic(figures, "異物混入／金属", 4, [5, 5]), topic(figures, "味", 1, [4, 4])];
  const [grave, other] = headlines(
    { harm: null, doubtedTopics: [], topics, keyFigures: [], figures, sourceChange: null },
    { this: "今週", previous: "前週" },
  ).map(({ sentence }) => plainText(sentence));
  expect(grave).toContain("「金属」が5件");
  expect(other).toMatch(/^ほかにネガティブな声が多い話題は「味」で、今週4件/);
});

test("a grave topic that is doubted heads nothing, and is not named beside others", () => {
  const figures: Figures = {};
  for (const id of ["all", "all-previous"]) topicTotal(figures, id);
  const topics = [
    topic(figures, "異物混入／金属", 4, [2, 4]),
    topic(figures, "表示／アレルギー", 4, [5, 4]),
  ];
  const safety = (doubtedTopics: string[]) =>
    headlines(
      { harm: null, doubtedTopics, topics, keyFigures: [], figures, sourceChange: null },
      { this: "今週", previous: "前週" },
    )
      .map(({ sentence }) => plainText(sentence))
      .filter((line) => line.startsWith("安全"));
  expect(safety(["表示／アレルギー"])).toEqual([
    "安全にかかわる話題にネガティブな声があります。「金属」が2件です。",
  ]);
  expect(safety(topics.map((each) => each.topic))).toEqual([]);
});

test.each([
  { why: "fewer than three voices name no most blamed or praised topic", most: 2, told: [] },
  {
    why: "from three on it is named, the gravest of those with as many, and their number",
    most: 3,
    told: [
      "ネガティブな声が最も多い話題は「価格」で、今週3件・声全体の0.3%（前週0件・0.0%）です。前週と比べるには件数が少なすぎます。「接客」も同数です。",
      "ポジティブな声が最も多い話題は「価格」で、3件です。「味」「接客」も同数です。",
    ],
  },
])("$why", ({ most, told }) => {
  const figures: Figures = {};
  for (const id of ["all", "all-previous"]) topicTotal(figures, id);
  const topics = [
    topic(figures, "味", 0, [0, 0, most]),
    topic(figures, "接客", 0, [most, 0, most]),
    topic(figures, "価格", 1, [most, 0, most]),
  ];
  const lines = headlines(
    { harm: null, doubtedTopics: [], topics, keyFigures: [], figures, sourceChange: null },
    { this: "今週", previous: "前週" },
  ).map(({ sentence }) => plainText(sentence));
  expect(lines).toEqual(told);
});

function topicTotal(figures: Figures, id: string): void {
  addFigure(figures, {
    id,
    label: id,
    sql: "questions/none.sql",
    params: {},
    row: {},
    listed: "main",
    voiceIds: Array.from({ length: 1000 }, (_, index) => `${id}-${index}`),
  });
}
