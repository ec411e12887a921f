import { type AroundRun, type Encoder, loadEncoder } from "../../models/encoder.ts";
import { readEncoderFolder } from "../../models/encoder-folder.ts";
import { loadClassifier } from "../../models/load-classifier.ts";
import { loadAnalyzer, TokenizeMismatchError } from "../../models/morphemes.ts";
import { scoreTags } from "../../models/score-tags.ts";
import type { Outcome } from "../outcome.ts";
import { compileMaskRules } from "../text/mask/mask-rules.ts";
import { classifyWords, type EnrichTools, enrichVoices, toBase64 } from "./enrich-voices.ts";
import type { WorkerRequest, WorkerSettings } from "./worker-messages.ts";

/** Loads the models: a second and 450 MB, so once a process. @throws ModelError */
export async function loadTools(
  settings: WorkerSettings,
  around?: AroundRun,
): Promise<EnrichTools> {
  const [analyzer, encoder, classifier] = await Promise.all([
    loadAnalyzer(),
    settings.encodes ? loadEncoder(settings.encoder, around) : absentEncoder(settings),
    loadClassifier(settings),
  ]);
  return {
    analyzer,
    encoder,
    classifier,
    mask: compileMaskRules(settings.mask),
    epoch: settings.epoch,
  };
}

function absentEncoder({ encoder }: WorkerSettings): Encoder {
  const { id, name, dimensions = 0 } = readEncoderFolder(encoder);
  const encode = () => Promise.reject(new Error("this worker was started without the encoder"));
  return { id, name, dimensions, encode, encodeAll: encode };
}

/** @returns one outcome an item, in order */
export async function answerRequest(
  request: WorkerRequest,
  tools: EnrichTools,
): Promise<Outcome<unknown>[]> {
  if (request.type === "enrich") return await enrichVoices(request.items, tools);
  if (request.type === "reencode") {
    const vectors = await tools.encoder.encodeAll(request.items);
    const segments = vectors.map((vector, at) => ({ text: request.items[at] ?? "", vector }));
    return await answerEach(segments, (segment) => encodedSegment(segment, tools));
  }
  const segments = request.items.map(({ text, vector }) => ({ text, vector: asSigned(vector) }));
  const { analyzer, classifier } = tools;
  switch (request.type) {
    case "reclassify":
      return await answerEach(segments, (segment) => encodedSegment(segment, tools));
    case "score":
      return await answerEach(segments, ({ text, vector }) =>
        scoreTags(classifier, { text, morphemes: analyzer.analyze(text), vector }),
      );
  }
}

/** Through the pool's messages typed arrays come as bytes. */
function asSigned({ buffer, byteOffset, length }: Uint8Array): Int8Array {
  return new Int8Array(buffer, byteOffset, length);
}

type Words = { readonly text: string; readonly vector: Int8Array };

async function encodedSegment({ text, vector }: Words, tools: EnrichTools) {
  return { ...(await classifyWords(text, vector, tools)), vector: toBase64(vector) };
}

async function answerEach<T>(
  segments: readonly Words[],
  answer: (segment: Words) => Promise<T>,
): Promise<Outcome<T>[]> {
  const results: Outcome<T>[] = [];
  for (const segment of segments) {
    results.push(await orReject(async () => ({ status: "ok", value: await answer(segment) })));
  }
  return results;
}

async function orReject<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof TokenizeMismatchError)
      return { status: "reject", reason: "tokenize mismatch" };
    throw cause;
  }
}
