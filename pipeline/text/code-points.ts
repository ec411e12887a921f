const SURROGATE = /[\ud800-\udfff]/;

/** How many code points a text has: the unit of every span, as in DuckDB and Python. */
export function countCodePoints(text: string): number {
  return SURROGATE.test(text) ? unitAt(text, Number.POSITIVE_INFINITY).points : text.length;
}

/** The half-open span [start, end) of a text, both in code points. */
export function sliceCodePoints(text: string, start: number, end: number): string {
  if (!SURROGATE.test(text)) return text.slice(start, end);
  const from = unitAt(text, start).unit;
  return text.slice(from, from + unitAt(text.slice(from), end - start).unit);
}

/** @returns what cuts out one half-open span of code points after the other */
export function slicerOf(text: string): (start: number, end: number) => string {
  if (!SURROGATE.test(text)) return (start, end) => text.slice(start, end);
  const points = Array.from(text);
  return (start, end) => points.slice(start, end).join("");
}

/** @returns the text, or its first code points with 「…」 where it has more */
export function shorten(text: string, most: number): string {
  return countCodePoints(text) <= most ? text : `${sliceCodePoints(text, 0, most)}…`;
}

/** @returns what turns an index in UTF-16 units (a regular expression's) into one in code points */
export function codePointIndex(text: string): (unit: number) => number {
  if (!SURROGATE.test(text)) return (unit) => unit;
  const points = new Uint32Array(text.length + 1);
  let count = 0;
  let unit = 0;
  for (const point of text) {
    points.fill(count, unit, unit + point.length);
    unit += point.length;
    count += 1;
  }
  points[unit] = count;
  return (index) => points[index] ?? count;
}

function unitAt(text: string, points: number): { unit: number; points: number } {
  let unit = 0;
  let passed = 0;
  for (const point of text) {
    if (passed === points) break;
    unit += point.length;
    passed += 1;
  }
  return { unit, points: passed };
}
