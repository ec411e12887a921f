import { z } from "zod";
import { clopperPearson } from "./clopper-pearson.ts";
import { round4 } from "./round4.ts";

/** A share of voices with its exact 95% interval, all in [0, 1]. */
export const Share = z.strictObject({ value: z.number(), low: z.number(), high: z.number() });
export type Share = z.infer<typeof Share>;

/** @returns null where there is nothing to take a share of */
export function shareOf(count: number, total: number): Share | null {
  if (total === 0) return null;
  const { low, high } = clopperPearson(count, total);
  return { value: round4(count / total), low: round4(low), high: round4(high) };
}
