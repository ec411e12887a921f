import { quietSections } from "../line/quiet-sections.ts";
import { noteBlock, type Section } from "../outline/outline.ts";
import type { AnyReport } from "../outline/outline-of.ts";
import { productSections } from "../outline/product-sections.ts";
import type { CustomSection } from "./theme.ts";

type Placed = { readonly section: Section; readonly after: string };

/** The product lines, where the theme orders them, and the company's own sections. */
function placedSections(report: AnyReport): Placed[] {
  const { products = [], sections = [] } = report.theme ?? {};
  return [
    ...productSections(report, products, "商品ごとの声").map((section) => ({
      section,
      // What comes first is the same for everybody: figures, then what to do.
      after: report.job === "weekly" ? "signals" : "figures",
    })),
    ...sections.map((section) => ({ section: sectionOf(section), after: section.after })),
  ];
}

function sectionOf({ id, title, columns, rows, isTable, lines }: CustomSection): Section {
  const none =
    rows.length + lines.length === 0 ? [noteBlock("この期間に当てはまるものはありません。")] : [];
  return {
    id,
    title,
    blocks: [
      ...none,
      ...(lines.length > 0 ? [{ type: "lines" as const, lines }] : []),
      ...(isTable && rows.length > 0 ? [{ type: "table" as const, title, columns, rows }] : []),
    ],
  };
}

/**
 * Puts the theme's sections behind those they name, or at the end, and leaves out what it hides, or what says nothing of a line.
 *
 * @param show renders one of the theme's own
 */
export function arrangeSections<T>(
  report: AnyReport,
  sections: readonly { readonly id: string; readonly shown: T }[],
  show: (section: Section) => T,
): T[] {
  const quiet = quietSections(report);
  const hidden = new Set<string>([...(report.theme?.hide ?? []), ...quiet.ids]);
  const placed = placedSections(report);
  const known = new Set(sections.map(({ id }) => id));
  const behind = (id: string) =>
    placed.filter(({ after }) => after === id).map(({ section }) => show(section));
  return [
    ...sections.flatMap(({ id, shown }) => [
      ...(id === "completeness" ? quiet.told.map(show) : []),
      ...(hidden.has(id) ? [] : [shown]),
      ...behind(id),
    ]),
    ...placed.filter(({ after }) => !known.has(after)).map(({ section }) => show(section)),
  ];
}

/** What the theme adds to a page that has no place for it within. */
export function themeSections(report: AnyReport): Section[] {
  return placedSections(report).map(({ section }) => section);
}
