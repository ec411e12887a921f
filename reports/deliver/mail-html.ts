import type { Outline } from "../outline/outline.ts";
import { html } from "../page/html.ts";
import { sectionHtml } from "../page/section-html.ts";
import { COLOURS } from "../page/style.ts";

const SOFT = `color:${COLOURS.soft};font-size:13px`;
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
${sections.map((section) => sectionHtml(section))}
<p style="margin:24px 0 0;${SOFT}">${foot.trim()}</p>
</div></body></html>
`.markup;
}
