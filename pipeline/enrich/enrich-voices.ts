import { classifySegment, type SegmentClassifier } from "../../models/classify-segment.ts";
import type { Encoder } from "../../models/encoder.ts";
import type { Analyzer } from "../../models/morphemes.ts";
import type { Outcome } from "../outcome.ts";
import type { EnrichedSegment, EnrichedVoice } from "../schema/enriched-record.ts";
import type { RawVoice } from "../schema/raw-voice.ts";
import type { MaskRules } from "../text/mask/mask-rules.ts";
import { deriveVoice } from "./derive-voice.ts";
import { type PreparedVoice, prepareVoice } from "./prepare-voice.ts";

export type EnrichTools = {
  readonly analyzer: Analyzer;
  readonly encoder: Encoder;
  readonly classifier: SegmentClassifier;
  readonly mask: MaskRules;
  readonly epoch: number;
};

/**
 * The way of some voices: guard, normalise, morphemes, mask, segment, terms, encode, classify. Step by step, not voice
 * by voice: dictionary, encoder and heads push each other out of the processor's caches.
 *
 * @returns one outcome per voice, in order
 */
export async function enrichVoices(
  batch: readonly RawVoice[],
  tools: EnrichTools,
): Promise<Outcome<EnrichedVoice>[]> {
  const prepared = batch.map((raw) => prepareVoice(raw, tools));
  const words = prepared.flatMap((outcome) =>
    outcome.status === "ok" ? outcome.value.segments.map((segment) => segment.words) : [],
  );
  const vectors = (await tools.encoder.encodeAll(words))[Symbol.iterator]();
  const enriched: Outcome<EnrichedVoice>[] = [];
  for (const outcome of prepared) {
    if (outcome.status !== "ok") enriched.push(outcome);
    else enriched.push({ status: "ok", value: await classifyVoice(outcome.value, vectors, tools) });
  }
  return enriched;
}

/** @param vectors gives one for each segment, and goes on with those of the next voice */
async function classifyVoice(
  { fields, segments: prepared }: PreparedVoice,
  vectors: Iterator<Int8Array>,
  { classifier, encoder, epoch }: EnrichTools,
): Promise<EnrichedVoice> {
  const segments: EnrichedSegment[] = [];
  for (const { start, end, terms, words, morphemes } of prepared) {
    const { value: vector, done } = vectors.next();
    if (done) throw new Error("the encoder answered for fewer segments than it was given");
    const tags = await classifySegment(classifier, { text: words, morphemes, vector });
    segments.push({ start, end, terms, ...tags, vector: toBase64(vector) });
  }
  return { ...fields, epoch, encoder: encoder.id, ...deriveVoice(segments), segments };
}

/**
 * What the heads say of one segment. They see its words by themselves, not the voice around it, so that
 * reclassifying from what is stored gives the same tags bit for bit.
 */
export function classifyWords(
  text: string,
  vector: Int8Array,
  { analyzer, classifier }: Pick<EnrichTools, "analyzer" | "classifier">,
) {
  return classifySegment(classifier, { text, morphemes: analyzer.analyze(text), vector });
}

export function toBase64(vector: Int8Array): string {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.length).toString("base64");
}
