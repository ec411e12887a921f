import { z } from "zod";

/** Whether a source that is expected in each period has sent a voice received in this one. */
export const Arrival = z.strictObject({ source: z.string(), hasArrived: z.boolean() });
export type Arrival = z.infer<typeof Arrival>;

/** @param arrived sources of the period's voices */
export function arrivalsOf(
  expectedSources: readonly string[],
  arrived: ReadonlySet<string>,
): Arrival[] {
  return expectedSources.map((source) => ({ source, hasArrived: arrived.has(source) }));
}

/** False where nothing is expected: then nobody can know that all has come. */
export function allArrived(arrivals: readonly Arrival[]): boolean {
  return arrivals.length > 0 && arrivals.every(({ hasArrived }) => hasArrived);
}
