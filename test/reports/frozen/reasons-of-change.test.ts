import { beforeAll, expect, test } from "vitest";
import { weekOf } from "../../../pipeline/period.ts";
import { shortId } from "../../../pipeline/schema/short-id.ts";
import { FORGOTTEN_TEXT } from "../../../pipeline/vault/forget-words.ts";
import { figureOf } from "../../../reports/figure.ts";
import { formatPercent } from "../../../reports/format-japanese.ts";
import { renderMarkdown } from "../../../reports/formats/render-text.ts";
import { workbookSheets } from "../../../reports/formats/workbook-sheets.ts";
import { correctionOf } from "../../../reports/frozen/correction.ts";
import { outlineOf } from "../../../reports/outline/outline-of.ts";
import { warehouseEffects } from "../../../reports/read-warehouse.ts";
import { buildWeekly } from "../../../reports/weekly/build.ts";
import { renderWeekly } from "../../../reports/weekly/render-html.ts";
import type { WeeklyReport } from "../../../reports/weekly/weekly-report.ts";
import { emptyWarehouse, fillWarehouse, REPORT_INPUT } from "../../support/report-warehouse.ts";

const INPUT = { ...REPORT_INPUT, period: weekOf("2025-08-01") };

let first: WeeklyReport;
let second: WeeklyReport;
beforeAll(async () => {
  const connection = await emptyWarehouse();
  await fillWarehouse(connection, { from: "2025-06-02", weeks: 9, voicesPerWeek: 60 });
  const effects = warehouseEffects(connection);
  first = await buildWeekly(effects, INPUT);
  await connection.run(
    "delete from voices where voice_id in (select voice_id from segments where sentiment = 'negative' and segment_id % 3 = 0)",
  );
  await connection.run("delete from segments where sentiment = 'negative' and segment_id % 3 = 0");
  await connection.run("delete from segment_topics where topic = 'parking' and segment_id % 2 = 0");
  second = await buildWeekly(effects, { ...INPUT, revision: 2, earlier: [first] });
});

test("the reasons of a number make its whole difference, and a share's is told apart", () => {
  const lines = second.correction?.lines ?? [];
  expect(lines.length).toBeGreaterThan(3);
  for (const { before, after, reasons = [] } of lines) {
    const told = reasons.flat();
    const moved = told.reduce((sum, { added, removed }) => sum + added - removed, 0);
    expect(moved).toBe(after.count - before.count);
    const isShare = told.some(({ causes }) => causes.includes("whole"));
    expect(isShare).toBe(formatPercent(after.share ?? 0) !== formatPercent(before.share ?? 0));
  }
});

test("a voice that is gone is counted, and its number is nowhere", () => {
  const gone = figureOf(first.figures, "all").voiceIds.filter(
    (id) => !figureOf(second.figures, "all").voiceIds.includes(id),
  );
  const [line] = second.correction?.lines ?? [];
  expect(line?.reasons?.flat()).toEqual([
    { causes: ["went"], added: 0, removed: gone.length, voiceIds: [] },
  ]);
  const { html } = renderWeekly(second);
  expect(html).toContain(`消去か日付の訂正で外れた声 −${gone.length}件`);
  for (const id of gone) expect(JSON.stringify(second.correction)).not.toContain(id);
});

/** The first report with one voice of parking less: why, by the given circumstances. */
function withoutOne(
  is: Partial<WeeklyReport>,
  ids: { judged?: boolean; revised?: boolean; grown?: boolean } = {},
) {
  const parking = figureOf(first.figures, "parking-negative");
  const [id = ""] = parking.voiceIds;
  const voiceIds = parking.voiceIds.slice(1);
  const figure = { ...parking, voiceIds, value: voiceIds.length };
  const more = ids.grown === true ? 1 : 0;
  const streams = first.coverage.streams.map((each) => ({ ...each, records: each.records + more }));
  const coverage = { ...first.coverage, streams };
  const after = { ...first, ...is, coverage, figures: { ...first.figures, [figure.id]: figure } };
  const voices = {
    voice_ids: ids.judged === true ? id : "",
    revised_ids: ids.revised === true ? id : "",
  };
  const report = (earlier: WeeklyReport[]) => ({
    ...after,
    revision: earlier.length + 1,
    correction: correctionOf(
      earlier,
      after,
      earlier.map(() => ({ voices })),
    ),
  });
  return { id, report };
}

