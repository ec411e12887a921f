import { z } from "zod";
import type { Home } from "../../pipeline/home.ts";
import { query } from "../../pipeline/warehouse/query.ts";

/** A row of the outbox: one report for one recipient. */
export const DeliveryRow = z.strictObject({
  job: z.enum(["weekly", "monthly", "daily"]),
  period: z.string(),
  revision: z.number().int(),
  recipient: z.string(),
  round: z.number().int(),
  state: z.enum(["queued", "sent", "dead"]),
  tries: z.number().int(),
  answers_lost: z.number().int(),
  asked_at: z.string(),
  tried_at: z.string().nullable(),
  not_before: z.string(),
  reason: z.string().nullable(),
  message: z.string().nullable(),
});
export type DeliveryRow = z.infer<typeof DeliveryRow>;

/** Oldest first. @param period undefined for all */
export async function readDeliveries(
  { warehouse }: Pick<Home, "warehouse">,
  period?: string,
): Promise<DeliveryRow[]> {
  const params = { period: period ?? null };
  return await query(warehouse.reader, "questions/deliveries.sql", params, DeliveryRow);
}
