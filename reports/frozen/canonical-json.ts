/** JSON whose object keys are sorted by code unit, so that equal values have equal bytes. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(canonical(value));
}

/**
 * A copy that is what its JSON is read as, down to the order of keys: who renders either writes the same bytes. A
 * replacer would be called for each of the ids of a long list.
 */
export function canonical<T>(value: T): T;
export function canonical(value: unknown): unknown {
  // JSON has no minus zero.
  if (typeof value === "number") return value + 0;
  if (!isObject(value)) return value;
  if (Array.isArray(value)) return typeof value[0] === "string" ? value : value.map(canonical);
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    const inner = value[key];
    if (inner !== undefined) copy[key] = canonical(inner);
  }
  return copy;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
