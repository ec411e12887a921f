import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Tokenizer } from "@huggingface/tokenizers";
import { env, pipeline } from "@huggingface/transformers";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { z } from "zod";
import { toDirection } from "../../models/encoder.ts";
import { ALL_FEATURES, segmentFeatures } from "../../models/features.ts";
import { readModelFolder, readTokenizer } from "../../models/model-folder.ts";
import { type Analyzer, loadAnalyzer } from "../../models/morphemes.ts";
import { type HeadPlan, type PlannedText, planHeads } from "../../models/shipped/head-plans.ts";
import { readShippedData } from "../../models/shipped/shipped-data.ts";
import { trainHead } from "../../models/train-head.ts";
import { normalizeVerbatim } from "../../pipeline/text/normalize-verbatim.ts";
import { readBenchTexts, VOICES } from "./bench-texts.ts";
import { drawPareto, type Measured } from "./draw-pareto.ts";

/**
 * Encoders side by side on one core: `npm run bench:encoders -- FOLDER…`. Speed is against the first row; accuracy is that of
 * a sentiment head on the vectors and words of lines kept back from the shipped encoders. A folder's fp32 graph is
 * `onnx/model.onnx`, its int8 one `onnx/model_quantized.onnx`.
 */
const MODELS = fileURLToPath(new URL("../../models", import.meta.url));
const PICTURE = fileURLToPath(new URL("../../docs/encoders.svg", import.meta.url));
const TEXTS = 640;
const BATCH = 16;
/** Of which each row takes its turn, so that a neighbour's load meets all alike. */
const CHUNK = 64;
/** Lines that the encoders know, for the head to learn from; those kept back come on top. */
const FAMILIAR = 8000;

type Graph = {
  readonly name: string;
  readonly folder: string;
  readonly layers: number;
  readonly precision: Measured["precision"];
  idsOf(text: string): number[];
  run(batch: readonly (readonly number[])[]): Promise<Float32Array>;
};

type Way = { readonly name: string; run(texts: readonly string[]): Promise<void> };

async function main(folders: readonly string[], data: string): Promise<void> {
  const graphs = (await Promise.all(folders.map(openGraphs))).flat();
  const ways = [...graphs.flatMap(waysOf), ...(await Promise.all(folders.map(transformersWay)))];
  const lengthOf = (text: string) => graphs[0]?.idsOf(normalizeVerbatim(text)).length ?? 0;
  const texts = readBenchTexts(join(data, basename(VOICES)), lengthOf).map(normalizeVerbatim);
  const rates = await timeWays(ways, texts.slice(0, TEXTS));
  const task = await prepareSentiment(data);
  const measured: Measured[] = [];
  for (const graph of graphs) {
    const accuracy = await sentimentAccuracy(graph, task);
    const rate = rates.get(oneByOne(graph)) ?? Number.NaN;
    process.stdout.write(`${graph.name}: sentiment accuracy ${accuracy.toFixed(3)}\n`);
    measured.push({ ...graph, rate, accuracy });
  }
  writeFileSync(PICTURE, drawPareto(measured));
}

async function openGraphs(folder: string): Promise<Graph[]> {
  const model = readModelFolder(folder);
  const { tokenizer, config } = readTokenizer(model);
  const encoder = new Tokenizer(tokenizer, config);
  const { num_hidden_layers: layers } = z
    .object({ num_hidden_layers: z.number() })
    .parse(JSON.parse(readFileSync(join(folder, "config.json"), "utf8")));
  const graphs: Graph[] = [];
  for (const [precision, file] of [
    ["int8", "onnx/model_quantized.onnx"],
    ["fp32", "onnx/model.onnx"],
  ] as const) {
    const path = join(folder, file);
    if (!existsSync(path)) continue;
    const session = await InferenceSession.create(path, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      enableMemPattern: false,
      graphOptimizationLevel: "all",
    });
    graphs.push({
      name: `${basename(folder)}, ${layers} layers, ${precision}`,
      folder,
      layers,
      precision,
      idsOf: (text) => encoder.encode(text).ids,
      run: async (batch) => {
        const { sentence_embedding: output } = await session.run(feedOf(batch));
        return z.instanceof(Float32Array).parse(output?.data);
      },
    });
  }
  return graphs;
}

