import { expect, test } from "vitest";
import { column } from "../../../reports/formats/deck-columns.ts";
import { BODY } from "../../../reports/formats/deck-flow.ts";
import { deckSlides } from "../../../reports/formats/deck-slides.ts";
import { outlineOf } from "../../../reports/outline/outline-of.ts";
import { frozenMonthly, frozenWeekly } from "../../support/frozen-reports.ts";

const LONG = "お客様相談室から届いた一部の記録が読めないファイル.csv";
const unread = ["unreadable date", "too few cells"].map((reason, index) => ({
  ...{ file: LONG, row: index + 4, column: "受付日、受付時刻", step: "intake", reason },
}));

function withUnread() {
  const report = frozenWeekly();
  const completeness = { ...report.completeness, unread, unreadTotal: unread.length };
  return { ...report, completeness };
}

test.each([
  ["weekly", frozenWeekly],
  ["weekly with long cells", withUnread],
  ["monthly", frozenMonthly],
])("nothing on a %s slide stands on what is above it", (_, report) => {
  for (const { title, placed } of deckSlides(outlineOf(report()))) {
    expect(placed.length, title).toBeGreaterThan(0);
    for (const [index, { piece, x, y }] of placed.entries()) {
      const next = placed.slice(index + 1).find((each) => each.x === x);
      if (next !== undefined) expect(next.y, title).toBeGreaterThanOrEqual(y + piece.height - 1e-9);
    }
  }
});

test("a row is as high as its longest cell needs", () => {
  const last = deckSlides(outlineOf(withUnread())).at(-1);
  const [table] = last?.placed.map(({ piece }) => piece) ?? [];
  if (table?.type !== "table") throw new Error("no table");
  const [head = 0, ...rows] = table.heights;
  expect(rows).toHaveLength(unread.length);
  for (const row of rows) expect(row).toBeGreaterThan(head);
});

test("sections without anything to show are named on the last slide, the definitions are its notes", () => {
  const report = frozenWeekly();
  const quiet = { ...report, risingTerms: { ...report.risingTerms, rows: [] }, praise: [] };
  const slides = deckSlides(outlineOf(quiet));
  expect(slides.map(({ kicker }) => kicker).join()).not.toMatch(/増えたことば|お褒め/);
  const last = slides.at(-1);
  const texts = last?.placed.flatMap(({ piece }) => (piece.type === "text" ? [piece.text] : []));
  expect(texts?.join("\n")).toMatch(/載せるものがなかった項目：.*増えたことば、お褒め/);
  expect(last?.notes.join("\n")).toContain("判定保留：");
});

test("every priority with a voice is heard", () => {
  const report = frozenWeekly();
  const slides = deckSlides(outlineOf(report));
  const heard = slides.flatMap(({ placed }) =>
    placed.flatMap(({ piece }) => (piece.type === "text" ? [piece.text] : [])),
  );
  const shown = report.priorities.filter(({ quotes }) => quotes.length > 0);
  const labels = new Map(report.topics.map(({ topic, label }) => [topic, label]));
  expect(heard).toEqual(
    expect.arrayContaining(shown.map(({ topic }) => labels.get(topic) ?? topic)),
  );
});

const textsOf = (slide: ReturnType<typeof deckSlides>[number] | undefined) =>
  slide?.placed.flatMap(({ piece }) => (piece.type === "text" ? [piece.text] : [])) ?? [];

test("the reasons of a priority are told whole while the slide has room, else cut", () => {
  const outline = outlineOf(frozenWeekly());
  const reasoned = (reason: string) => ({
    ...outline,
    sections: outline.sections.map((section) =>
      section.id === "priorities"
        ? {
            ...section,
            blocks: section.blocks.map((block) =>
              block.type === "item" ? { ...block, lines: ["4件", reason] } : block,
            ),
          }
        : section,
    ),
  });
  const cellsOf = (reason: string) =>
    deckSlides(reasoned(reason)).flatMap(({ placed }) =>
      placed.flatMap(({ piece }) => (piece.type === "table" ? piece.table.rows.flat() : [])),
    );
  const long = "以前にも指摘されたお客様の声があります。".repeat(8);
  expect(cellsOf(long)).toContain(long);
  const longest = long.repeat(12);
  expect(cellsOf(longest)).not.toContain(longest);
  expect(cellsOf(longest).join()).toContain("…");
});

test("words that fill little of a slide stand below the one before, and are none twice", () => {
  const outline = outlineOf(frozenMonthly());
  const [first, second] = deckSlides(outline);
  const quotes = outline.sections[0]?.blocks.flatMap((block) =>
    block.type === "item" ? block.quotes.map(({ text }) => `「${text}」`) : [],
  );
  expect(quotes?.length).toBeGreaterThan(0);
  expect(textsOf(first)).toEqual(expect.arrayContaining(quotes ?? []));
  expect(first?.kicker).toBe("今月わかったこと・主な数字");
  expect(textsOf(second).filter((text) => quotes?.includes(text))).toEqual([]);
});

test("risen terms without an early sign beside them share the slide of praise", () => {
  const report = frozenWeekly();
  const [figure = ""] = Object.keys(report.figures);
  const term = { term: "地震", figure, before: 1, ratio: 9, g2: 20, others: [], low: 2, high: 20 };
  const risingTerms = { ...report.risingTerms, rows: [term] };
  const awareness = { current: [], added: [] };
  const slides = deckSlides(
    outlineOf({ ...report, signals: null, risingTerms, awareness, decisions: [] }),
  );
  expect(slides.map(({ kicker }) => kicker)).toContain("増えたことば・お褒め");
});

test("of a table that is higher than its column the first rows stand there, and that it goes on", () => {
  const rows = Array.from({ length: 20 }, (_, index) => [`ことば${index}`, index]);
  const columns = [
    { title: "ことば", kind: "text" as const },
    { title: "件数", kind: "count" as const },
  ];
  const placed = column([{ type: "table", title: "", columns, rows }], {
    x: 0.6,
    w: 5.8,
    top: 2.1,
  });
  const [first, last] = placed.map(({ piece }) => piece);
  expect(first?.type === "table" && first.table.rows.length).toBeGreaterThanOrEqual(7);
  expect(last).toMatchObject({ text: "続きは報告書にあります。" });
  for (const { piece, y } of placed) {
    expect(y + piece.height).toBeLessThanOrEqual(BODY.top + BODY.height + 1e-9);
  }
});

test("a slide's table says that a change is none, and leaves why to the report", () => {
  const change = "前週からは変化とは言えない（この件数の差なら、偶然でも起こります）";
  const columns = [
    { title: "話題（表示）", kind: "text" as const },
    { title: "変化（対前週）", kind: "text" as const },
  ];
  const placed = column([{ type: "table", title: "", columns, rows: [["接客（電話）", change]] }], {
    ...{ x: 0.6, w: 12 },
  });
  const [piece] = placed.map((each) => each.piece);
  expect(piece?.type === "table" && piece.table.rows).toEqual([
    ["接客（電話）", "前週からは変化とは言えない"],
  ]);
});
