import { createHmac } from "node:crypto";
import type { Home } from "../../home.ts";
import { oneAtATime } from "../../one-at-a-time.ts";
import type { RawRecord } from "../../schema/raw-record.ts";
import { claimRequests, type RequestPlace } from "../../warehouse/claim-requests.ts";
import type { SourceDescription } from "../source.ts";
import { type BroughtContent, type Delivery, takeInRecords } from "../take-in-records.ts";

/** One request whose voices are to be taken in. */
export type VoiceRequest = {
  readonly source: SourceDescription;
  readonly records: readonly BroughtContent[];
  /** Who repeats a request gives it the same key. */
  readonly idempotencyKey: string | undefined;
  readonly body: Uint8Array;
};

/** Takes a request in. @returns when its records are acknowledged; "other body" where the key came with one before */
export type VoiceTaker = (request: VoiceRequest) => Promise<readonly RawRecord[] | "other body">;

type Waiting = {
  readonly request: VoiceRequest;
  readonly resolve: (records: readonly RawRecord[] | "other body") => void;
  readonly reject: (cause: unknown) => void;
};

/** What staff read in the place of a file's name. */
const ORIGIN_NAME = "HTTP";

/**
 * Requests that come while others are written go together: one transaction, one frame, one fsync for all of them.
 *
 * @param options.session in the name of the origin streams: a process never gives a number that another has given
 */
export function voiceTaker(
  home: Home,
  options: { readonly session: string; readonly taken: () => void },
): VoiceTaker {
  const inTurn = oneAtATime();
  const nextNumbers = new Map<string, number>();
  let waiting: Waiting[] = [];

  const newPlace = ({ source, records }: VoiceRequest): RequestPlace => {
    const stream = `http:${source.name}:${options.session}`;
    const first = nextNumbers.get(stream) ?? 0;
    nextNumbers.set(stream, first + records.length);
    return { stream, first };
  };
  const takeWaiting = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    try {
      const requests = batch.map(({ request }) => ({ request, place: newPlace(request) }));
      const places = await placesOf(home, requests);
      const taken = batch.flatMap((one, index) => {
        const place = places[index];
        return place === undefined || place === "other body" ? [] : [{ ...one, place }];
      });
      const deliveries = taken.map(({ request, place }) => deliveryOf(request, place));
      const records = await takeInRecords(home, deliveries);
      for (const [index, { resolve }] of taken.entries()) resolve(records[index] ?? []);
      // Those that have their answer already keep it.
      for (const { resolve } of batch) resolve("other body");
    } catch (cause) {
      for (const { reject } of batch) reject(cause);
      return;
    }
    options.taken();
  };
  return (request) =>
    new Promise((resolve, reject) => {
      waiting.push({ request, resolve, reject });
      inTurn(takeWaiting).catch(reject);
    });
}

type Placed = { readonly request: VoiceRequest; readonly place: RequestPlace };

/** @returns the new place of each request, or the one that it had when it came before */
async function placesOf(
  home: Home,
  requests: readonly Placed[],
): Promise<readonly (RequestPlace | "other body")[]> {
  const hash = (parts: readonly string[], body: Uint8Array = new Uint8Array()) =>
    createHmac("sha256", home.identityKey())
      .update(JSON.stringify(parts))
      .update(body)
      .digest("hex");
  const claims = requests.flatMap(({ request, place }) => {
    const { idempotencyKey, body } = request;
    if (idempotencyKey === undefined) return [];
    const source = request.source.name;
    const requestKey = hash(["http-request", source, idempotencyKey]);
    return [{ source, requestKey, body: hash(["http-body"], body), place }];
  });
  if (claims.length === 0) return requests.map(({ place }) => place);
  const claimed = await claimRequests(home.warehouse, claims, home.clock());
  const placeByClaim = new Map(claims.map(({ place }, index) => [place, claimed[index] ?? place]));
  return requests.map(({ place }) => placeByClaim.get(place) ?? place);
}

function deliveryOf({ source, records }: VoiceRequest, place: RequestPlace): Delivery {
  const { stream, first } = place;
  const numbered = records.map((record, index) => ({ ...record, number: first + index }));
  return { stream, name: ORIGIN_NAME, source, records: numbered };
}
