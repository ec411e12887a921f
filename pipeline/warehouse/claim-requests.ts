import { z } from "zod";
import type { Warehouse } from "./open-warehouse.ts";
import { execute, query } from "./query.ts";

/** How long a repeated request is known. */
const KNOWN_MS = 7 * 24 * 60 * 60 * 1000;

/** Where the records of a request stand in the streams. */
export type RequestPlace = { readonly stream: string; readonly first: number };

type RequestClaim = {
  readonly source: string;
  /** Hashes: neither is to be read. */
  readonly requestKey: string;
  readonly body: string;
  /** Taken where it comes for the first time. */
  readonly place: RequestPlace;
};

const Row = z.strictObject({ body: z.string(), stream: z.string(), first: z.number() });

/**
 * Gives requests their places in one transaction, before anything of them is written: after a kill the same request finds
 * the same place, and what it writes once more is counted once.
 *
 * @returns the place of each, in order; "other body" where the key came with one
 */
export async function claimRequests(
  warehouse: Warehouse,
  claims: readonly RequestClaim[],
  at: Date,
): Promise<(RequestPlace | "other body")[]> {
  return await warehouse.transaction(async () => {
    const { connection } = warehouse;
    const before = new Date(at.getTime() - KNOWN_MS).toISOString();
    await execute(connection, "load/forget_http_requests.sql", { before });
    const places: (RequestPlace | "other body")[] = [];
    for (const { source, requestKey, body, place } of claims) {
      const params = { source, request_key: requestKey };
      const [known] = await query(connection, "load/http_request.sql", params, Row);
      if (known === undefined) {
        const added = { ...params, body, ...place, claimed_at: at.toISOString() };
        await execute(connection, "load/add_http_request.sql", added);
        places.push(place);
      } else {
        const { stream, first } = known;
        places.push(known.body === body ? { stream, first } : "other body");
      }
    }
    return places;
  });
}
