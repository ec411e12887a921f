/** Markup that is safe to print as it stands. Only this file makes one out of a string. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }

  toString(): string {
    return this.markup;
  }
}

export type HtmlValue = Html | string | number | undefined | readonly HtmlValue[];

/** Escapes every interpolation unless it is `Html` already; lists are joined, undefined prints nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let markup = strings[0] ?? "";
  for (const [index, value] of values.entries()) {
    markup += markupOf(value) + (strings[index + 1] ?? "");
  }
  return new Html(markup);
}

/** Takes markup that this program made (CSS, an SVG chart), never anything a customer wrote. */
export function trustedMarkup(markup: string): Html {
  return new Html(markup);
}

function markupOf(value: HtmlValue): string {
  if (value === undefined) return "";
  if (typeof value === "string") return escapeText(value);
  if (typeof value === "number") return String(value);
  if (value instanceof Html) return value.markup;
  return value.map(markupOf).join("");
}

/**
 * Bidirectional controls would let a verbatim turn round the text beside it, and control characters
 * and lone surrogates are no HTML: bidi controls and control characters go, lone surrogates become U+FFFD.
 */
const INVISIBLE = /(?![\t\n\r])\p{Cc}|\p{Bidi_Control}|\ufeff/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;
const SPECIAL = /[&<>"'`]/g;
/** Most texts have none of these: one look instead of three searches. */
const ANY = /[\p{Cc}\p{Bidi_Control}\p{Surrogate}\ufeff&<>"'`]/u;

export function escapeText(text: string): string {
  if (!ANY.test(text)) return text;
  return text
    .replace(INVISIBLE, "")
    .replace(LONE_SURROGATE, "\ufffd")
    .replace(SPECIAL, (character) => `&#${character.charCodeAt(0)};`);
}
