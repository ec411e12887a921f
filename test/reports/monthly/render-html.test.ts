import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { monthOf } from "../../../pipeline/period.ts";
import { sliceCodePoints } from "../../../pipeline/text/code-points.ts";
import { SURE_HARM } from "../../../reports/bodily-harm.ts";
import { renderPlainText } from "../../../reports/formats/render-text.ts";
import { canonicalJson } from "../../../reports/frozen/canonical-json.ts";
import { buildMonthly } from "../../../reports/monthly/build.ts";
import { MonthlyReport } from "../../../reports/monthly/monthly-report.ts";
import { renderMonthly } from "../../../reports/monthly/render-html.ts";
import { outlineOf } from "../../../reports/outline/outline-of.ts";
import { warehouseEffects } from "../../../reports/read-warehouse.ts";
import { emptyWarehouse, fillWarehouse } from "../../support/report-warehouse.ts";

const FIXTURES = fileURLToPath(new URL("../../fixtures/reports/", import.meta.url));
const INPUT = {
  revision: 1,
  taxonomy: "tourism",
  taxonomyVersion: 1,
  epoch: 1,
  asOf: "2025-08-05",
  title: "北陸観光の声",
  expectedSources: [],
  earlier: [],
};

async function smallWarehouse() {
  const connection = await emptyWarehouse();
  await fillWarehouse(connection, { from: "2025-06-02", weeks: 9, voicesPerWeek: 12 });
  return connection;
}

test("the monthly report of a small warehouse is the one on file", async () => {
  const report = await buildMonthly(warehouseEffects(await smallWarehouse()), {
    ...INPUT,
    period: monthOf("2025-07-01"),
  });
  const { html, voicesHtml } = renderMonthly(report);
  await expect(`${canonicalJson(report)}\n`).toMatchFileSnapshot(`${FIXTURES}monthly.json`);
  await expect(html).toMatchFileSnapshot(`${FIXTURES}monthly.html`);
  await expect(voicesHtml).toMatchFileSnapshot(`${FIXTURES}monthly.voices.html`);
  expect(MonthlyReport.parse(JSON.parse(canonicalJson(report)))).toEqual(report);
});

test("a quiet month has the findings that enough voices bear out, and says that nothing certain changed", async () => {
  const report = await buildMonthly(warehouseEffects(await smallWarehouse()), {
    ...INPUT,
    period: monthOf("2025-07-01"),
  });
  expect(report.findings).toHaveLength(2);
  expect(report.trend).toHaveLength(12);
  expect(report.trend.at(-1)).toMatchObject({ name: "2025-07" });
});

test("the printed side of a second revision says what changed, and which source is missing", async () => {
  const effects = warehouseEffects(await smallWarehouse());
  const input = { ...INPUT, period: monthOf("2025-07-01"), expectedSources: ["letters"] };
  const first = await buildMonthly(effects, input);
  const said = { ...first, topics: first.topics.slice(1) };
  const second = await buildMonthly(effects, { ...input, revision: 2, earlier: [said] });
  const [sheet = ""] = renderMonthly(second).html.split('<div class="rest">');
  const [line] = first.topics;
  expect(sheet).toContain("2025年7月 第2版");
  expect(sheet).toContain(
    `第1版（2025年8月5日（火）作成）から、「${line?.label}」のネガティブな声 0件→`,
  );
  expect(sheet).toContain("まだ届いていない元：letters。");
});

test("harm is named with a voice that tells of it beside the claim, on the page and in the other forms", async () => {
  const connection = await smallWarehouse();
  await connection.run(
    "create temp table said as select segment_id, voice_id, span_start, span_end from segments where received_on between '2025-07-01' and '2025-07-31' order by segment_id limit 1",
  );
  await connection.run(
    `update voices set text = text || repeat('長い手紙です。', 300) where voice_id = (select voice_id from said);
    update segments set harm = true, harm_confidence = ${SURE_HARM} where segment_id = (select segment_id from said)`,
  );
  const report = await buildMonthly(warehouseEffects(connection), {
    ...INPUT,
    period: monthOf("2025-07-01"),
  });
  const [sheet = ""] = renderMonthly(report).html.split('<div class="rest">');
  const [, finding = ""] = /<li>(お体への害.*?)<\/li>/s.exec(sheet) ?? [];
  const [evidence] = report.evidence;
  const { voiceId = "", start = 0, end = 0 } = evidence?.quote ?? {};
  const words = sliceCodePoints(report.voices[voiceId]?.text ?? "", start, end);
  expect(finding).toContain('<a class="n" href="#v-harm">1件</a>');
  expect(finding).toContain(words);
  expect(finding).toContain(voiceId.slice(0, 8));
  const text = renderPlainText(outlineOf(report));
  expect(text).toContain("お体への害を伝える声");
  expect(text).toContain(words);
});

test("a month before all voices still gives a page", async () => {
  const report = await buildMonthly(warehouseEffects(await smallWarehouse()), {
    ...INPUT,
    period: monthOf("2024-01-01"),
  });
  expect(renderMonthly(report).html).toContain("2024年1月");
});

test("a voice of a grave topic that nobody calls negative, and harm that is only suspected, stand below the findings", async () => {
  const connection = await smallWarehouse();
  const build = () =>
    buildMonthly(warehouseEffects(connection), { ...INPUT, period: monthOf("2025-07-01") });
  const told = "深刻度4以上の話題の、ネガティブと判定していない声：";
  expect(renderMonthly(await build()).html).not.toContain(told);
  const some = "select min(segment_id) from segments where received_on >= '2025-07-01'";
  await connection.run("update topics set severity = 4 where topic = 'lodging'");
  await connection.run(
    "update segments set sentiment = 'neutral' where segment_id in (select segment_id from segment_topics where topic = 'lodging')",
  );
  await connection.run(
    `update segments set harm = true, harm_confidence = ${SURE_HARM} - 0.1 where segment_id = (${some})`,
  );
  const report = await build();
  const { html } = renderMonthly(report);
  expect(html).toContain(told);
  expect(html).toContain("お体への害が疑われる声 ");
  const text = renderPlainText(outlineOf(report));
  expect(text).toContain(told);
  expect(text).toContain("お体への害が疑われる声が1件あります（推定）：番号 ");
});
