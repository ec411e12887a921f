import { type AroundRun, type Encoder, loadEncoder } from "../../models/encoder.ts";
import { readEncoderFolder } from "../../models/encoder-folder.ts";
import { loadClassifier } from "../../models/load-classifier.ts";
import { loadAnalyzer, TokenizeMismatchError } from "../../models/morphemes.ts";
import type { Outcome } from "../outcome.ts";
import { compileMaskRules } from "../text/mask/mask-rules.ts";
import { classifyWords, type EnrichTools, encodeWords, enrichVoices } from "./enrich-voices.ts";
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
  const results: Outcome<unknown>[] = [];
  for (const work of worksOf(request, tools)) results.push(await orReject(work));
  return results;
}

function worksOf(
  request: Exclude<WorkerRequest, { type: "enrich" }>,
  tools: EnrichTools,
): readonly (() => Promise<Outcome<unknown>>)[] {
  if (request.type === "reencode") {
    return request.items.map((text) => async () => {
      return { status: "ok", value: await encodeWords(text, tools) };
    });
  }
  return request.items.map(({ text, vector }) => async () => {
    const direction = new Int8Array(vector.buffer, vector.byteOffset, vector.length);
    const { topics } = await classifyWords(text, direction, tools);
    return { status: "ok", value: topics };
  });
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
