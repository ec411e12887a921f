import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { ModelError } from "../pipeline/errors.ts";
import type { EmbedReply } from "./embed-worker.ts";
import type { EncoderChoice } from "./encoder-folder.ts";
import type { Segment } from "./features.ts";
import type { Analyzer } from "./morphemes.ts";

const WORKER = fileURLToPath(new URL("./embed-worker.ts", import.meta.url));

/** Enough that messages cost nothing, few enough that the last process is not waited for long. */
const CHUNK = 64;

export type EmbedOptions = {
  readonly encoder: EncoderChoice;
  /** Every core, unless said: a process holds one single-threaded session. */
  readonly processes?: number;
  /** Called with how many texts more are done. */
  readonly onProgress?: (count: number) => void;
};

/**
 * Embeds on all cores. A vector never depends on its neighbours, so how texts fall to processes changes nothing.
 *
 * @param texts guarded and normalised, as enrichment shows them to the encoder
 * @returns the stored form of each text (int8, as many numbers as the encoder is wide), in order
 * @throws ModelError when the encoder cannot be loaded or a process dies
 */
export async function embedTexts(
  texts: readonly string[],
  { encoder, processes = availableParallelism(), onProgress }: EmbedOptions,
): Promise<Int8Array[]> {
  const vectors: Int8Array[] = [];
  const starts = Array.from({ length: Math.ceil(texts.length / CHUNK) }, (_, at) => at * CHUNK);
  const children = Array.from({ length: Math.min(processes, starts.length) }, () =>
    fork(WORKER, [JSON.stringify(encoder)], {
      serialization: "advanced",
      execArgv: ["--import", import.meta.resolve("tsx")],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    }),
  );
  const drain = async (child: ChildProcess) => {
    await nextReply(child);
    for (let start = starts.shift(); start !== undefined; start = starts.shift()) {
      const chunk = texts.slice(start, start + CHUNK);
      const reply = nextReply(child);
      child.send(chunk);
      for (const [index, vector] of (await reply).entries()) vectors[start + index] = vector;
      onProgress?.(chunk.length);
    }
  };
  try {
    await Promise.all(children.map(drain));
  } finally {
    for (const child of children) child.kill("SIGKILL");
  }
  return vectors;
}

/** Embeds on all cores and analyses: what features are made of. @returns one segment a text, in order */
export async function segmentTexts(
  texts: readonly string[],
  analyzer: Analyzer,
  options: EmbedOptions,
): Promise<Segment[]> {
  const vectors = await embedTexts(texts, options);
  return texts.map((text, index) => {
    const vector = vectors[index];
    if (vector === undefined) throw new ModelError(`${index + 1} 件目の文のベクトルがありません。`);
    return { text, morphemes: analyzer.analyze(text), vector };
  });
}

/** The first reply, without vectors, says that the encoder is loaded. */
function nextReply(child: ChildProcess): Promise<readonly Int8Array[]> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => {
      child.off("message", onMessage);
      reject(new ModelError(`エンコーダのプロセスが途中で終わりました（終了コード ${code}）。`));
    };
    const onMessage = (reply: EmbedReply) => {
      child.off("exit", onExit);
      if ("vectors" in reply) resolve(reply.vectors);
      else reject(new ModelError(reply.failed));
    };
    child.once("message", onMessage).once("exit", onExit);
  });
}
