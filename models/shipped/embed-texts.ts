import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Encoder, encoderId } from "../encoder.ts";

const CacheLine = z.tuple([z.string(), z.base64()]);

export type EmbedOptions = {
  readonly encoder: Encoder;
  /** Vectors are kept here between runs, one file per encoder. */
  readonly cache: string;
  readonly report: (line: string) => void;
};

const REPORT_EVERY = 2000;

/** @returns the stored form (384 int8) of each distinct text */
export async function embedTexts(
  texts: Iterable<string>,
  { encoder, cache, report }: EmbedOptions,
): Promise<ReadonlyMap<string, Int8Array>> {
  mkdirSync(cache, { recursive: true });
  const path = join(cache, `${encoderId(encoder.manifest)}.jsonl`);
  const known = readCache(path);
  const vectors = new Map<string, Int8Array>();
  let encoded = 0;
  for (const text of texts) {
    if (vectors.has(text)) continue;
    const key = createHash("sha256").update(text).digest("base64");
    const kept = known.get(key);
    const vector = kept ?? (await encoder.encode(text));
    vectors.set(text, vector);
    if (kept !== undefined) continue;
    appendFileSync(path, `${JSON.stringify([key, toBase64(vector)])}\n`);
    encoded += 1;
    if (encoded % REPORT_EVERY === 0) report(`  embedded ${encoded} texts`);
  }
  report(`  ${vectors.size} texts, ${encoded} of them embedded now`);
  return vectors;
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
