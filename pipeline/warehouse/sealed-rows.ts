import { z } from "zod";
import type { SealedRecord } from "../vault/seal-record.ts";
import { type Connection, query } from "./query.ts";

const bytes = z.instanceof(Uint8Array).transform((value) => Buffer.from(value));

export const KeyRow = z.strictObject({
  row: z.number(),
  voice_id: z.string().nullable(),
  revision: z.string().nullable(),
  origin_stream: z.string(),
  origin_offset: z.number(),
  wrapped_key: bytes,
});

export type WrappedRecord = Omit<SealedRecord, "sealed" | "keyId">;

export function wrappedRecord(row: Omit<z.infer<typeof KeyRow>, "row">): WrappedRecord {
  return {
    voiceId: row.voice_id,
    revision: row.revision,
    stream: row.origin_stream,
    offset: row.origin_offset,
    wrappedKey: row.wrapped_key,
  };
}

export const SealedRow = KeyRow.omit({ row: true })
  .extend({ key_id: z.string(), sealed: bytes })
  .transform(
    ({ key_id, sealed, ...row }): SealedRecord => ({
      ...wrappedRecord(row),
      keyId: key_id,
      sealed,
    }),
  );

/** @param of how many records there are in all @returns whether to go on */
export type SealedVisitor = (page: readonly SealedRecord[], of: number) => boolean;

/** Records that are in memory at once. */
const PAGE_RECORDS = 2048;

/** Hands over all records, a page at a time. Nothing may be deleted meanwhile: rows would move up. */
export async function visitSealed(connection: Connection, visit: SealedVisitor): Promise<void> {
  const Extent = z.strictObject({ records: z.number().int(), rows: z.number().int() });
  const [extent] = await query(connection, "vault/extent.sql", {}, Extent);
  const { records: of = 0, rows = 0 } = extent ?? {};
  for (let from = 0; from < rows; from += PAGE_RECORDS) {
    const range = { from, until: from + PAGE_RECORDS };
    const page = await query(connection, "vault/records_of_rows.sql", range, SealedRow);
    if (page.length > 0 && !visit(page, of)) return;
  }
}
