/**
 * What no form may carry: control characters break XML, bidirectional controls turn round the words beside a verbatim,
 * and lone surrogates are no text.
 */
export function cleanText(text: string): string {
  return text
    .replace(/(?![\t\n\r])\p{Cc}|\p{Bidi_Control}|\ufeff|\p{Noncharacter_Code_Point}/gu, "")
    .replace(/\p{Surrogate}/gu, "\ufffd");
}
