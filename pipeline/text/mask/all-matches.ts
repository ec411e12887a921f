/** As `matchAll`, which copies the pattern and makes an iterator also where nothing is found, as is the rule in a voice. */
export function allMatches(text: string, pattern: RegExp): Iterable<RegExpExecArray> {
  return text.search(pattern) < 0 ? [] : text.matchAll(pattern);
}
