import { expect, test } from "vitest";
import { Annotation } from "../../../pipeline/annotation.ts";
import { renderMonthly } from "../../../reports/monthly/render-html.ts";
import { annotationsIn, trendMarks } from "../../../reports/past/annotations.ts";
import { frozenMonthly } from "../../support/frozen-reports.ts";

const LAUNCH = { date: "2025-07-10", label: "新発売", product: "しおせんべい" };

test.each([
  { why: "a day", given: LAUNCH, span: { from: "2025-07-10", to: "2025-07-10" } },
  {
    why: "a span, both days within",
    given: { from: "2025-06-01", to: "2025-07-31", label: "夏のキャンペーン" },
    span: { from: "2025-06-01", to: "2025-07-31" },
  },
])("$why is read", ({ given, span }) => {
  expect(Annotation.parse(given)).toMatchObject(span);
});

test.each([
  { why: "no day", given: { label: "新発売" } },
  {
    why: "an end before its beginning",
    given: { ...LAUNCH, date: undefined, from: "2025-07-10", to: "2025-07-01" },
  },
  { why: "a day and another beginning", given: { ...LAUNCH, from: "2025-07-01" } },
  { why: "a label of 21 characters", given: { ...LAUNCH, label: "あ".repeat(21) } },
  { why: "a day that does not exist", given: { ...LAUNCH, date: "2025-02-30" } },
])("$why is refused", ({ given }) => {
  expect(Annotation.safeParse(given).success).toBe(false);
});

const report = frozenMonthly();
const marked = {
  ...report,
  annotations: annotationsIn(
    [
      LAUNCH,
      { from: "2025-06-15", to: "2025-07-01", label: "自主回収", topic: "food" },
      { date: "2024-07-31", label: "推移の始まる前" },
      { date: "2025-08-01", label: "推移の終わった後" },
    ].map((each) => Annotation.parse(each)),
    report.trend,
    report.period.until,
  ),
};

test("what happened outside the trend is left out, the rest is numbered in the order of its days", () => {
  expect(marked.annotations.map(({ label }) => label)).toEqual(["自主回収", "新発売"]);
  expect(trendMarks(marked).slice(-3)).toEqual(["", "①", "①②"]);
});

test("the page shows the marks on its trend and says what they mean, in words and for those who cannot see it", () => {
  const { html } = renderMonthly(marked);
  const [chart = ""] = html.match(/<svg.*?<\/svg>/s) ?? [];
  expect(chart).toContain("①②");
  expect(html).toContain("<b>自主回収</b>");
  expect(html).toContain("6月15日（日）〜7月1日（火）");
  expect(html).toMatch(/<th scope="row">2025-07①②<\/th>/);
});
