import { cellText } from "../formats/cell-text.ts";
import { type Html, html } from "../html.ts";
import { type Block, essentialTable, type Outline, type Table } from "../outline/outline.ts";
import { COLOURS } from "../style.ts";

const SOFT = `color:${COLOURS.soft};font-size:13px`;
const CELL = `padding:4px 12px 4px 0;border-bottom:1px solid ${COLOURS.line};font-size:14px`;
const FONT = "font-family:'Hiragino Sans','Yu Gothic','Meiryo',sans-serif";

/** The text of a mail with its styles written at each element: mail programs drop style sheets. No picture, no link. */
export function mailHtml(
  { title, kind, period, subtitle, sections }: Outline,
  foot: string,
): string {
  return html`<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><title>${title}</title></head>
<body style="margin:0;padding:16px;color:${COLOURS.ink};line-height:1.7;${FONT}"><div style="max-width:640px">
<p style="margin:0;color:${COLOURS.accent};font-weight:bold;font-size:14px">${kind}　${period}</p>
<h1 style="margin:0;font-size:22px">${title}</h1>
<p style="margin:0 0 16px;${SOFT}">${subtitle}</p>
${sections.map(
  (
    section,
  ) => html`<h2 style="margin:24px 0 8px;font-size:17px;border-bottom:1px solid ${COLOURS.ink}">${section.title}</h2>
${section.blocks.map(blockHtml)}`,
)}
<p style="margin:24px 0 0;${SOFT}">${foot.trim()}</p>
</div></body></html>
`.markup;
}

function blockHtml(block: Block): Html {
  switch (block.type) {
    case "lines":
      return block.isNote
        ? html`${block.lines.map((line) => html`<p style="margin:8px 0;${SOFT}">${line}</p>`)}`
        : html`<ol style="margin:0;padding-left:24px;font-size:16px">${block.lines.map((line) => html`<li>${line}</li>`)}</ol>`;
    case "facts":
      return html`${block.facts.map(({ term, text }) => html`<p style="margin:4px 0;${SOFT}"><b>${term}</b>　${text}</p>`)}`;
    case "table":
      return tableHtml(essentialTable(block));
    case "item":
      return html`<h3 style="margin:16px 0 0;font-size:15px">${block.title}</h3>
${block.lines.map((line) => html`<p style="margin:0;${SOFT}">${line}</p>`)}
${block.quotes.map(
  ({ text, where }) =>
    html`<blockquote style="margin:8px 0;padding-left:12px;border-left:3px solid ${COLOURS.pale}">「${text}」<br><span style="${SOFT}">${where}</span></blockquote>`,
)}`;
  }
}

function tableHtml({ columns, rows }: Table): Html {
  const align = (index: number) =>
    columns[index]?.kind === "text" ? "text-align:left" : "text-align:right";
  return html`<table style="border-collapse:collapse"><thead><tr>${columns.map(
    ({ title }, index) => html`<th style="${CELL};${SOFT};${align(index)}">${title}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (cells) =>
      html`<tr>${columns.map(
        ({ kind }, index) =>
          html`<td style="${CELL};${align(index)}">${cellText(cells[index] ?? null, kind)}</td>`,
      )}</tr>`,
  )}</tbody></table>`;
}
