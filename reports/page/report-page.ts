import { html } from "./html.ts";
import { type HtmlPage, htmlPage } from "./html-page.ts";
import { renderSidecar } from "./render-sidecar.ts";
import { type ListedReport, voicePanels } from "./voice-lists.ts";

/** The main file stays below this, so that it goes through any mail gateway and opens at once on a phone. */
export const LARGEST_MAIN_BYTES = 400 * 1024;
/** Lists in the main file are cut to the longest of these that keeps the file small enough. */
const LIST_LENGTHS = [20, 12, 8, 5, 3, 1];

/** Puts a report's body and its lists of voices into one file, and all voices into a second. */
export function reportFiles(
  report: ListedReport & { readonly title: string },
  page: HtmlPage,
): { html: string; voicesHtml: string } {
  let markup = "";
  for (const length of LIST_LENGTHS) {
    const body = html`${page.body}
${voicePanels(report, length)}`;
    markup = htmlPage({ ...page, body }).markup;
    if (Buffer.byteLength(markup) <= LARGEST_MAIN_BYTES) break;
  }
  return { html: markup, voicesHtml: renderSidecar(report) };
}
