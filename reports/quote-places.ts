import type { QuoteCandidate } from "./choose-quotes.ts";
import type { QuoteVectorRow } from "./report-rows.ts";

/** Where a segment lies among others, and who said it. */
export type QuotePlaces = ReadonlyMap<string, Pick<QuoteVectorRow, "vector" | "customer_key">>;

export type UnplacedCandidate = Omit<QuoteCandidate, "customer" | "closeness">;

export function quotePlaces(rows: readonly QuoteVectorRow[]): QuotePlaces {
  return new Map(rows.map((row) => [placeKey(row.voice_id, row.span_start), row]));
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
    const directions = placed.flatMap(({ place }) =>
      place === undefined ? [] : [unit(place.vector)],
    );
    const centre = unit(sumOf(directions));
    return placed.map(({ candidate, place }) => ({
      ...candidate,
      customer: place?.customer_key ?? null,
      closeness:
        place === undefined || candidate.confidence < median
          ? FARTHEST
          : round(dot(unit(place.vector), centre)),
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

function unit(vector: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(vector);
  const length = Math.sqrt(dot(values, values));
  return length === 0 ? values : values.map((value) => value / length);
}

function sumOf(vectors: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) {
    for (const [index, value] of vector.entries()) sum[index] = (sum[index] ?? 0) + value;
  }
  return sum;
}

function dot(left: Float64Array, right: Float64Array): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}
