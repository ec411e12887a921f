import { ModelError } from "../pipeline/errors.ts";
import {
  type EncoderChoice,
  type EncoderFolder,
  readEncoderFolder,
  verifyEncoder,
} from "./encoder-folder.ts";
import { type Output, openTextSession } from "./text-session.ts";

export type Encoder = {
  readonly name: string;
  /** What heads and stored vectors name as their encoder, see `EncoderFolder`. */
  readonly id: string;
  readonly dimensions: number;
  /**
   * One text a call, so that a vector never depends on its neighbours.
   *
   * @returns as many int8 as the encoder has dimensions: the direction of the sentence vector, without its length
   */
  encode(text: string): Promise<Int8Array>;
  /** The same for many, faster: all are cut into tokens before the first is run, for the sake of the caches. */
  encodeAll(texts: readonly string[]): Promise<Int8Array[]>;
};

/** transformers.js names: a pooled vector, or a vector for each token. */
const POOLED = "sentence_embedding";
const BY_TOKEN = ["last_hidden_state", "token_embeddings"];

/** Runs one text through the model, and may take its time. */
export type AroundRun = <T>(run: () => Promise<T>) => Promise<T>;

/**
 * Loads an encoder from local files only, single-threaded: the pool runs one process a core.
 *
 * @throws ModelError when a file is missing or changed, or the folder is no encoder that can be used
 */
export async function loadEncoder(
  choice: EncoderChoice,
  around: AroundRun = (run) => run(),
): Promise<Encoder> {
  const folder = readEncoderFolder(choice);
  verifyEncoder(folder);
  // The graph's own pooling is what its makers measured; a pooling stated in the config is meant for token vectors.
  const wanted = choice.pooling === undefined ? [POOLED, ...BY_TOKEN] : [...BY_TOKEN, POOLED];
  const session = await openTextSession(folder, wanted);
  const isPooled = session.output === POOLED;
  const pool = isPooled ? (output: Output) => output.data : poolingOf(folder);
  const { length: dimensions } = pool(await session.run(session.idsOf("。")));
  if (folder.dimensions !== undefined && folder.dimensions !== dimensions) {
    throw new ModelError(
      `エンコーダ ${folder.folder} のベクトルの長さ … 読んだもの: ${dimensions}（${folder.onnxFile} の ${session.output}）、期待: ${folder.dimensions}（目録か config.json）。`,
    );
  }
  const idsOf = (text: string) => session.idsOf(folder.prefix + text);
  const vectorOf = async (ids: readonly number[]) =>
    toDirection(pool(await around(() => session.run(ids))));
  return {
    name: folder.name,
    id: folder.id,
    dimensions,
    encode: (text) => vectorOf(idsOf(text)),
    encodeAll: async (texts) => {
      const vectors: Int8Array[] = [];
      for (const ids of texts.map(idsOf)) vectors.push(await vectorOf(ids));
      return vectors;
    },
  };
}

function poolingOf({ folder, pooling }: EncoderFolder): (output: Output) => Float32Array {
  if (pooling === "cls") return ({ data, dims }) => data.subarray(0, dims.at(-1));
  if (pooling === "mean") return meanOf;
  throw new ModelError(
    `エンコーダ ${folder} のベクトルのまとめ方がわかりません。読んだもの: manifest.json も 1_Pooling/config.json もなし、期待: kizuki.yaml に encoder: { folder: ${folder}, pooling: mean か cls, prefix: "…" } と書くこと。`,
  );
}

/** No text is padded, so every token counts. */
function meanOf({ data, dims }: Output): Float32Array {
  const size = dims.at(-1) ?? 0;
  const sums = new Float32Array(size);
  for (const [at, value] of data.entries()) sums[at % size] = (sums[at % size] ?? 0) + value;
  return sums.map((sum) => (sum * size) / data.length);
}

/** Spreads a vector over the whole int8 range; only its direction is kept. */
export function toDirection(vector: Float32Array): Int8Array {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  const scale = largest === 0 ? 0 : 127 / largest;
  const direction = new Int8Array(vector.length);
  for (let at = 0; at < direction.length; at += 1) {
    direction[at] = Math.round((vector[at] ?? 0) * scale);
  }
  return direction;
}
