import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { weekOf } from "../../../pipeline/period.ts";
import { figureOf } from "../../../reports/figure.ts";
import { canonicalJson } from "../../../reports/frozen/canonical-json.ts";
import { warehouseEffects } from "../../../reports/read-warehouse.ts";
import { buildWeekly } from "../../../reports/weekly/build.ts";
import { renderWeekly } from "../../../reports/weekly/render-html.ts";
import { WeeklyReport } from "../../../reports/weekly/weekly-report.ts";
import {
  emptyWarehouse,
  fillWarehouse,
  insert,
  REPORT_INPUT,
} from "../../support/report-warehouse.ts";

const FIXTURES = fileURLToPath(new URL("../../fixtures/reports/", import.meta.url));

async function buildSmall(voicesPerWeek = 24) {
  const connection = await emptyWarehouse();
  await fillWarehouse(connection, { from: "2025-06-02", weeks: 9, voicesPerWeek });
  return buildWeekly(warehouseEffects(connection), {
    period: weekOf("2025-08-01"),
    ...REPORT_INPUT,
  });
}

test("the weekly report of a small warehouse is the one on file", async () => {
  const report = await buildSmall();
  const { html, voicesHtml } = renderWeekly(report);
  await expect(`${canonicalJson(report)}\n`).toMatchFileSnapshot(`${FIXTURES}weekly.json`);
  await expect(html).toMatchFileSnapshot(`${FIXTURES}weekly.html`);
  await expect(voicesHtml).toMatchFileSnapshot(`${FIXTURES}weekly.voices.html`);
});

test.each([2, 3])(
  "a value that was frozen in format %i is rendered, without what it does not have",
  (format) => {
    const file = `${FIXTURES}weekly-format-${format}.json`;
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    const { html } = renderWeekly(WeeklyReport.parse(value));
    expect(html).toContain("2025年 第31週");
    expect(html).toContain("優先事項");
    if (format === 2) expect(html).not.toContain("いつも 4");
  },
);

test("a topic of few voices that nothing moved is folded, and on paper named; a grave or a changed one is not", () => {
  const file = readFileSync(`${FIXTURES}weekly.json`, "utf8");
  const report = WeeklyReport.parse(JSON.parse(file));
  const value = (id: string) => figureOf(report.figures, id).value;
  const quiet = report.topics.filter(({ negative }) => value(negative) === 1);
  const [still, grave, moved] = quiet;
  if (still === undefined || moved === undefined) throw new Error("too few such topics");
  const topics = report.topics.map((line) => ({
    ...line,
    severity: line === grave ? 4 : 1,
    ...(line === moved && { change: { ...line.change, word: "increased" as const } }),
  }));
  const { html } = renderWeekly({ ...report, topics });
  const [, shown = "", folded = "", names = ""] =
    /<table class="topics">(.*?)<details class="quiet">(.*?)<\/details>.*?<p class="quiet-names[^>]*>(.*?)<\/p>/s.exec(
      html,
    ) ?? [];
  for (const { label, negative } of topics) {
    const isFolded = value(negative) < 3 && label !== grave?.label && label !== moved.label;
    const row = `<th scope="row">${label}</th>`;
    expect([label, shown.includes(row), folded.includes(row)]).toEqual([
      label,
      !isFolded,
      isFolded,
    ]);
  }
  expect(names).toContain(`${still.label}（1・${value(still.positive)}）`);
});

test("rendering twice in one process gives the same bytes", async () => {
  const report = await buildSmall();
  expect(renderWeekly(report)).toEqual(renderWeekly(report));
});

test("the SQL printed is the one in the value: a later change in sql/ does not reach a frozen report", async () => {
  const report = await buildSmall();
  const questions = Object.fromEntries(
    Object.keys(report.questions).map((file) => [file, `-- as it was\nselect '${file}'`]),
  );
  const { html, voicesHtml } = renderWeekly({ ...report, questions });
  for (const text of [html, voicesHtml]) {
    expect(text).toContain("-- as it was\nselect &#39;questions/voices_by_measure.sql&#39;;");
    expect(text).not.toContain("-- Question:");
  }
});

test("each link inside the two files leads somewhere", async () => {
  const { html, voicesHtml } = renderWeekly(await buildSmall(200));
  const idsOf = (text: string) =>
    new Set(Array.from(text.matchAll(/ id="([^"]+)"/g), ([, id]) => id));
  const targets = (text: string, pattern: RegExp) =>
    Array.from(text.matchAll(pattern), ([, id]) => id);
  const inMain = idsOf(html);
  const inSidecar = idsOf(voicesHtml);
  for (const id of targets(html, /href="#([^"]+)"/g))
    expect(inMain.has(id) || id === "close", id).toBe(true);
  for (const id of targets(html, /href="2025-W31\.voices\.html#([^"]+)"/g))
    expect(inSidecar, id).toContain(id);
  for (const id of targets(voicesHtml, /href="#([^"]+)"/g)) expect(inSidecar, id).toContain(id);
});

test("the main file has no script, no remote asset, and stays below 400 KB with 2,000 voices a week", async () => {
  const { html } = renderWeekly(await buildSmall(2000));
  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(400 * 1024);
  expect(
    html.match(/<script|<link|<img|@import|url\((?!#)|src=|https?:(?!\/\/www\.w3\.org\/)/g),
  ).toBeNull();
});

test("a hostile voice, author, file and topic are printed as words", async () => {
  const connection = await emptyWarehouse();
  await fillWarehouse(connection, { from: "2025-06-02", weeks: 9, voicesPerWeek: 24 });
  const evil = `"><script>alert('x')</script>\u202e`;
  await connection.run("update voices set text = $evil || text, place = $evil", { evil });
  await connection.run("update awareness set author = $evil, reason = $evil", { evil });
  await connection.run("update dead_letters set file = $evil, reason = $evil", { evil });
  await connection.run("update topics set label = $evil, parent_label = $evil", { evil });
  await insert(connection, "terms", [{ term_id: 999, term: evil }]);
  await connection.run("update segment_terms set term_id = 999 where segment_id > 200");
  const report = await buildWeekly(warehouseEffects(connection), {
    period: weekOf("2025-08-01"),
    revision: 1,
    taxonomy: "tourism",
    taxonomyVersion: 1,
    epoch: 1,
    earlier: [],
    asOf: "2025-08-07",
    title: evil,
    expectedSources: [evil],
  });
  const { html, voicesHtml } = renderWeekly(report);
  for (const text of [html, voicesHtml]) {
    expect(text).not.toMatch(/<script/i);
    expect(text).not.toContain("\u202e");
    expect(text).toContain("script&#62;");
  }
});

test("another process, having drawn other charts before, gives the same bytes", async () => {
  const report = await buildSmall();
  const root = fileURLToPath(new URL("../../../", import.meta.url));
  const program = `
    import { readFileSync } from "node:fs";
    import { drawChart } from "./reports/page/charts.ts";
    import { renderWeekly } from "./reports/weekly/render-html.ts";
    import { WeeklyReport } from "./reports/weekly/weekly-report.ts";
    drawChart({ id: "x", widthPx: 10, heightPx: 10, description: "" }, {});
    process.stdout.write(renderWeekly(WeeklyReport.parse(JSON.parse(readFileSync(0, "utf8")))).html);
  `;
  const html = execFileSync(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", program],
    {
      cwd: root,
      input: canonicalJson(report),
      encoding: "utf8",
      env: { ...Object.fromEntries([["TZ", "Asia/Tokyo"]]) },
    },
  );
  expect(html).toBe(renderWeekly(report).html);
});
