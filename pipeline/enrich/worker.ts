import { z } from "zod";
import { type Encoder, loadEncoder, readEncoderManifest } from "../../models/encoder.ts";
import { loadClassifier } from "../../models/load-classifier.ts";
import { loadAnalyzer, TokenizeMismatchError } from "../../models/morphemes.ts";
import { KizukiError } from "../errors.ts";
import type { Outcome } from "../outcome.ts";
import { classifyWords, type EnrichTools, enrichVoice } from "./enrich-voice.ts";
import type { WorkerReply, WorkerRequest } from "./worker-messages.ts";

const Settings = z.strictObject({
  taxonomies: z.array(z.string()),
  heads: z.record(z.string(), z.string()),
  epoch: z.number().int().positive(),
  encoder: z.boolean(),
});

/** The edge of a worker process: loads the models, then answers one request at a time. */
async function main(): Promise<void> {
  const settings = Settings.parse(JSON.parse(process.argv[2] ?? "{}"));
  const tools: EnrichTools = {
    analyzer: await loadAnalyzer(),
    encoder: settings.encoder ? await loadEncoder() : absentEncoder,
    classifier: loadClassifier(settings),
    epoch: settings.epoch,
  };
  process.on("message", (request: WorkerRequest) => {
    answer(request, tools).then(
      (results) => send({ type: "done", results, rssBytes: process.memoryUsage.rss() }),
      fail,
    );
  });
  send({ type: "ready" });
}

const absentEncoder: Encoder = {
  manifest: readEncoderManifest(),
  encode: () => Promise.reject(new Error("this worker was started without the encoder")),
};

async function answer(request: WorkerRequest, tools: EnrichTools): Promise<Outcome<unknown>[]> {
  const results: Outcome<unknown>[] = [];
  if (request.type === "enrich") {
    for (const voice of request.items) {
      results.push(await orReject(() => enrichVoice(voice, tools)));
    }
    return results;
  }
  for (const { text, vector } of request.items) {
    results.push(
      await orReject(async () => {
        const direction = new Int8Array(vector.buffer, vector.byteOffset, vector.length);
        return { status: "ok", value: classifyWords(text, direction, tools).topics };
      }),
    );
  }
  return results;
}

async function orReject(work: () => Promise<Outcome<unknown>>): Promise<Outcome<unknown>> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof TokenizeMismatchError)
      return { status: "reject", reason: "tokenize mismatch" };
    throw cause;
  }
}

function send(reply: WorkerReply): void {
  process.send?.(reply);
}

function fail(cause: unknown): void {
  const message = cause instanceof KizukiError ? cause.message : `思わぬ誤りです: ${String(cause)}`;
  send({ type: "failed", message });
}

// A parent that was killed leaves no orphan behind.
process.on("disconnect", () => process.exit(0));
// Ctrl-C reaches the whole group; the parent decides when a worker ends.
process.on("SIGINT", () => undefined);
main().catch((cause: unknown) => {
  fail(cause);
  // The channel to the parent would keep this process alive.
  process.disconnect();
});
