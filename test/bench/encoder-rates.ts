import { basename } from "node:path";
import { env, pipeline } from "@huggingface/transformers";
import type { Graph } from "./open-graphs.ts";
import { spentMs } from "./spent-ms.ts";

/** One way to embed texts. */
export type Way = { readonly name: string; run(texts: readonly string[]): Promise<void> };

const BATCH = 16;
/** Of which each way takes its turn, so that all meet the same caches. */
const CHUNK = 64;

/** The fastest way in which a vector is that of the text alone: with scales measured per call, one text a call. */
export function exactWay({ name, precision }: Graph): string {
  return precision === "int8" ? ofOneLength(name) : oneByOne(name);
}

function oneByOne(name: string): string {
  return `${name}: raw session, one text a call`;
}

function ofOneLength(name: string): string {
  return `${name}: raw session, texts of one length a call`;
}

export function waysOf(graph: Graph): Way[] {
  return [
    {
      name: oneByOne(graph.name),
      run: async (texts) => {
        for (const text of texts) await graph.run([graph.idsOf(text)]);
      },
    },
    {
      name: ofOneLength(graph.name),
      run: async (texts) => {
        const ids = texts.map(graph.idsOf);
        for (const length of new Set(ids.map((one) => one.length))) {
          await graph.run(ids.filter((one) => one.length === length));
        }
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

export async function transformersWay(folder: string): Promise<Way> {
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

/** @returns texts a second of CPU time by way */
export async function timeWays(ways: readonly Way[], texts: readonly string[]) {
  const spent = new Map(ways.map(({ name }) => [name, 0]));
  for (let start = 0; start < texts.length; start += CHUNK) {
    for (const { name, run } of ways) {
      const ms = await spentMs(() => run(texts.slice(start, start + CHUNK)));
      // The first chunk compiles and fills caches.
      if (start > 0) spent.set(name, (spent.get(name) ?? 0) + ms);
    }
  }
  const timed = texts.length - CHUNK;
  return new Map(Array.from(spent, ([name, ms]) => [name, (timed / ms) * 1000]));
}
