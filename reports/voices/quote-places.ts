import { z } from "zod";
import type { QuoteVectorsRow } from "../report-rows.ts";
import type { QuoteCandidate } from "./choose-quotes.ts";

/** Where segments lie among others. */
export type QuotePlaces = {
  readonly dimensions: number;
  /** One vector after the other. */
  readonly bytes: Int8Array;
  /** Of each vector. */
  readonly lengths: Float64Array;
  /** Which vector is a segment's. */
  readonly nthBySegment: ReadonlyMap<number, number>;
};

export type UnplacedCandidate = Omit<QuoteCandidate, "closeness"> & { readonly segmentId: number };

export function quotePlaces(row: QuoteVectorsRow | undefined): QuotePlaces {
  const ids = z.array(z.number()).parse(JSON.parse(row?.segment_ids ?? "[]"));
  const text = row?.vectors ?? "";
  const width = text.length / ids.length;
  const dimensions = Buffer.byteLength(text.slice(0, width), "base64");
  const buffer = text.endsWith("=") ? bytesOfEach(text, width) : Buffer.from(text, "base64");
  const bytes = new Int8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  const nthBySegment = new Map<number, number>();
  for (const id of ids) nthBySegment.set(id, nthBySegment.size);
  const lengths = Float64Array.from(ids, (_, place) =>
    lengthOf(bytes, place * dimensions, dimensions),
  );
  return { dimensions, bytes, lengths, nthBySegment };
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
  const byTopic = new Map<string | null, UnplacedCandidate[]>();
  for (const candidate of candidates) {
    const known = byTopic.get(candidate.topic);
    if (known === undefined) byTopic.set(candidate.topic, [candidate]);
    else known.push(candidate);
  }
  return [...byTopic.values()].flatMap((ofTopic) => {
    const own = ofTopic.map(({ segmentId }) => places.nthBySegment.get(segmentId));
    const centre = centreOf(own, places);
    return ofTopic.map(({ voiceId, start, end, confidence, topic }, index) => {
      const place = own[index];
      const isFar = place === undefined || confidence < median;
      const closeness = isFar ? FARTHEST : round(cosine(place, centre, places));
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

/** Thousands of vectors a report: plain loops without a copy or a view of each, which take a twentieth of the time. */
function centreOf(
  own: readonly (number | undefined)[],
  { dimensions, bytes, lengths }: QuotePlaces,
): Float64Array {
  const sum = new Float64Array(dimensions);
  for (const place of own) {
    if (place === undefined) continue;
    const weight = 1 / (lengths[place] ?? 1);
    const from = place * dimensions;
    for (let index = 0; index < dimensions; index += 1) {
      sum[index] = (sum[index] ?? 0) + (bytes[from + index] ?? 0) * weight;
    }
  }
  const length = Math.sqrt(sum.reduce((squares, value) => squares + value * value, 0)) || 1;
  return sum.map((value) => value / length);
}

/** @param centre of length 1, or 0 */
function cosine(
  place: number,
  centre: Float64Array,
  { dimensions, bytes, lengths }: QuotePlaces,
): number {
  const from = place * dimensions;
  let sum = 0;
  for (let index = 0; index < dimensions; index += 1) {
    sum += (bytes[from + index] ?? 0) * (centre[index] ?? 0);
  }
  return sum / (lengths[place] ?? 1);
}

/** 1 where there is no direction. */
function lengthOf(bytes: Int8Array, from: number, dimensions: number): number {
  let sum = 0;
  for (let index = from; index < from + dimensions; index += 1) {
    const value = bytes[index] ?? 0;
    sum += value * value;
  }
  return Math.sqrt(sum) || 1;
}
