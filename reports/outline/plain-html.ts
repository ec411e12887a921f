import type { Html } from "../page/html.ts";

/**
 * The words of markup that this program made. Definitions and rules are written once, in the page; the other forms
 * read them from there.
 */
function plainHtml(markup: string): string {
  return markup
    .replace(/<\/p>\s*<p[^>]*>/g, "、")
    .replace(/<[^>]*>/g, "")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&lt;/g, "<")
    .trim();
}

/** The terms of a section's `<dl>` with what is said of them. */
export function factsIn({ markup }: Html): { term: string; text: string }[] {
  return Array.from(markup.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/gs), ([, term, text]) => ({
    term: plainHtml(term ?? ""),
    text: plainHtml(text ?? ""),
  }));
}

/** The rules printed under a section. */
export function rulesIn({ markup }: Html): string[] {
  return Array.from(markup.matchAll(/<p class="rule[^"]*">(.*?)<\/p>/gs), ([, text]) =>
    plainHtml(text ?? ""),
  );
}
