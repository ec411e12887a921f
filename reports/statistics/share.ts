import { z } from "zod";
import { clopperPearson } from "./clopper-pearson.ts";

/** A share of voices with its exact 95% interval, all in [0, 1]. */
export const Share = z.strictObject({ value: z.number(), low: z.number(), high: z.number() });
export type Share = z.infer<typeof Share>;

/** @returns null where there is nothing to take a share of */
export function shareOf(count: number, total: number): Share | null {
  if (total === 0) return null;
  const { low, high } = clopperPearson(count, total);
  return { value: count / total, low: round8(low), high: round8(high) };
}

/** Rounded once more where it is printed: near enough that it is the same digit, and the last bits of a `log` are gone. */
function round8(value: number): number {
  return Math.round(value * 1e8) / 1e8;
}
