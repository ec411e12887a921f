import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { ModelError } from "../pipeline/errors.ts";

const ENCODER_FOLDER = new URL("./encoder/", import.meta.url);

const FileCheck = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sizeBytes: z.number().int().positive(),
});

/** Says which bytes the encoder is made of, and how they were made. */
export const EncoderManifest = z.object({
  name: z.string(),
  version: z.number().int().positive(),
  dimensions: z.number().int().positive(),
  maxTokens: z.number().int().positive(),
  /** Words put before each text, as the encoder was trained with them. */
  prefix: z.string(),
  files: z.record(z.string(), FileCheck),
});
export type EncoderManifest = z.infer<typeof EncoderManifest>;

export type Encoder = {
  readonly manifest: EncoderManifest;
  /**
   * One text a call: a dynamic int8 scale spans the whole batch, so a neighbour would change the vector.
   *
   * @returns 384 int8: the direction of the sentence vector, without its length
   */
  encode(text: string): Promise<Int8Array>;
};

export function readEncoderManifest(): EncoderManifest {
  const path = fileURLToPath(new URL("manifest.json", ENCODER_FOLDER));
  try {
    return EncoderManifest.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (cause) {
    throw new ModelError(`エンコーダの目録 ${path} が読めません。期待: manifest.json。`, { cause });
  }
}

/** SHA-256 of the weights, which heads name as the encoder they were trained on. */
export function encoderId(manifest: EncoderManifest): string {
  return manifest.files["onnx/model_quantized.onnx"]?.sha256 ?? manifest.name;
}

/** Compares each file of the encoder with the manifest. @throws ModelError naming the first that differs */
export function verifyEncoder(manifest: EncoderManifest): void {
  for (const [name, expected] of Object.entries(manifest.files)) {
    const path = fileURLToPath(new URL(name, ENCODER_FOLDER));
    let bytes: Buffer;
    try {
      bytes = readFileSync(path);
    } catch (cause) {
      throw new ModelError(
        `モデルのファイル ${path} がありません。期待: ${expected.sizeBytes} バイト。git checkout で戻してください。`,
        { cause },
      );
    }
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    if (sha256 !== expected.sha256) {
      throw new ModelError(
        `モデルのファイル ${path} が変わっています。読んだもの: sha256 ${sha256}、期待: ${expected.sha256}。git checkout で戻してください。`,
      );
    }
  }
}

/**
 * Loads the encoder from local files only, single-threaded: the pool runs one process a core.
 *
 * @throws ModelError when a file is missing or is not the one that the heads were trained on
 */
export async function loadEncoder(): Promise<Encoder> {
  const manifest = readEncoderManifest();
  verifyEncoder(manifest);
  // Takes as long to import as a small command takes in all, so only who encodes pays for it.
  const { AutoModel, AutoTokenizer, env } = await import("@huggingface/transformers");
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useFSCache = false;
  env.localModelPath = fileURLToPath(new URL("..", ENCODER_FOLDER));
  const tokenizer = await AutoTokenizer.from_pretrained("encoder");
  const model = await AutoModel.from_pretrained("encoder", {
    dtype: "q8",
    device: "cpu",
    session_options: {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      enableMemPattern: false,
      graphOptimizationLevel: "all",
    },
  });
  return {
    manifest,
    async encode(text) {
      const inputs = tokenizer(manifest.prefix + text, {
        truncation: true,
        max_length: manifest.maxTokens,
      });
      const output = await model(inputs);
      return toDirection(z.instanceof(Float32Array).parse(output.sentence_embedding.data));
    },
  };
}

/** Spreads a vector over the whole int8 range; only its direction is kept. */
export function toDirection(vector: Float32Array): Int8Array {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  const scale = largest === 0 ? 0 : 127 / largest;
  return Int8Array.from(vector, (value) => Math.round(value * scale));
}
