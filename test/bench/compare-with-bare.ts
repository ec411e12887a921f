import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Tokenizer } from "@huggingface/tokenizers";
import kuromoji, { type IpadicFeatures, type Tokenizer as Kuromoji } from "kuromoji";
import { readModelFolder, readTokenizer } from "../../models/model-folder.ts";
import { type EnrichTools, enrichVoices } from "../../pipeline/enrich/enrich-voices.ts";
import { bareVoice } from "../../pipeline/schema/raw-voice.ts";
import { sliceCodePoints } from "../../pipeline/text/code-points.ts";
import { normalizeVerbatim } from "../../pipeline/text/normalize-verbatim.ts";
import { readBenchTexts, VOICES } from "./bench-texts.ts";
import { feedOf, openSession } from "./open-graphs.ts";
import { spentMs } from "./spent-ms.ts";

/** In voices: what runs beside the encoder is still being compiled during the first thousands. */
const WARM_UP = 4096;
/** In lines of the file: gives two thousand voices beyond those. */
const STRIDE = 3;
/** Of which each way takes its turn, so that a neighbour's load meets all alike: as many as one of two processes gets at once. */
const CHUNK = 256;

export type BareComparison = {
  readonly voices: number;
  readonly meanSubwords: number;
  /** Milliseconds of CPU a voice: bare sessions, one text a call, and kuromoji. */
  readonly bareMs: number;
  /** The same, where texts of one length share a call as they do in the whole way. */
  readonly sharedMs: number;
  readonly wholeMs: number;
};

/**
 * What guard, mask, cutting, features, heads and reasons cost beside the encoder and kuromoji: the bare ONNX session over
 * the ids of the same segments, and kuromoji over the same voices, against the whole enrichment.
 *
 * The reference has the same texts, session options and node flags; it shares calls among as many voices, without a most
 * of texts a call, and lets the library kuromoji read each voice once, though enrichment reads its segments again.
 *
 * @returns undefined where the shared voices are not there
 */
export async function compareWithBare(
  tools: EnrichTools,
  folder: string,
): Promise<BareComparison | undefined> {
  if (!existsSync(VOICES)) return undefined;
  const model = readModelFolder(folder);
  const session = await openSession(join(folder, model.onnxFile));
  const { tokenizer, config } = readTokenizer(model);
  const encoder = new Tokenizer(tokenizer, config);
  const idsOf = (text: string) => encoder.encode(text).ids;
  const kuromoji = await loadKuromoji();
  const texts = readBenchTexts(VOICES, (text) => idsOf(text).length, STRIDE);
  const spent = { bare: 0, shared: 0, whole: 0 };
  for (let start = 0; start < texts.length; start += CHUNK) {
    const chunk = texts.slice(start, start + CHUNK);
    let segments: string[] = [];
    const wholeMs = await spentMs(async () => {
      segments = await enrichAll(chunk, tools);
    });
    const cut = segments.map(idsOf);
    const bareFeeds = cut.map((ids) => feedOf([ids]));
    const sharedFeeds = [...new Set(cut.map(({ length }) => length))].map((length) =>
      feedOf(cut.filter((ids) => ids.length === length)),
    );
    const morphemesMs = await spentMs(async () => {
      for (const text of chunk) kuromoji.tokenize(normalizeVerbatim(text));
    });
    const bareMs = await spentMs(async () => {
      for (const feed of bareFeeds) await session.run(feed);
    });
    const sharedMs = await spentMs(async () => {
      for (const feed of sharedFeeds) await session.run(feed);
    });
    if (start < WARM_UP) continue;
    spent.whole += wholeMs;
    spent.bare += morphemesMs + bareMs;
    spent.shared += morphemesMs + sharedMs;
  }
  const voices = texts.length - WARM_UP;
  const meanSubwords = texts.reduce((sum, text) => sum + idsOf(text).length, 0) / texts.length;
  return {
    voices,
    meanSubwords,
    bareMs: spent.bare / voices,
    sharedMs: spent.shared / voices,
    wholeMs: spent.whole / voices,
  };
}

/** @returns the words of all segments */
async function enrichAll(texts: readonly string[], tools: EnrichTools): Promise<string[]> {
  const outcomes = await enrichVoices(texts.map(bareVoice), tools);
  return outcomes.flatMap((outcome) => {
    if (outcome.status !== "ok") return [];
    const { text, segments } = outcome.value;
    return segments.map(({ start, end }) => sliceCodePoints(text, start, end));
  });
}

function loadKuromoji(): Promise<Kuromoji<IpadicFeatures>> {
  const home = dirname(createRequire(import.meta.url).resolve("kuromoji/package.json"));
  return new Promise((resolve, reject) => {
    kuromoji
      .builder({ dicPath: join(home, "dict") })
      .build((cause: Error | null, tokenizer) => (cause ? reject(cause) : resolve(tokenizer)));
  });
}
