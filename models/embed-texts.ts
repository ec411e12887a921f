import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { ModelError } from "../pipeline/errors.ts";
import type { EmbedReply } from "./embed-worker.ts";
import type { EncoderChoice } from "./encoder-folder.ts";

const WORKER = fileURLToPath(new URL("./embed-worker.ts", import.meta.url));

/** Enough that texts of one length fill a call, few enough that the last process is not waited for long. */
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
 * @throws ModelError when the encoder cannot be loaded, or a process dies or cannot be started
 */
export async function embedTexts(
  texts: readonly string[],
  { encoder, processes = availableParallelism(), onProgress }: EmbedOptions,
): Promise<Int8Array[]> {
  const vectors: Int8Array[] = [];
  // The longest first: texts of about one length go to one process, where those of one length share a call.
  const order = texts.map((text, at) => ({ text, at }));
  order.sort((one, other) => other.text.length - one.text.length);
  const starts = Array.from({ length: Math.ceil(texts.length / CHUNK) }, (_, at) => at * CHUNK);
  const children = Array.from({ length: Math.min(processes, starts.length) }, () =>
    fork(WORKER, [JSON.stringify(encoder)], {
      serialization: "advanced",
      execArgv: ["--import", import.meta.resolve("tsx")],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    }),
  );
  const drain = async (child: ChildProcess) => {
    const death = deathOf(child);
    await Promise.race([nextReply(child), death]);
    for (let start = starts.shift(); start !== undefined; start = starts.shift()) {
      const chunk = order.slice(start, start + CHUNK);
      const reply = Promise.race([nextReply(child), death]);
      child.send(chunk.map(({ text }) => text));
      for (const [index, vector] of (await reply).entries())
        vectors[chunk[index]?.at ?? 0] = vector;
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

/** The first reply, without vectors, says that the encoder is loaded. */
function nextReply(child: ChildProcess): Promise<readonly Int8Array[]> {
  return new Promise((resolve, reject) => {
    child.once("message", (reply: EmbedReply) => {
      if ("vectors" in reply) resolve(reply.vectors);
      else reject(new ModelError(reply.failed));
    });
  });
}

/** Never resolves. Listens as long as the process lives: one that dies between two replies is told at the next. */
function deathOf(child: ChildProcess): Promise<never> {
  return new Promise((_, reject) => {
    child.on("exit", (code) => {
      reject(new ModelError(`エンコーダのプロセスが途中で終わりました（終了コード ${code}）。`));
    });
    child.on("error", (cause) => {
      reject(new ModelError(`エンコーダのプロセスと話せません: ${cause.message}`, { cause }));
    });
  });
}
