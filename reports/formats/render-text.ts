import {
  type Block,
  essentialTable,
  type Outline,
  type QuotedVoice,
  type Section,
  type Table,
} from "../outline/outline.ts";
import { cellText } from "./cell-text.ts";
import { cleanText } from "./clean-text.ts";
import { foldBounds } from "./fold-bounds.ts";
import { padText, textWidth } from "./text-width.ts";

/** How a report is written without pictures: Markdown for notes and wikis, plain text for mail. Links are left out. */
type TextStyle = {
  heading(title: string): string;
  subheading(title: string): string;
  item(line: string): string;
  numbered(index: number, line: string): string;
  quote(voice: QuotedVoice): string;
  table(table: Table): string;
  escape(text: string): string;
};

/** Same outline, same text. */
export function renderMarkdown(outline: Outline): string {
  return renderWith(MARKDOWN, outline);
}

/** For mail programs that show words only. */
export function renderPlainText(outline: Outline): string {
  return renderWith(PLAIN, outline);
}

function renderWith(
  style: TextStyle,
  { title, kind, period, subtitle, sections }: Outline,
): string {
  const head =
    style === MARKDOWN
      ? `# ${style.escape(title)} ${kind} ${period}\n\n${style.escape(subtitle)}`
      : `${cleanText(title)}\n${kind}　${period}\n${subtitle}`;
  return `${[head, ...sections.map((section) => sectionText(style, section))].join("\n\n")}\n`;
}

function sectionText(style: TextStyle, { title, blocks }: Section): string {
  return [style.heading(title), ...blocks.map((block) => blockText(style, block))].join("\n\n");
}

function blockText(style: TextStyle, block: Block): string {
  switch (block.type) {
    case "lines":
      if (block.isNote) return block.lines.map(style.escape).join("\n");
      return block.lines.map((line, index) => style.numbered(index, line)).join("\n");
    case "table":
      return style.table(block);
    case "item": {
      const head = block.title === "" ? [] : [style.subheading(block.title)];
      const lines = block.lines.map(style.escape);
      return [...head, ...lines, ...block.quotes.map(style.quote)].join("\n\n");
    }
    case "facts":
      return block.facts.map(({ term, text }) => style.item(`${term}： ${text}`)).join("\n");
  }
}

/** What Markdown reads as its own, and addresses that it would make into links. */
function escapeMarkdown(text: string): string {
  return cleanText(text)
    .replace(/[\\`*_{}[\]<>#|!~&]/g, "\\$&")
    .replace(/:\/\//g, ":\\/\\/")
    .replace(/www\./gi, (www) => `${www.slice(0, 3)}\\.`)
    .replace(/@/g, "\\@")
    .replace(/^(\s*)([-+=]|\d+[.)](?=\s|$))/gm, "$1\\$2");
}

const oneLine = (text: string) => cleanText(text).replace(/\s*[\r\n]+\s*/g, " ");

const MARKDOWN: TextStyle = {
  heading: (title) => `## ${escapeMarkdown(title)}`,
  subheading: (title) => `### ${escapeMarkdown(oneLine(title))}`,
  item: (line) => `- ${escapeMarkdown(oneLine(line))}`,
  numbered: (index, line) => `${index + 1}. ${escapeMarkdown(oneLine(line))}`,
  quote: ({ text, where }) =>
    `> 「${escapeMarkdown(text)
      .split(/\r\n|[\r\n]/)
      .join("  \n> ")}」  \n> ${escapeMarkdown(where)}`,
  table: (whole) => {
    const table = foldBounds(whole);
    const { head, rows } = printed(table, (text) => escapeMarkdown(oneLine(text)));
    const widths = widthsOf([head, ...rows]);
    const line = (cells: readonly string[]) => `| ${aligned(table, cells, widths).join(" | ")} |`;
    const rule = widths.map((width, column) =>
      isNumber(table, column) ? `${"-".repeat(width - 1)}:` : "-".repeat(width),
    );
    return [line(head), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
  },
  escape: escapeMarkdown,
};

const PLAIN: TextStyle = {
  heading: (title) => `■ ${cleanText(title)}`,
  subheading: (title) => `【${oneLine(title)}】`,
  item: (line) => `・${cleanText(line)}`,
  numbered: (index, line) => `${index + 1}. ${cleanText(line)}`,
  quote: ({ text, where }) => `　「${cleanText(text)}」\n　　${cleanText(where)}`,
  table: (whole) => {
    const table = essentialTable(whole);
    const { head, rows } = printed(table, oneLine);
    const widths = widthsOf([head, ...rows]);
    return [head, ...rows]
      .map((cells) => aligned(table, cells, widths).join("  ").trimEnd())
      .join("\n");
  },
  escape: cleanText,
};

function printed({ columns, rows }: Table, escaped: (text: string) => string) {
  return {
    head: columns.map(({ title }) => escaped(title)),
    rows: rows.map((cells) =>
      columns.map(({ kind }, index) => escaped(cellText(cells[index] ?? null, kind))),
    ),
  };
}

function widthsOf(lines: readonly (readonly string[])[]): number[] {
  const [first = []] = lines;
  return first.map((_, column) =>
    Math.max(3, ...lines.map((cells) => textWidth(cells[column] ?? ""))),
  );
}

function aligned(table: Table, cells: readonly string[], widths: readonly number[]): string[] {
  return cells.map((cell, column) =>
    padText(cell, widths[column] ?? 0, isNumber(table, column) ? "right" : "left"),
  );
}

function isNumber({ columns }: Table, column: number): boolean {
  const kind = columns[column]?.kind;
  return kind === "count" || kind === "share" || kind === "ratio";
}
