import { writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { normalizeVerbatim } from "../../pipeline/text/normalize-verbatim.ts";
import { readBenchTexts, VOICES } from "./bench-texts.ts";
import { drawPareto, type Measured } from "./draw-pareto.ts";
import { exactWay, timeWays, transformersWay, waysOf } from "./encoder-rates.ts";
import { openGraphs } from "./open-graphs.ts";
import { prepareSentiment, sentimentAccuracy } from "./sentiment-accuracy.ts";

/**
 * Encoders side by side: `npm run bench:encoders -- FOLDER…`. Speed is in texts a second of CPU time on one core, and
 * against the first row; accuracy is that of a sentiment head on the vectors and words of lines kept back from the shipped
 * encoders. A folder's fp32 graph is `onnx/model.onnx`, its int8 one `onnx/model_quantized.onnx`, the one with activations
 * measured per call `onnx/model_dynamic.onnx`; `models/encoder/build/cut.py` makes all three of any number of layers.
 */
const MODELS = fileURLToPath(new URL("../../models", import.meta.url));
const PICTURE = fileURLToPath(new URL("../../docs/encoders.svg", import.meta.url));

type Options = {
  readonly data: string;
  readonly picture: string;
  readonly texts: number;
  readonly familiar: number;
  readonly keptBack: number;
};

async function main(folders: readonly string[], options: Options): Promise<void> {
  const graphs = (await Promise.all(folders.map(openGraphs))).flat();
  const ways = [...graphs.flatMap(waysOf), ...(await Promise.all(folders.map(transformersWay)))];
  const lengthOf = (text: string) => graphs[0]?.idsOf(normalizeVerbatim(text)).length ?? 0;
  const voices = readBenchTexts(join(options.data, basename(VOICES)), lengthOf);
  const rates = await timeWays(ways, voices.slice(0, options.texts).map(normalizeVerbatim));
  const first = [...rates.values()][0] ?? 1;
  for (const [name, rate] of rates) {
    print([name.padEnd(66), rate.toFixed(0).padStart(6), `${(rate / first).toFixed(2)}×`]);
  }
  const task = await prepareSentiment(MODELS, options.data, options);
  const measured: Measured[] = [];
  for (const graph of graphs) {
    const { accuracy, n } = await sentimentAccuracy(graph, task);
    print([graph.name, `sentiment accuracy ${accuracy.toFixed(3)} of ${n}`]);
    const rate = rates.get(exactWay(graph)) ?? Number.NaN;
    measured.push({ label: graph.label, precision: graph.precision, rate, accuracy });
  }
  writeFileSync(options.picture, drawPareto(measured));
}

function print(cells: readonly string[]): void {
  process.stdout.write(`${cells.join(" ")}\n`);
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: "string", default: dirname(VOICES) },
    picture: { type: "string", default: PICTURE },
    texts: { type: "string", default: "640" },
    familiar: { type: "string", default: "8000" },
    "kept-back": { type: "string", default: "10000" },
  },
});
await main(positionals, {
  data: values.data,
  picture: values.picture,
  texts: Number(values.texts),
  familiar: Number(values.familiar),
  keptBack: Number(values["kept-back"]),
});
