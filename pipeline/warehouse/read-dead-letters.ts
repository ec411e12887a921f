import { z } from "zod";
import type { Warehouse } from "./open-warehouse.ts";
import { query } from "./query.ts";

/** A record that cannot be read: where it stands and why, never its words. */
export const DeadLetterRow = z.strictObject({
  /** Short name of its place, such as 3f2a9c1b-17. */
  id: z.string(),
  origin_stream: z.string(),
  origin_offset: z.number(),
  source: z.string(),
  file: z.string(),
  origin_row: z.number(),
  column_name: z.string().nullable(),
  step: z.string(),
  reason: z.string(),
  epoch: z.number().int(),
  tries: z.number().int(),
  /** Instants in ISO, UTC. */
  dead_at: z.string(),
  last_tried_at: z.string(),
  discarded_at: z.string().nullable(),
  discarded_by: z.string().nullable(),
  discard_reason: z.string().nullable(),
});
export type DeadLetterRow = z.infer<typeof DeadLetterRow>;

export type DeadLetterFilter = {
  readonly ids?: readonly string[] | undefined;
  readonly reason?: string | undefined;
  readonly file?: string | undefined;
  /** Of the files that brought voices of these days, as in the reports. */
  readonly period?: { readonly from: string; readonly until: string } | undefined;
  readonly withDiscarded: boolean;
};

/** @returns dead letters in order of file and row; what is left out of the filter does not matter */
export async function readDeadLetters(
  { reader }: Pick<Warehouse, "reader">,
  { ids, reason, file, period, withDiscarded }: DeadLetterFilter,
): Promise<DeadLetterRow[]> {
  const params = {
    ids: ids === undefined ? null : JSON.stringify(ids),
    reason: reason ?? null,
    file: file ?? null,
    from: period?.from ?? null,
    until: period?.until ?? null,
    with_discarded: withDiscarded,
  };
  return await query(reader, "questions/dead_letters.sql", params, DeadLetterRow);
}