function oneByOne({ name }: Graph): string {
  return `${name}: raw session, one text a call`;
}

function waysOf(graph: Graph): Way[] {
  return [
    {
      name: oneByOne(graph),
      run: async (texts) => {
        for (const text of texts) await graph.run([graph.idsOf(text)]);
      },
    },
    {
      name: `${graph.name}: raw session, batches of ${BATCH} of like length`,
      run: async (texts) => {
        const ids = texts.map(graph.idsOf).sort((one, other) => one.length - other.length);
        for (let at = 0; at < ids.length; at += BATCH) await graph.run(ids.slice(at, at + BATCH));
      },
    },
  ];
}

async function transformersWay(folder: string): Promise<Way> {
  env.allowRemoteModels = false;
  const extract = await pipeline("feature-extraction", folder, {
    dtype: "q8",
    session_options: { intraOpNumThreads: 1, interOpNumThreads: 1 },
  });
  return {
    name: `${basename(folder)}, int8: transformers.js, one text a call`,
    run: async (texts) => {
      for (const text of texts) await extract(text, { pooling: "none" });
    },
  };
}

/** @returns texts a second by way */
async function timeWays(ways: readonly Way[], texts: readonly string[]) {
  const spent = new Map(ways.map(({ name }) => [name, 0]));
  for (let start = 0; start < texts.length; start += CHUNK) {
    for (const { name, run } of ways) {
      const began = performance.now();
      await run(texts.slice(start, start + CHUNK));
      // The first chunk compiles and fills caches.
      if (start > 0) spent.set(name, (spent.get(name) ?? 0) + performance.now() - began);
    }
  }
  const first = [...spent.values()][0] ?? 1;
  const rates = new Map<string, number>();
  for (const [name, ms] of spent) {
    const rate = ((texts.length - CHUNK) / ms) * 1000;
    rates.set(name, rate);
    const row = [name.padEnd(66), rate.toFixed(0).padStart(6), `${(first / ms).toFixed(2)}×`];
    process.stdout.write(`${row.join(" ")}\n`);
  }
  return rates;
}

/** Padded to the longest. */
function feedOf(batch: readonly (readonly number[])[]) {
  const width = Math.max(...batch.map(({ length }) => length));
  const ids = new BigInt64Array(batch.length * width).fill(1n);
  const mask = new BigInt64Array(batch.length * width);
  for (const [row, own] of batch.entries()) {
    for (const [at, id] of own.entries()) {
      ids[row * width + at] = BigInt(id);
      mask[row * width + at] = 1n;
    }
  }
  const shape = [batch.length, width];
  return {
    input_ids: new Tensor("int64", ids, shape),
    attention_mask: new Tensor("int64", mask, shape),
  };
}

type SentimentTask = {
  readonly plan: HeadPlan;
  readonly chosen: readonly PlannedText[];
  readonly analyzer: Analyzer;
};

async function prepareSentiment(data: string): Promise<SentimentTask> {
  const plan = planHeads(readShippedData(MODELS, data)).find(({ name }) => name === "sentiment");
  if (plan === undefined) throw new RangeError("expected a sentiment head");
  const known = plan.texts.filter(({ familiar }) => familiar === true);
  const stride = Math.max(1, Math.ceil(known.length / FAMILIAR));
  const chosen = plan.texts.filter(({ familiar }) => familiar !== true);
  chosen.push(...known.filter((_, index) => index % stride === 0));
  return { plan, chosen, analyzer: await loadAnalyzer() };
}

/** Cross-validated on the lines that the shipped encoders were not shown. */
async function sentimentAccuracy(graph: Graph, task: SentimentTask): Promise<number> {
  const { plan, chosen, analyzer } = task;
  const examples = [];
  for (const { text, ...labels } of chosen) {
    const vector = toDirection(await graph.run([graph.idsOf(text)]));
    const segment = { text, vector, morphemes: analyzer.analyze(text) };
    examples.push({ ...labels, features: segmentFeatures(segment, ALL_FEATURES) });
  }
  const { mode, labels, tuning } = plan;
  const origin = { encoder: graph.name, licence: "", data: [] };
  const { head } = trainHead(examples, { name: "", mode, labels, seed: 1, origin, tuning });
  return head.unseen.accuracy;
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { data: { type: "string", default: dirname(VOICES) } },
});
await main(positionals, values.data);
