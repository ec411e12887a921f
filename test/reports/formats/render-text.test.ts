import { expect, test } from "vitest";
import { renderMarkdown, renderPlainText } from "../../../reports/formats/render-text.ts";
import { padText, textWidth } from "../../../reports/formats/text-width.ts";
import { outlineOf } from "../../../reports/outline/outline-of.ts";
import { frozenMonthly, frozenWeekly, withPraise } from "../../support/frozen-reports.ts";

const FIXTURES = new URL("../../fixtures/reports/", import.meta.url).pathname;

test("the weekly report as Markdown and as plain text is the one on file", async () => {
  const outline = outlineOf(frozenWeekly());
  await expect(renderMarkdown(outline)).toMatchFileSnapshot(`${FIXTURES}weekly.md`);
  await expect(renderPlainText(outline)).toMatchFileSnapshot(`${FIXTURES}weekly.txt`);
});

test.each([
  { why: "kana and kanji are two columns wide", text: "声", width: 2 },
  { why: "half-width kana are one", text: "ｻｰﾋﾞｽ", width: 5 },
  { why: "ambiguous signs are two, as Japanese fonts draw them", text: "〜①…", width: 6 },
  { why: "letters and digits are one", text: "VOC 12", width: 6 },
  { why: "an emoji of several code points is one sign", text: "👨‍👩‍👧", width: 2 },
])("$why", ({ text, width }) => {
  expect(textWidth(text)).toBe(width);
});

test("columns of a table line up, whatever is in them", () => {
  const lines = renderMarkdown(outlineOf(frozenWeekly()))
    .split("\n\n")
    .filter((part) => part.startsWith("|"));
  expect(lines.length).toBeGreaterThan(3);
  for (const table of lines) {
    expect(new Set(table.split("\n").map(textWidth)).size).toBe(1);
  }
  expect(padText("声", 4, "right")).toBe("  声");
});

test.each([
  { why: "is no heading", text: "# 大変\n## でした", shown: "\\# 大変  \n> \\#\\# でした" },
  {
    why: "is no picture and no link",
    text: "![a](http://x.jp)",
    shown: "\\!\\[a\\](http:\\/\\/x.jp)",
  },
  { why: "is no address", text: "www.x.jp", shown: "www\\.x.jp" },
  { why: "is no markup", text: "<script>&lt;", shown: "\\<script\\>\\&lt;" },
])("a voice in Markdown $why", ({ text, shown }) => {
  const markdown = renderMarkdown(outlineOf(withPraise(frozenWeekly(), text)));
  expect(markdown).toContain(`「${shown}」`);
});

test("no form of text carries a link", () => {
  for (const report of [frozenWeekly(), frozenMonthly()]) {
    const outline = outlineOf(report);
    for (const text of [renderMarkdown(outline), renderPlainText(outline)]) {
      expect(text).not.toMatch(/\]\(|href|https?:\/\//);
    }
  }
});
