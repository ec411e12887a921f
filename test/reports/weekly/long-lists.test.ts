import { beforeAll, expect, test } from "vitest";
import { weekOf } from "../../../pipeline/period.ts";
import { buildDaily } from "../../../reports/daily/build.ts";
import { dailyEffects } from "../../../reports/daily/daily-effects.ts";
import { figureOf, LISTED } from "../../../reports/figure.ts";
import { formatCount } from "../../../reports/format-japanese.ts";
import { pasteableSql, rowCondition } from "../../../reports/frozen/pasteable-sql.ts";
import { warehouseEffects } from "../../../reports/read-warehouse.ts";
import { allVoiceIds } from "../../../reports/voices/bounded-lists.ts";
import { withListedVoices } from "../../../reports/voices/listed-voices.ts";
import { buildWeekly } from "../../../reports/weekly/build.ts";
import { renderWeekly } from "../../../reports/weekly/render-html.ts";
import type { WeeklyReport } from "../../../reports/weekly/weekly-report.ts";
import { emptyWarehouse, fillWarehouse, REPORT_INPUT } from "../../support/report-warehouse.ts";

let connection: Awaited<ReturnType<typeof emptyWarehouse>>;
let report: WeeklyReport;
beforeAll(async () => {
  connection = await emptyWarehouse();
  await fillWarehouse(connection, { from: "2025-07-14", weeks: 3, voicesPerWeek: 2000 });
  const input = { ...REPORT_INPUT, period: weekOf("2025-08-01") };
  report = await buildWeekly(warehouseEffects(connection), input);
});

function longFigures() {
  return Object.values(report.figures).filter(({ value }) => value > LISTED);
}

test("a number of thousands still names each of its voices, and no two are the same", () => {
  expect(longFigures().length).toBeGreaterThan(5);
  for (const figure of Object.values(report.figures)) {
    const ids = allVoiceIds(figure, report);
    expect(ids, figure.id).toHaveLength(figure.value);
    expect(new Set(ids).size, figure.id).toBe(figure.value);
  }
});

test("the voices behind a long list are those that its SQL gives, in that order", async () => {
  for (const figure of longFigures()) {
    const [variables = "", statement = ""] = pasteableSql(figure, report.questions).split(/;\n\n/);
    await connection.run(`${variables};`);
    const answer = await connection.runAndReadAll(
      `select voice_ids from (${statement.trimEnd().replace(/;$/, "")}) where ${rowCondition(figure)}`,
    );
    expect(answer.getRowsJS(), figure.id).toEqual([[allVoiceIds(figure, report).join(",")]]);
  }
});

test("the words of those voices only are in the value that a list shows or the report speaks of", () => {
  const listed = new Set(Object.values(report.figures).flatMap(({ voiceIds }) => voiceIds));
  for (const { voiceIds } of Object.values(report.figures)) {
    expect(voiceIds.length).toBeLessThanOrEqual(LISTED);
  }
  for (const id of listed) expect(report.voices[id]?.text, id).toBeDefined();
  const quotes = report.priorities.flatMap((each) => [...each.quotes, ...each.moreQuotes]);
  const notes = [...report.awareness.current, ...report.awareness.added];
  const named = new Set([...quotes, ...report.praise, ...notes].map(({ voiceId }) => voiceId));
  for (const id of named) expect(report.voices[id]?.text, id).toBeDefined();
  const all = allVoiceIds(figureOf(report.figures, "all"), report);
  const shown = all.filter((id) => report.voices[id] !== undefined);
  expect(shown.filter((id) => !listed.has(id) && !named.has(id))).toEqual([]);
  expect(shown.length).toBeLessThan(all.length);
});

test("a voice that the report speaks of has its words there, be it in no list", async () => {
  const all = allVoiceIds(figureOf(report.figures, "all"), report);
  const id = all.find((each) => report.voices[each] === undefined) ?? "";
  const { period, previous } = report;
  const said = { taxonomy: "tourism", figures: {}, voices: {}, praise: [{ voiceId: id }] };
  const draft = { ...said, period, previous };
  const { voices } = await withListedVoices(warehouseEffects(connection), draft);
  expect(Object.keys(voices)).toEqual([id]);
});

test("a long list says how many of how many it shows, and what gives them all", () => {
  const { html, voicesHtml } = renderWeekly(report);
  const { value } = figureOf(report.figures, "all");
  for (const page of [html, voicesHtml]) {
    expect(page).toContain(
      `全 ${formatCount(value)} 件のうち、新しいほうから ${LISTED} 件を載せています。`,
    );
    expect(page).toContain("kizuki report voices --period 2025-W31 --figure negative</code>");
  }
  const [section = ""] = /<section id="all">.*?<\/section>/s.exec(voicesHtml) ?? [];
  expect(section.match(/<li class="voice">/g)).toHaveLength(LISTED);
});

test("a list that is shown whole says nothing of the kind", () => {
  const short = Object.values(report.figures).find(({ value }) => value > 0 && value <= LISTED);
  const { html } = renderWeekly(report);
  expect(html).not.toContain(`--figure ${short?.id}<`);
});

test("the daily digest has the same bound", async () => {
  const input = { ...REPORT_INPUT, countedBefore: null };
  const day = {
    job: "daily",
    name: "2025-08-03",
    from: "2025-08-03",
    until: "2025-08-04",
  } as const;
  const digest = await buildDaily(dailyEffects(connection), { ...input, period: day });
  const all = figureOf(digest.figures, "all");
  expect(all.value).toBeGreaterThan(LISTED);
  expect(all.voiceIds).toHaveLength(LISTED);
  expect(new Set(allVoiceIds(all, digest)).size).toBe(all.value);
});
