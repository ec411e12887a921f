import { z } from "zod";
import { tellsShares } from "../few-voices.ts";
import type { History } from "./history.ts";

/** Voices of one period, and those of them with something negative. */
export const TrendPoint = z.strictObject({
  name: z.string(),
  from: z.string(),
  voices: z.number().int(),
  negative: z.number().int(),
});
export type TrendPoint = z.infer<typeof TrendPoint>;

/** What every form may print of a period's share with something negative, in [0, 1]: none of few voices. */
export function trendShare({ voices, negative }: TrendPoint): number | null {
  return tellsShares(voices) ? negative / voices : null;
}

/** Whether no voice is known from before the last of these periods: nothing is known of them then, which is not zero. */
export function isFirstSpoken(periods: readonly { readonly voices: number }[]): boolean {
  return periods.slice(0, -1).every(({ voices }) => voices === 0);
}

/** The period and those before it, oldest first; a period without a voice is there with zeros. */
export function trendOf(history: History, length: number): TrendPoint[] {
  return history.slice(-length).map(({ period: { name, from }, voices, negative }) => ({
    name,
    from,
    voices,
    negative,
  }));
}
