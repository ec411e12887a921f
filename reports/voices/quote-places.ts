import type { QuoteVectorRow } from "../report-rows.ts";
import type { QuoteCandidate } from "./choose-quotes.ts";

/** Where a segment lies among others, and who said it. */
export type QuotePlaces = ReadonlyMap<string, QuotePlace>;
type QuotePlace = Pick<QuoteVectorRow, "vector" | "customer_key"> & {
  /** Of the vector; asked for by each topic of its segment, twice. */
  readonly length: number;
};

export type UnplacedCandidate = Omit<QuoteCandidate, "customer" | "closeness">;

export function quotePlaces(rows: readonly QuoteVectorRow[]): QuotePlaces {
  return new Map(
    rows.map((row) => [
      placeKey(row.voice_id, row.span_start),
      { ...row, length: lengthOf(row.vector) || 1 },
    ]),
  );
}

/**
 * Says of each candidate who said it and how near it lies to the centre of all those about the same topic: the
 * cosine with their mean direction. The less sure half stands for nothing: it comes after all others.
 */
export function placeCandidates(
  candidates: readonly UnplacedCandidate[],
  places: QuotePlaces,
): QuoteCandidate[] {
  const confidences = candidates.map(({ confidence }) => confidence).sort((a, b) => a - b);
  const median = confidences[Math.floor(confidences.length / 2)] ?? 0;
  const topics = [...new Set(candidates.map(({ topic }) => topic))];
  return topics.flatMap((topic) => {
    const ofTopic = candidates.filter((candidate) => candidate.topic === topic);
    const placed = ofTopic.map((candidate) => ({
      candidate,
      place: places.get(placeKey(candidate.voiceId, candidate.start)),
    }));
    const centre = centreOf(placed.flatMap(({ place }) => (place === undefined ? [] : [place])));
    return placed.map(({ candidate, place }) => ({
      ...candidate,
      customer: place?.customer_key ?? null,
      closeness:
        place === undefined || candidate.confidence < median
          ? FARTHEST
          : round(cosine(place, centre)),
    }));
  });
}

/** The opposite of the centre. */
const FARTHEST = -1;

/** Two decimals: what differs less is equally near, and the surer one is taken. */
function round(cosine: number): number {
  return Math.round(100 * cosine) / 100;
}

function placeKey(voiceId: string, start: number): string {
  return `${voiceId} ${start}`;
}

/** Thousands of vectors a report: plain loops without a copy of each, which take a twentieth of the time. */
function centreOf(places: readonly QuotePlace[]): Float64Array {
  const sum = new Float64Array(places[0]?.vector.length ?? 0);
  for (const { vector, length } of places) {
    const weight = 1 / length;
    for (let index = 0; index < sum.length; index += 1) {
      sum[index] = (sum[index] ?? 0) + (vector[index] ?? 0) * weight;
    }
  }
  const length = lengthOf(sum) || 1;
  return sum.map((value) => value / length);
}

/** @param centre of length 1, or 0 */
function cosine({ vector, length }: QuotePlace, centre: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < vector.length; index += 1) {
    sum += (vector[index] ?? 0) * (centre[index] ?? 0);
  }
  return sum / length;
}

function lengthOf(vector: Int8Array | Float64Array): number {
  let sum = 0;
  for (let index = 0; index < vector.length; index += 1) {
    const value = vector[index] ?? 0;
    sum += value * value;
  }
  return Math.sqrt(sum);
}