test.each([
  { why: "a person's word", is: {}, ids: { judged: true, grown: true }, causes: ["judged"] },
  { why: "nothing that is known", is: {}, ids: {}, causes: ["unknown"] },
  {
    why: "other words that came since",
    is: {},
    ids: { revised: true, grown: true },
    causes: ["reworded"],
  },
  {
    why: "nothing that is known, where other words came before the first revision",
    is: {},
    ids: { revised: true },
    causes: ["unknown"],
  },
  { why: "a newer pipeline", is: { epoch: 2 }, ids: {}, causes: ["readAnew"] },
  {
    why: "another calibration",
    is: { calibration: [{ head: "kind", offset: 1, judged: 40, on: "2025-08-05" }] },
    ids: {},
    causes: ["recalibrated"],
  },
  { why: "another list of topics", is: { taxonomyVersion: 9 }, ids: {}, causes: ["retopiced"] },
  {
    why: "either of two that nobody can tell apart",
    is: { epoch: 2 },
    ids: { judged: true },
    causes: ["judged", "readAnew"],
  },
])("a number is another by $why", ({ is, ids, causes }) => {
  const { id, report } = withoutOne(is, ids);
  const reasons = report([first]).correction?.lines.flatMap((line) => line.reasons?.flat() ?? []);
  expect(reasons).toEqual([{ causes, added: 0, removed: 1, voiceIds: [id] }]);
});

test.each([
  { why: "came late", revised_ids: () => "", causes: ["came"] },
  {
    why: "came late or from another week",
    revised_ids: (id: string) => id,
    causes: ["came", "reworded"],
  },
])("a voice that is there now $why", ({ revised_ids, causes }) => {
  const [id = ""] = figureOf(first.figures, "all").voiceIds.filter((each) =>
    figureOf(second.figures, "all").voiceIds.every((other) => other !== each),
  );
  const voices = { voice_ids: "", revised_ids: revised_ids(id) };
  const [line] = correctionOf([second], first, [{ voices }])?.lines ?? [];
  const reasons = line?.reasons?.flat().filter(({ voiceIds }) => voiceIds.includes(id));
  expect(reasons?.map((reason) => reason.causes)).toEqual([causes]);
});

test("a reason stands beside its number in every form, and its voices behind the page's numbers", () => {
  const { id, report } = withoutOne({ epoch: 2 }, { judged: true });
  const made = report([first]);
  const said = `担当者の判定か仕組みの更新 −1件（番号 ${shortId(id)}）`;
  expect(renderMarkdown(outlineOf(made))).toContain(said);
  const sheet = workbookSheets(made, outlineOf(made)).find(({ name }) => name === "訂正");
  expect(sheet?.columns.at(-1)?.title).toBe("わけ");
  expect(sheet?.rows[0]?.at(-1)).toBe(said);
  const { html } = renderWeekly(made);
  expect(html).toContain(
    `−1件（番号 <a class="nowrap" href="#c-${shortId(id)}">${shortId(id)}</a>）`,
  );
  expect(html).toContain(`<ol id="c-${shortId(id)}"><li class="voice">`);
});

test("of a voice that was forgotten since, a reason gives the count alone", () => {
  const { id, report } = withoutOne({}, { judged: true });
  const made = report([first]);
  const voice = made.voices[id];
  if (voice === undefined) throw new Error("no voice");
  const forgotten = {
    ...made,
    voices: { ...made.voices, [id]: { ...voice, text: FORGOTTEN_TEXT } },
  };
  const text = renderMarkdown(outlineOf({ ...forgotten, priorities: [], praise: [] }));
  expect(text).toContain("担当者の判定 −1件 |");
  expect(renderWeekly(forgotten).html).not.toContain(`c-${shortId(id)}`);
});

test("reasons since two revisions are told once where they are the same, and apart where not", () => {
  const { report } = withoutOne({}, { judged: true });
  const old = { ...first, revision: 1 };
  const same = report([old, { ...first, revision: 2 }]);
  const text = (made: WeeklyReport) => renderMarkdown(outlineOf(made));
  expect(text(same)).toContain("| 担当者の判定 −1件");
  const other = report([
    { ...old, epoch: 0 },
    { ...first, revision: 2 },
  ]);
  expect(text(other)).toMatch(
    /\| 第1版から：担当者の判定か仕組みの更新 −1件（番号 \w+）。第2版から：担当者の判定 −1件/,
  );
});

test("an older value without reasons has no column for them, and its sentence in the text", () => {
  const lines = second.correction?.lines.map(({ reasons: _reasons, ...line }) => line) ?? [];
  const older = { ...second, correction: second.correction && { ...second.correction, lines } };
  expect(renderWeekly(older).html).not.toContain("わけ</th>");
  const text = renderMarkdown(outlineOf(older));
  expect(text).not.toContain("| わけ ");
  expect(text).toContain("が変わりました。");
});
