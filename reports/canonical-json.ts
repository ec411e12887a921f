/** JSON whose object keys are sorted by code unit, so that equal values have equal bytes. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

/** A sorted copy: a replacer would be called for each of the ids of a long list. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.some(isObject) ? value.map(sorted) : value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  for (const entry of entries) entry[1] = sorted(entry[1]);
  return Object.fromEntries(entries);
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
