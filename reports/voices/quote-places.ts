import { z } from "zod";
import type { QuoteVectorsRow } from "../report-rows.ts";
import type { QuoteCandidate } from "./choose-quotes.ts";

/** Where segments lie among others. */
export type QuotePlaces = {
  /** The vectors, one behind the other. */
  readonly vectors: Int8Array;
  readonly dimensions: number;
  /** Of each segment, the place of its vector among them. */
  readonly nth: ReadonlyMap<number, number>;
};

export type UnplacedCandidate = Omit<QuoteCandidate, "closeness"> & { readonly segmentId: number };

export function quotePlaces(row: QuoteVectorsRow | undefined): QuotePlaces {
  const ids = z.array(z.number()).parse(JSON.parse(row?.segment_ids ?? "[]"));
  const text = row?.vectors ?? "";
  const width = text.length / ids.length;
  const dimensions = Buffer.byteLength(text.slice(0, width), "base64");
  const bytes = Buffer.alloc(dimensions * ids.length);
  for (let n = 0; n < ids.length; n += 1) {
    bytes.write(text.slice(n * width, (n + 1) * width), n * dimensions, "base64");
  }
  return {
    vectors: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length),
    dimensions,
    nth: new Map(ids.map((id, n) => [id, n])),
  };
}

/**
 * Says of each candidate how near it lies to the centre of all those about the same topic: the cosine with their mean
 * direction. The less sure half stands for nothing: it comes after all others.
 */
export function placeCandidates(
  candidates: readonly UnplacedCandidate[],
  places: QuotePlaces,
): QuoteCandidate[] {
  const confidences = Float64Array.from(candidates, ({ confidence }) => confidence).sort();
  const median = confidences[Math.floor(confidences.length / 2)] ?? 0;
  const topics = [...new Set(candidates.map(({ topic }) => topic))];
  return topics.flatMap((topic) => {
    const ofTopic = candidates.filter((candidate) => candidate.topic === topic);
    const vectors = ofTopic.map(({ segmentId }) => vectorOf(places, segmentId));
    const centre = centreOf(vectors, places.dimensions);
    return ofTopic.map(({ voiceId, start, end, confidence }, index) => {
      const vector = vectors[index];
      const isFar = vector === undefined || confidence < median;
      const closeness = isFar ? FARTHEST : round(cosine(vector, centre));
      return { voiceId, start, end, confidence, topic, closeness };
    });
  });
}

/** The opposite of the centre. */
const FARTHEST = -1;

/** Two decimals: what differs less is equally near, and the surer one is taken. */
function round(cosine: number): number {
  return Math.round(100 * cosine) / 100;
}

function vectorOf({ vectors, dimensions, nth }: QuotePlaces, id: number): Int8Array | undefined {
  const n = nth.get(id);
  return n === undefined ? undefined : vectors.subarray(n * dimensions, (n + 1) * dimensions);
}

/** Thousands of vectors a report: plain loops without a copy of each, which take a twentieth of the time. */
function centreOf(vectors: readonly (Int8Array | undefined)[], dimensions: number): Float64Array {
  const sum = new Float64Array(dimensions);
  for (const vector of vectors) {
    if (vector === undefined) continue;
    const weight = 1 / lengthOf(vector);
    for (let index = 0; index < dimensions; index += 1) {
      sum[index] = (sum[index] ?? 0) + (vector[index] ?? 0) * weight;
    }
  }
  const length = Math.sqrt(sum.reduce((squares, value) => squares + value * value, 0)) || 1;
  return sum.map((value) => value / length);
}

/** @param centre of length 1, or 0 */
function cosine(vector: Int8Array, centre: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < vector.length; index += 1) {
    sum += (vector[index] ?? 0) * (centre[index] ?? 0);
  }
  return sum / lengthOf(vector);
}

/** 1 where there is no direction. */
function lengthOf(vector: Int8Array): number {
  let sum = 0;
  for (let index = 0; index < vector.length; index += 1) {
    const value = vector[index] ?? 0;
    sum += value * value;
  }
  return Math.sqrt(sum) || 1;
}
