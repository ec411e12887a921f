import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { embedTexts } from "../embed-texts.ts";
import { type EncoderChoice, readEncoderFolder } from "../encoder-folder.ts";
import type { Segment } from "../features.ts";
import type { Analyzer } from "../morphemes.ts";

const CacheLine = z.tuple([z.string(), z.base64()]);

export type CacheOptions = {
  readonly encoder: EncoderChoice;
  /** Vectors are kept here between runs, one file per encoder. */
  readonly cache: string;
  readonly report: (line: string) => void;
};

/** As many as a killed run loses at most. */
const BATCH = 2000;

/** @returns the stored form of each distinct text */
export async function embedWithCache(
  texts: Iterable<string>,
  { encoder, cache, report }: CacheOptions,
): Promise<ReadonlyMap<string, Int8Array>> {
  mkdirSync(cache, { recursive: true });
  const path = join(cache, `${readEncoderFolder(encoder).id}.jsonl`);
  const known = readCache(path);
  const vectors = new Map<string, Int8Array>();
  const missing: string[] = [];
  for (const text of new Set(texts)) {
    const vector = known.get(keyOf(text));
    if (vector === undefined) missing.push(text);
    else vectors.set(text, vector);
  }
  for (let start = 0; start < missing.length; start += BATCH) {
    const batch = missing.slice(start, start + BATCH);
    const embedded = await embedTexts(batch, { encoder });
    const lines = batch.flatMap((text, index) => {
      const vector = embedded[index];
      if (vector === undefined) return [];
      vectors.set(text, vector);
      return [`${JSON.stringify([keyOf(text), toBase64(vector)])}\n`];
    });
    appendFileSync(path, lines.join(""));
    report(`  embedded ${start + batch.length} of ${missing.length} texts`);
  }
  return vectors;
}

/** @returns the segment of a text that is among the vectors */
export function segmentsByText(
  vectors: ReadonlyMap<string, Int8Array>,
  analyzer: Analyzer,
): (text: string) => Segment {
  const segments = new Map(
    Array.from(vectors, ([text, vector]) => [
      text,
      { text, vector, morphemes: analyzer.analyze(text) },
    ]),
  );
  return (text) => {
    const segment = segments.get(text);
    if (segment === undefined) throw new RangeError(`expected a vector of ${text}`);
    return segment;
  };
}

function keyOf(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}

function readCache(path: string): Map<string, Int8Array> {
  if (!existsSync(path)) return new Map();
  const lines = readFileSync(path, "utf8").split("\n").filter(isWhole);
  return new Map(
    lines.map((line) => {
      const [key, vector] = CacheLine.parse(JSON.parse(line));
      return [key, Int8Array.from(Buffer.from(vector, "base64"))];
    }),
  );
}

/** A run that was killed leaves half a line. */
function isWhole(line: string): boolean {
  return line.endsWith('"]');
}

function toBase64(vector: Int8Array): string {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.length).toString("base64");
}
