/** Folds width and white space as the pipeline does before a text meets the encoder. */
export function plainText(text: string): string {
  return text.normalize("NFKC").replace(/\s+/gu, " ").trim();
}
