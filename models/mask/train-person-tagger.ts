import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { DEFAULT_MASK_RULES } from "../../pipeline/text/mask/mask-rules.ts";
import { findByRules } from "../../pipeline/text/mask/mask-text.ts";
import { normalizeVerbatim } from "../../pipeline/text/normalize-verbatim.ts";
import { type Analyzer, loadAnalyzer } from "../morphemes.ts";
import { seededRandom } from "../random.ts";
import { alignLine, type MaskLine, readMaskLines } from "./measure-mask.ts";
import { WEIGHTS_FILE, writeWeights } from "./person-tagger.ts";
import { unitFeatures } from "./tag-features.ts";
import { type TaggedText, trainTags } from "./train-tags.ts";
import { type SpannedText, varyNames } from "./vary-names.ts";

/**
 * Trains the tagger of names and addresses from the lines written for it, each with other names in its names' places,
 * and from real voices, where nearly nobody is named, and the written examples, both as the rules mask them. Writes the
 * same bytes each time. Run by `npm run train-tagger -- VOICES`: gzip JSON Lines with a field `text`, see `mask/README.md`.
 */
async function main(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const voices = z
    .string({ error: "npm run train-tagger -- voices.jsonl.gz" })
    .parse(positionals[0]);
  const analyzer = await loadAnalyzer();
  const random = seededRandom(SEED);
  const lines = LINES.flatMap((file) => readMaskLines(join(MODELS, file)));
  const texts = [
    ...lines.flatMap((line) => withVariants(line, random)),
    ...[...everyOtherVoice(voices), ...writtenVoices()].map((text) => byRules(text, analyzer)),
  ].map((spanned) => toTagged(spanned, analyzer));
  const weights = trainTags(texts, { epochs: EPOCHS, random, margin: MARGIN });
  writeFileSync(WEIGHTS_FILE, writeWeights(weights));
  process.stdout.write(`${texts.length} texts -> ${WEIGHTS_FILE}\n`);
}

const EPOCHS = 6;
const SEED = 20_260_801;
const MODELS = join(import.meta.dirname, "..");
const LINES = [join("tests", "mask", "dev.jsonl"), join("mask", "lines.jsonl")];

/** How many times a line with a name or an address is seen with others in their places. */
const VARIANTS = 20;

/** In steps of the perceptron; without it recall on lines kept back was 0.02 lower. */
const MARGIN = 6;

function withVariants(line: MaskLine, random: () => number): SpannedText[] {
  const spanned = alignLine(line);
  if (line.class !== "name" && line.class !== "address") return [spanned];
  return [spanned, ...Array.from({ length: VARIANTS }, () => varyNames(spanned, random))];
}

function toTagged({ text, spans }: SpannedText, analyzer: Analyzer): TaggedText {
  const tags = new Uint8Array(text.length);
  for (const { start, end, name } of spans) {
    const tag = BEGINNINGS[name];
    if (tag === undefined) continue;
    tags.fill(tag + 1, start, end);
    tags[start] = tag;
  }
  return { features: unitFeatures(text, analyzer.analyze(text)), tags };
}

const BEGINNINGS: Readonly<Record<string, number>> = { name: 1, address: 3, 氏名: 1, 住所: 3 };

/** What the rules find by themselves is what these texts teach. */
function byRules(verbatim: string, analyzer: Analyzer): SpannedText {
  const text = normalizeVerbatim(verbatim);
  const found = findByRules({ text, morphemes: analyzer.analyze(text) }, DEFAULT_MASK_RULES);
  return { text, spans: found.map(({ kind, start, end }) => ({ name: kind, start, end })) };
}

/** Every other voice: the ones between are left for measuring. */
function everyOtherVoice(file: string): string[] {
  const rows = jsonLines(gunzipSync(readFileSync(file)).toString());
  return rows.flatMap((row, at) => (at % 2 === 0 ? [WrittenVoice.parse(row).text] : []));
}

const WrittenVoice = z.object({ text: z.string() });

function writtenVoices(): string[] {
  const folder = join(MODELS, "examples");
  return readdirSync(folder)
    .filter((file) => file.endsWith(".jsonl"))
    .toSorted()
    .flatMap((file) => jsonLines(readFileSync(join(folder, file), "utf8")))
    .map((row) => WrittenVoice.parse(row).text);
}

function jsonLines(contents: string): unknown[] {
  return contents
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

await main();
