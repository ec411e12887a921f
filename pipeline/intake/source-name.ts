import { createHash } from "node:crypto";

/**
 * Names a source that nobody described, by its columns alone: an export that overlaps another one mostly has
 * another file name, and must bring the same voices. Two systems with the same columns and the same numbers
 * need a description each; the notes of an import say so.
 */
export function sourceName(identifying: readonly string[]): string {
  const layout = createHash("sha256").update(JSON.stringify(identifying)).digest("hex").slice(0, 8);
  return `columns-${layout}`;
}
