import { convert } from "html-to-text";

/** Longer pages are cut: no voice is, and the work grows with the length. */
const HTML_LIMIT = 1_000_000;
/** Mails nest tables in tables; deeper than this is an attack. */
const DEEPEST = 60;

/** The words that a reader of the page would see, paragraphs on lines of their own. */
export function textOfHtml(html: string): string {
  return convert(html, {
    wordwrap: false,
    limits: { maxInputLength: HTML_LIMIT, maxDepth: DEEPEST },
    selectors: [
      { selector: "a", options: { ignoreHref: true } },
      { selector: "img", format: "skip" },
      ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({
        selector,
        options: { uppercase: false },
      })),
      { selector: "table", format: "block" },
    ],
  }).trim();
}
