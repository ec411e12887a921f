import { z } from "zod";
import type { QuoteVectorsRow } from "../report-rows.ts";
import type { QuoteCandidate } from "./choose-quotes.ts";

/** Where segments lie among others. */
export type QuotePlaces = {
  readonly dimensions: number;
  /** By segment. */
  readonly vectors: ReadonlyMap<number, Vector>;
};

type Vector = { readonly bytes: Int8Array; readonly length: number };

export type UnplacedCandidate = Omit<QuoteCandidate, "closeness"> & { readonly segmentId: number };

export function quotePlaces(row: QuoteVectorsRow | undefined): QuotePlaces {
  const ids = z.array(z.number()).parse(JSON.parse(row?.segment_ids ?? "[]"));
  const text = row?.vectors ?? "";
  const width = text.length / ids.length;
  const dimensions = Buffer.byteLength(text.slice(0, width), "base64");
  const bytes = text.endsWith("=") ? bytesOfEach(text, width) : Buffer.from(text, "base64");
  const vectors = new Map<number, Vector>();
  for (const [n, id] of ids.entries()) {
    const vector = new Int8Array(bytes.buffer, bytes.byteOffset + n * dimensions, dimensions);
    vectors.set(id, { bytes: vector, length: lengthOf(vector) });
  }
  return { dimensions, vectors };
}

/** Where the number of dimensions is no multiple of three, each text is padded and is decoded by itself. */
function bytesOfEach(text: string, width: number): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < text.length; at += width)
    parts.push(Buffer.from(text.slice(at, at + width), "base64"));
  return Buffer.concat(parts);
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
    const vectors = ofTopic.map(({ segmentId }) => places.vectors.get(segmentId));
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

/** Thousands of vectors a report: plain loops without a copy of each, which take a twentieth of the time. */
function centreOf(vectors: readonly (Vector | undefined)[], dimensions: number): Float64Array {
  const sum = new Float64Array(dimensions);
  for (const vector of vectors) {
    if (vector === undefined) continue;
    const { bytes } = vector;
    const weight = 1 / vector.length;
    for (let index = 0; index < dimensions; index += 1) {
      sum[index] = (sum[index] ?? 0) + (bytes[index] ?? 0) * weight;
    }
  }
  const length = Math.sqrt(sum.reduce((squares, value) => squares + value * value, 0)) || 1;
  return sum.map((value) => value / length);
}

/** @param centre of length 1, or 0 */
function cosine({ bytes, length }: Vector, centre: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    sum += (bytes[index] ?? 0) * (centre[index] ?? 0);
  }
  return sum / length;
}

/** 1 where there is no direction. */
function lengthOf(bytes: Int8Array): number {
  let sum = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const value = bytes[index] ?? 0;
    sum += value * value;
  }
  return Math.sqrt(sum) || 1;
}
