import { createHash } from "node:crypto";
import { z } from "zod";
import type { CoverageRow } from "../report-rows.ts";
import { canonicalJson } from "./canonical-json.ts";

/** What had been loaded when a report was made. */
export const Coverage = z.strictObject({
  streams: z.array(z.strictObject({ stream: z.string(), records: z.number().int() })),
  /** Of the canonical JSON of `streams`, 64 hex digits. */
  sha256: z.string(),
});
export type Coverage = z.infer<typeof Coverage>;

export function coverageOf(rows: readonly CoverageRow[]): Coverage {
  const streams = [...rows];
  return { streams, sha256: createHash("sha256").update(canonicalJson(streams)).digest("hex") };
}
