import { cellText } from "../formats/cell-text.ts";
import {
  type Block,
  type Column,
  essentialTable,
  type Lines,
  type Section,
  type Table,
} from "../outline/outline.ts";
import { type Html, html } from "./html.ts";
import { renderSentence } from "./render-sentence.ts";
import { COLOURS } from "./style.ts";
import { figureLink, type ListedReport } from "./voice-lists.ts";

const SOFT = `color:${COLOURS.soft};font-size:13px`;
/** Where a phone's columns are narrow, words are not cut in two: 「5件ほど」. */
const CELL = `padding:4px 16px 4px 0;border-bottom:1px solid ${COLOURS.line};font-size:14px;word-break:auto-phrase`;

/**
 * Any section, with its styles written at each element: mail programs drop style sheets, and a page's are for its own
 * sections.
 *
 * @param report of whose page it is a part: there its counts lead to their voices; left out in mail
 */
export function sectionHtml({ title, blocks }: Section, report?: ListedReport): Html {
  return html`<section><h2 style="margin:32px 0 16px;padding-bottom:8px;font-size:20px;line-height:1.4;border-bottom:1px solid ${COLOURS.ink}">${title}</h2>
${blocks.map((block) => blockHtml(block, report))}</section>
`;
}

function blockHtml(block: Block, report: ListedReport | undefined): Html {
  switch (block.type) {
    case "lines":
      return block.isNote
        ? html`${linesOf(block, report).map((line) => html`<p style="margin:8px 0;${SOFT}">${line}</p>`)}`
        : linesHtml(linesOf(block, report));
    case "facts":
      return html`${block.facts.map(({ term, text }) => html`<p style="margin:4px 0;${SOFT}"><b>${term}</b>　${text}</p>`)}`;
    case "table":
      return tableHtml(essentialTable(block), report);
    case "item":
      return html`<h3 style="margin:16px 0 0;font-size:15px">${block.title}</h3>
${linesOf(block, report).map((line) => html`<p style="margin:0;${SOFT}">${line}</p>`)}
${block.quotes.map(
  ({ text, where }) =>
    html`<blockquote style="margin:8px 0;break-inside:avoid;padding-left:12px;border-left:3px solid ${COLOURS.pale}">「${text}」<br><span style="${SOFT}">${where}</span></blockquote>`,
)}`;
  }
}

function linesOf({ lines, linked }: Lines, report: ListedReport | undefined): readonly Html[] {
  return report === undefined || linked === undefined
    ? lines.map((line) => html`${line}`)
    : linked.map((sentence) => renderSentence(report, sentence));
}

/** One line needs no number. */
function linesHtml(lines: readonly Html[]): Html {
  const [first, ...rest] = lines;
  return rest.length === 0
    ? html`<p style="margin:0;font-size:16px">${first ?? ""}</p>`
    : html`<ol style="margin:0;padding-left:28px;font-size:16px;list-style:decimal">${lines.map((line) => html`<li>${line}</li>`)}</ol>`;
}

function tableHtml({ columns, rows }: Table, report: ListedReport | undefined): Html {
  const align = (index: number) =>
    columns[index]?.kind === "text" ? "text-align:left" : "text-align:right;white-space:nowrap";
  const cell = ({ kind, figures }: Column, index: number, row: number) => {
    const shown = cellText(rows[row]?.[index] ?? null, kind);
    const figure = figures?.[row];
    return report === undefined || figure === undefined
      ? html`${shown}`
      : figureLink(report, figure, shown);
  };
  return html`<table style="border-collapse:collapse;width:auto;margin:8px 0"><thead><tr>${columns.map(
    ({ title }, index) => html`<th style="${CELL};${SOFT};${align(index)}">${title}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (_, row) =>
      html`<tr>${columns.map(
        (column, index) =>
          html`<td style="${CELL};${align(index)}">${cell(column, index, row)}</td>`,
      )}</tr>`,
  )}</tbody></table>`;
}
