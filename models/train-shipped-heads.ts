import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { KizukiError, UsageError } from "../pipeline/errors.ts";
import { readEncoderFolder, ShippedName, shippedEncoder } from "./encoder-folder.ts";
import { ALL_FEATURES } from "./features.ts";
import { saveHead } from "./head-folder.ts";
import { loadAnalyzer } from "./morphemes.ts";
import { embedWithCache, segmentsByText } from "./shipped/embed-with-cache.ts";
import { planHeads } from "./shipped/head-plans.ts";
import { REAL_SETS } from "./shipped/real-segments.ts";
import { readShippedData } from "./shipped/shipped-data.ts";
import { trainPlan } from "./shipped/train-plan.ts";

const MODELS = fileURLToPath(new URL(".", import.meta.url));

/** Trains the heads that ship with one encoder. Run by `npm run train-heads`. */
async function trainShippedHeads(arguments_: readonly string[]): Promise<void> {
  const { folder, cache, name } = readArguments(arguments_);
  const data = readShippedData(MODELS, folder);
  report(`dropped for sharing text with tests: ${data.dropped}`);
  const plans = planHeads(data);
  const encoder = shippedEncoder(name);
  const texts = data.segments.map(({ text }) => text);
  const vectors = await embedWithCache(texts, { encoder, cache, report });
  const toSegment = segmentsByText(vectors, await loadAnalyzer());
  const { id } = readEncoderFolder(encoder);
  for (const plan of plans) {
    const head = trainPlan({ plan, toSegment, encoder: id, scales: ALL_FEATURES });
    saveHead(join(MODELS, "heads", name, plan.name), head);
    report(`${plan.name}: unseen ${JSON.stringify(head.unseen)}`);
  }
}

function readArguments(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: "string" },
      cache: { type: "string" },
      encoder: { type: "string", default: ShippedName.options[0] },
    },
  });
  const name = ShippedName.safeParse(values.encoder);
  if (!name.success) {
    throw new UsageError(
      `--encoder 読んだもの: ${values.encoder}、期待: ${ShippedName.options.join("、")}。`,
    );
  }
  if (values.data === undefined) {
    throw new UsageError(`--data がありません。期待: ${REAL_SETS.join("、")} のあるフォルダ。`);
  }
  const cache = values.cache ?? join(tmpdir(), "kizuki-embeddings");
  return { folder: values.data, cache, name: name.data };
}

function report(line: string): void {
  process.stderr.write(`${line}\n`);
}

try {
  await trainShippedHeads(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof KizukiError)) throw error;
  report(error.message);
  process.exitCode = error.exitCode;
}
