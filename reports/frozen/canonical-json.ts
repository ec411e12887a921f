/** JSON whose object keys are sorted by code unit, so that equal values have equal bytes. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(canonical(value));
}

/**
 * What its JSON is read as, down to the order of keys: who renders either writes the same bytes. What is so already, as
 * voices are, is not copied. A replacer would be called for each of the ids of a long list.
 */
export function canonical<T>(value: T): T;
export function canonical(value: unknown): unknown {
  // JSON has no minus zero.
  if (typeof value === "number") return value + 0;
  if (!isObject(value)) return value;
  if (!Array.isArray(value)) return canonicalObject(value);
  if (typeof value[0] === "string") return value;
  let isSame = true;
  const copy: unknown[] = [];
  for (const inner of value) {
    const own = canonical(inner);
    isSame &&= Object.is(own, inner);
    copy.push(own);
  }
  return isSame ? value : copy;
}

type JsonObject = Readonly<Record<string, unknown>>;

function canonicalObject(value: JsonObject): JsonObject {
  const keys = Object.keys(value);
  let isSame = true;
  let last = "";
  for (const key of keys) {
    isSame &&= last <= key;
    last = key;
  }
  if (!isSame) keys.sort();
  const owns: unknown[] = [];
  for (const key of keys) {
    const own = canonical(value[key]);
    isSame &&= own !== undefined && Object.is(own, value[key]);
    owns.push(own);
  }
  return isSame ? value : objectOf(keys, owns);
}

function objectOf(keys: readonly string[], values: readonly unknown[]): JsonObject {
  const copy: Record<string, unknown> = {};
  for (const [index, key] of keys.entries()) {
    if (values[index] !== undefined) copy[key] = values[index];
  }
  return copy;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null;
}
