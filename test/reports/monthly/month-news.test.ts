import { beforeAll, expect, test } from "vitest";
import { monthOf, weekOf } from "../../../pipeline/period.ts";
import { figureOf } from "../../../reports/figure.ts";
import { buildMonthly } from "../../../reports/monthly/build.ts";
import type { MonthlyReport } from "../../../reports/monthly/monthly-report.ts";
import { warehouseEffects } from "../../../reports/read-warehouse.ts";
import { plainText } from "../../../reports/sentence.ts";
import { readQuotable } from "../../../reports/voices/quotable.ts";
import { readNewsTerm } from "../../../reports/weekly/news-term.ts";
import { readTerms, risenTerms } from "../../../reports/weekly/rising-terms.ts";
import { emptyWarehouse, fillWarehouse, REPORT_INPUT } from "../../support/report-warehouse.ts";

const JULY = monthOf("2025-07-01");
const PLACE = "新しい駅";

let connection: Awaited<ReturnType<typeof emptyWarehouse>>;
let report: MonthlyReport;
beforeAll(async () => {
  connection = await emptyWarehouse();
  await fillWarehouse(connection, { from: "2024-06-03", weeks: 61, voicesPerWeek: 60 });
  await addWord({
    id: 9001,
    word: "花火",
    spans: [
      ["2024-07-01", 20],
      ["2025-07-01", 20],
    ],
  });
  await addWord({ id: 9002, word: "地震", spans: [["2025-07-01", 12]] });
  await blameParking("2025-07-14", 8);
  report = await buildMonthly(warehouseEffects(connection), { ...REPORT_INPUT, period: JULY });
});

/** So many voices from a day on hold the word. */
async function addWord({
  id,
  word,
  spans,
}: {
  readonly id: number;
  readonly word: string;
  readonly spans: readonly (readonly [string, number])[];
}): Promise<void> {
  await connection.run(`insert into terms values (${id}, '${word}')`);
  for (const [from, count] of spans) {
    await connection.run(`
      create or replace temp table chosen as
      select voice_id, min(segment_id) as segment_id from segments where received_on >= '${from}'
      group by voice_id order by min(received_on), voice_id limit ${count};
      insert into segment_terms select segment_id, ${id}, 0, 2 from chosen;
      update voices set text = text || '${word}のあとに来ました。' where voice_id in (select voice_id from chosen);
    `);
  }
}

/** So many voices of the week from this Monday on blame the parking of a place that nobody named before. */
async function blameParking(monday: string, count: number): Promise<void> {
  await connection.run(`
    create or replace temp table chosen as
    select voice_id, min(segment_id) as segment_id from segments
    where received_on between '${monday}' and date '${monday}' + 6 and sentiment is not null
    group by voice_id order by voice_id limit ${count};
    update voices set place = '${PLACE}' where voice_id in (select voice_id from chosen);
    update segments set sentiment = 'negative', kind = 'complaint' where segment_id in (select segment_id from chosen);
    delete from segment_topics where segment_id in (select segment_id from chosen);
    insert into segment_topics by name
    select segment_id, voice_id, 'tourism' as taxonomy, 'parking' as topic, 0.9 as confidence, 'head' as decided_by, [] as why, 1 as epoch
    from chosen;
  `);
}

test("a month tells of the word that was not there before and of a week's early signal, with a voice of each", () => {
  const findings = report.findings.map(plainText);
  expect(findings).toContain("前の8週間にはなかったことば「地震」が、今月は12件の声にあります。");
  expect(findings.find((line) => line.includes(PLACE))).toMatch(
    /「新しい駅」の「駐車場」.*7月14日（月）からの週に/,
  );
  const quoted = (part: string) => {
    const finding = findings.findIndex((line) => line.includes(part));
    return report.evidence.filter((each) => each.finding === finding);
  };
  const [earthquake] = quoted("地震");
  const voice = report.voices[earthquake?.quote.voiceId ?? ""];
  const marked = [...(voice?.text ?? "")].slice(earthquake?.quote.start, earthquake?.quote.end);
  expect(marked.join("")).toBe("地震");
  const [parking] = quoted(PLACE);
  expect(report.voices[parking?.quote.voiceId ?? ""]?.place).toBe(PLACE);
});

test("the numbers of a month's news are the voices of their lists", () => {
  const figures = report.findings.flat().flatMap((part) => (typeof part === "string" ? [] : part));
  const news = figures.filter(({ figure }) => /^(term|signal)-/.test(figure));
  expect(news.map(({ text }) => Number.parseInt(text, 10)).sort((a, b) => a - b)).toEqual([8, 12]);
  for (const { figure } of news) {
    const { value, voiceIds } = figureOf(report.figures, figure);
    expect(voiceIds).toHaveLength(value);
    for (const id of voiceIds) expect(report.voices[id]?.receivedOn.slice(0, 7)).toBe("2025-07");
  }
});

/** Without their words all voices are different ones. */
const NONE = new Map();

test("a word of the season rose, but was as frequent a year ago: it heads no report", async () => {
  const effects = warehouseEffects(connection);
  for (const period of [JULY, weekOf("2025-07-02")]) {
    const risen = risenTerms(await readTerms(effects, period));
    expect(risen.map(({ row }) => row.term)).toContain("花火");
    expect((await readNewsTerm(effects, risen, { period, voices: NONE }))?.row.term).toBe("地震");
  }
});

test("without voices a year before, the word that rose most is the news", async () => {
  const effects = warehouseEffects(connection);
  const risen = risenTerms(await readTerms(effects, JULY));
  const young = {
    ...effects,
    readTermCounts: (terms: readonly string[]) =>
      effects.readTermCounts(terms, { from: "2023-07-01", until: "2023-08-01" }),
  };
  expect((await readNewsTerm(young, risen, { period: JULY, voices: NONE }))?.row.term).toBe("花火");
});

test("what one visitor writes at every place is no news, however many voices hold it", async () => {
  const effects = warehouseEffects(connection);
  const risen = risenTerms(await readTerms(effects, JULY));
  const [first] = (await readQuotable(effects, JULY, "tourism")).voices.values();
  if (first === undefined) throw new Error("no voice");
  const about = risen.find(({ row }) => row.term === "地震")?.row.voice_ids ?? [];
  const copies = new Map(
    about.map((id, index) => {
      const text = `${index}か所目。越前蟹、お蕎麦と食事が大変美味しく、観光も楽しく人が優しい。`;
      return [id, { ...first, text }];
    }),
  );
  const term = await readNewsTerm(effects, risen, { period: JULY, voices: copies });
  expect(term?.row.term).not.toBe("地震");
});
