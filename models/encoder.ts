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
  /** @returns as many int8 as the encoder has dimensions: the direction of the sentence vector, without its length */
  encode(text: string): Promise<Int8Array>;
  /** The same for many, bit for bit, and faster: texts of one length share a call where the graph allows it. */
  encodeAll(texts: readonly string[]): Promise<Int8Array[]>;
};

/** transformers.js names: a pooled vector, or a vector for each token. */
const POOLED = "sentence_embedding";
const BY_TOKEN = ["last_hidden_state", "token_embeddings"];

/** Most tokens of a call: past it a longer call is no faster a token, and takes memory. */
const TOKENS_A_CALL = 256;

/** Runs texts through the model, and may take its time. */
export type AroundRun = <T>(run: () => Promise<T>, texts: number) => Promise<T>;

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
  const encodeAll = async (texts: readonly string[]) => {
    // All before the first is run, for the sake of the caches.
    const cut = texts.map((text, at) => ({ at, ids: session.idsOf(folder.prefix + text) }));
    const vectors: Int8Array[] = [];
    for (const batch of folder.sameInBatch ? batchesOf(cut) : cut.map((one) => [one])) {
      const ids = batch.map((one) => one.ids);
      const outputs = await around(() => session.runBatch(ids), ids.length);
      for (const [index, output] of outputs.entries())
        vectors[batch[index]?.at ?? 0] = toDirection(pool(output));
    }
    return vectors;
  };
  return {
    name: folder.name,
    id: folder.id,
    dimensions,
    encode: async (text) => {
      const [vector] = await encodeAll([text]);
      if (vector === undefined) throw new Error("the encoder gave no vector for its text");
      return vector;
    },
    encodeAll,
  };
}

/** A text in tokens, and its place among the texts. */
type CutText = { readonly at: number; readonly ids: readonly number[] };

/** @returns the texts of each call, all of one length */
function batchesOf(texts: readonly CutText[]): CutText[][] {
  const byLength = new Map<number, CutText[]>();
  for (const text of texts) {
    const { length } = text.ids;
    const alike = byLength.get(length);
    if (alike === undefined) byLength.set(length, [text]);
    else alike.push(text);
  }
  return Array.from(byLength).flatMap(([length, alike]) => {
    const size = Math.max(1, Math.floor(TOKENS_A_CALL / length));
    const calls = Math.ceil(alike.length / size);
    return Array.from({ length: calls }, (_, call) => alike.slice(call * size, (call + 1) * size));
  });
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
  for (let at = 0; at < vector.length; at += 1) {
    const size = Math.abs(vector[at] ?? 0);
    if (size > largest) largest = size;
  }
  const scale = largest === 0 ? 0 : 127 / largest;
  const direction = new Int8Array(vector.length);
  for (let at = 0; at < direction.length; at += 1) {
    direction[at] = Math.round((vector[at] ?? 0) * scale);
  }
  return direction;
}
