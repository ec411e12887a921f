import { type Html, html, trustedMarkup } from "./html.ts";
import { renderSidecar } from "./render-sidecar.ts";
import { BASE_CSS } from "./style.ts";
import { type ListedReport, voicePanels } from "./voice-lists.ts";

/** The main file stays below this, so that it goes through any mail gateway and opens at once on a phone. */
export const LARGEST_MAIN_BYTES = 400 * 1024;
/** Lists in the main file are cut to the longest of these that keeps the file small enough. */
const LIST_LENGTHS = [20, 12, 8, 5, 3, 1];

export type ReportPage = {
  readonly title: string;
  readonly css: string;
  readonly body: Html;
};

/** Puts a report's body and its lists of voices into one file, and all voices into a second. */
export function reportFiles(
  report: ListedReport & { readonly title: string },
  page: ReportPage,
): { html: string; voicesHtml: string } {
  let markup = "";
  for (const length of LIST_LENGTHS) {
    markup = pageOf(page, voicePanels(report, length)).markup;
    if (Buffer.byteLength(markup) <= LARGEST_MAIN_BYTES) break;
  }
  return { html: markup, voicesHtml: renderSidecar(report) };
}

function pageOf({ title, css, body }: ReportPage, panels: Html): Html {
  return html`<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${trustedMarkup(BASE_CSS + css)}</style>
</head>
<body>
${body}
${panels}
</body>
</html>
`;
}
