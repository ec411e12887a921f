import { join } from "node:path";
import type { InferenceSession } from "onnxruntime-node";
import { ModelError } from "../pipeline/errors.ts";
import { type ModelFolder, readTokenizer } from "./model-folder.ts";
import { unigramOf } from "./unigram.ts";

/** One output for one text. */
export type Output = { readonly data: Float32Array; readonly dims: readonly number[] };

/** An open graph with its tokenizer: a text in, its outputs out. */
export type TextSession = {
  readonly outputNames: readonly string[];
  /** At most as many as the model takes. */
  idsOf(text: string): readonly number[];
  /** One text a call: where int8 scales are measured per call, a neighbour would change the numbers. */
  run(ids: readonly number[]): Promise<Output>;
  /** Texts of one length in one call, for graphs of which `sameInBatch` is known. @returns one output a text, in order */
  runBatch(batch: readonly (readonly number[])[]): Promise<Output[]>;
};

const REQUIRED_INPUTS = ["input_ids", "attention_mask"];
const KNOWN_INPUTS = [...REQUIRED_INPUTS, "token_type_ids"];

/** ONNX Runtime's number. */
const LOG_FATAL = 4;

/**
 * Opens a graph from local files only, single-threaded: the pool runs one process a core.
 *
 * @param wanted output names, the best first: the first that the graph has is read
 * @throws ModelError when inputs, output or tokenizer are not as expected
 */
export async function openTextSession(
  model: ModelFolder,
  wanted: readonly string[],
): Promise<TextSession & { readonly output: string }> {
  const path = join(model.folder, model.onnxFile);
  // Both take as long to import as a small command takes in all, so only who encodes pays for them.
  const [{ InferenceSession, Tensor }, { Tokenizer }] = await Promise.all([
    import("onnxruntime-node"),
    import("@huggingface/tokenizers"),
  ]);
  const session = await InferenceSession.create(path, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    enableMemPattern: false,
    graphOptimizationLevel: "all",
    // What goes wrong is thrown, and told in our words.
    logSeverityLevel: LOG_FATAL,
  }).catch((cause: unknown) => {
    throw new ModelError(`ONNX ファイル ${path} を開けません。期待: ONNX Runtime で動くモデル。`, {
      cause,
    });
  });
  const output = checkGraph(path, session, wanted);
  const files = readTokenizer(model);
  const tokenizer = new Tokenizer(files.tokenizer, files.config);
  const cut = unigramOf(files, tokenizer) ?? ((text: string) => tokenizer.encode(text).ids);
  const idsOf = (text: string): number[] => {
    const ids = cut(text);
    // The last token closes the text, also the one that is cut.
    return ids.length <= model.maxTokens
      ? ids
      : [...ids.slice(0, model.maxTokens - 1), ...ids.slice(-1)];
  };
  const hasTypes = session.inputNames.includes("token_type_ids");
  const runBatch = async (batch: readonly (readonly number[])[]): Promise<Output[]> => {
    const ids = batch.flat();
    const shape = [batch.length, ids.length / batch.length];
    const tensor = (values: BigInt64Array) => new Tensor("int64", values, shape);
    const inputs: Record<string, InstanceType<typeof Tensor>> = {
      input_ids: tensor(toInt64(ids)),
      attention_mask: tensor(new BigInt64Array(ids.length).fill(1n)),
    };
    if (hasTypes) inputs.token_type_ids = tensor(new BigInt64Array(ids.length));
    const { [output]: value } = await session.run(inputs, [output], {
      logSeverityLevel: LOG_FATAL,
    });
    if (!(value?.data instanceof Float32Array)) {
      throw new ModelError(
        `${path} の出力 ${output} … 読んだもの: ${value?.type}、期待: float32。`,
      );
    }
    return splitRows({ data: value.data, dims: value.dims }, batch.length);
  };
  const run = async (ids: readonly number[]): Promise<Output> => {
    const [alone] = await runBatch([ids]);
    if (alone === undefined) throw new Error("a call gave no output for its text");
    return alone;
  };
  await run([files.highestId]).catch((cause: unknown) => {
    if (cause instanceof ModelError) throw cause;
    throw new ModelError(
      `${path} は、tokenizer.json のいちばん大きい番号 ${files.highestId} を受け取れません。期待: 同じモデルのトークナイザー。`,
      { cause },
    );
  });
  return { output, outputNames: session.outputNames, idsOf, run, runBatch };
}

/** @param ids none below 0. A bigint for each would cost more than all the rest of a call beside the graph. */
function toInt64(ids: readonly number[]): BigInt64Array {
  const halves = new Int32Array(2 * ids.length);
  for (let at = 0; at < ids.length; at += 1) halves[2 * at] = ids[at] ?? 0;
  return new BigInt64Array(halves.buffer);
}

function splitRows({ data, dims }: Output, rows: number): Output[] {
  const size = data.length / rows;
  return Array.from({ length: rows }, (_, row) => ({
    data: data.subarray(row * size, (row + 1) * size),
    dims: [1, ...dims.slice(1)],
  }));
}

function checkGraph(path: string, session: InferenceSession, wanted: readonly string[]): string {
  const inputs = session.inputNames;
  const missing = REQUIRED_INPUTS.filter((name) => !inputs.includes(name));
  const unknown = inputs.filter((name) => !KNOWN_INPUTS.includes(name));
  if (missing.length + unknown.length > 0) {
    throw new ModelError(
      `${path} の入力 … 読んだもの: ${inputs.join("、")}、期待: ${REQUIRED_INPUTS.join("、")}（と token_type_ids）。`,
    );
  }
  const output = wanted.find((name) => session.outputNames.includes(name));
  if (output !== undefined) return output;
  throw new ModelError(
    `${path} の出力 … 読んだもの: ${session.outputNames.join("、")}、期待: ${wanted.join(" か ")}。`,
  );
}
