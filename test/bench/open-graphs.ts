import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Tokenizer } from "@huggingface/tokenizers";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { z } from "zod";
import { readModelFolder, readTokenizer } from "../../models/model-folder.ts";
import type { Measured } from "./draw-pareto.ts";

/** A bare session with its tokenizer. */
export type Graph = {
  readonly name: string;
  /** Its folder, short: "base-12" is the shipped one, "base-6" its first six layers. */
  readonly label: string;
  readonly precision: Measured["precision"];
  idsOf(text: string): number[];
  run(batch: readonly (readonly number[])[]): Promise<Float32Array>;
};

const FILES = [
  ["int8", "onnx/model_quantized.onnx"],
  ["dynamic int8", "onnx/model_dynamic.onnx"],
  ["fp32", "onnx/model.onnx"],
] as const;

const Config = z.object({ num_hidden_layers: z.number() });

/** @returns the graphs that the folder of an encoder has, int8 first */
export function openGraphs(folder: string): Promise<Graph[]> {
  const { tokenizer, config } = readTokenizer(readModelFolder(folder));
  const encoder = new Tokenizer(tokenizer, config);
  const { num_hidden_layers: layers } = Config.parse(
    JSON.parse(readFileSync(join(folder, "config.json"), "utf8")),
  );
  const present = FILES.filter(([, file]) => existsSync(join(folder, file)));
  return Promise.all(
    present.map(async ([precision, file]) => {
      const session = await openSession(join(folder, file));
      return {
        name: `${basename(folder)}, ${layers} layers, ${precision}`,
        label: basename(folder),
        precision,
        idsOf: (text: string) => encoder.encode(text).ids,
        run: async (batch: readonly (readonly number[])[]) => {
          const { sentence_embedding: output } = await session.run(feedOf(batch));
          return z.instanceof(Float32Array).parse(output?.data);
        },
      };
    }),
  );
}

export function openSession(path: string): Promise<InferenceSession> {
  return InferenceSession.create(path, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    enableMemPattern: false,
    graphOptimizationLevel: "all",
  });
}

/** Padded to the longest. */
export function feedOf(batch: readonly (readonly number[])[]) {
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
