import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadEncoder } from "../../models/encoder.ts";
import { loadClassifier } from "../../models/load-classifier.ts";
import { loadAnalyzer } from "../../models/morphemes.ts";
import { enrichPending, importCommand } from "../../pipeline/cli/import.ts";
import { reclassifyCommand } from "../../pipeline/cli/reclassify.ts";
import { loadConfig } from "../../pipeline/config.ts";
import { classifyWords, enrichVoices } from "../../pipeline/enrich/enrich-voices.ts";
import { withPool } from "../../pipeline/enrich/pool-of-home.ts";
import { openHome } from "../../pipeline/home.ts";
import { loadSource } from "../../pipeline/intake/source.ts";
import { throwawayKeys } from "../../pipeline/keys.ts";
import { weekOf } from "../../pipeline/period.ts";
import { silentReporter } from "../../pipeline/reporter.ts";
import type { RawVoice } from "../../pipeline/schema/raw-voice.ts";
import { extractTerms } from "../../pipeline/text/extract-terms.ts";
import { guardVerbatim } from "../../pipeline/text/guard-verbatim.ts";
import { DEFAULT_MASK_RULES } from "../../pipeline/text/mask/mask-rules.ts";
import { maskText } from "../../pipeline/text/mask/mask-text.ts";
import { normalizeVerbatim } from "../../pipeline/text/normalize-verbatim.ts";
import { segmentText } from "../../pipeline/text/segment/segment-text.ts";
import { makeReport } from "../../reports/frozen/make-report.ts";
import { openOne } from "../support/open-one.ts";
import { compareWithBare } from "./compare-with-bare.ts";

const DEMO = fileURLToPath(new URL("../../pipeline/demo/", import.meta.url));
const FILE = join(DEMO, "voices", "2025-08.csv");
const SOURCE = join(DEMO, "source.yaml");
/** Voices of the stages on one core; the whole way takes the whole file. */
const SAMPLE = 1500;

type Row = {
  readonly stage: string;
  readonly unit: string;
  readonly count: number;
  readonly ms: number;
};
const rows: Row[] = [];

async function time(
  stage: string,
  unit: string,
  work: () => Promise<number> | number,
): Promise<void> {
  const start = performance.now();
  const count = await work();
  rows.push({ stage, unit, count, ms: performance.now() - start });
}

async function readVoices(): Promise<RawVoice[]> {
  const source = await loadSource(SOURCE);
  const file = await openOne(FILE, { source, identityKey: Buffer.alloc(32) });
  const voices: RawVoice[] = [];
  for await (const batch of file.records(0)) {
    for (const record of batch) if (record.status === "ok") voices.push(record.voice);
  }
  return voices;
}

/** Each step by itself, on one core, over the same voices. */
async function timeSteps(): Promise<void> {
  const { encoder: choice } = loadConfig({
    home: tmpdir(),
    file: undefined,
    workingFolder: tmpdir(),
  });
  const [analyzer, encoder] = [await loadAnalyzer(), await loadEncoder(choice)];
  const classifier = await loadClassifier({ encoder: choice, taxonomies: ["tourism"], heads: {} });
  const tools = { analyzer, encoder, classifier, mask: DEFAULT_MASK_RULES, epoch: 1 };
  let voices: RawVoice[] = [];
  await time("取り込み（CSV を読み、識別する）", "声", async () => {
    voices = await readVoices();
    return voices.length;
  });
  const sample = voices.slice(0, SAMPLE);
  let texts: string[] = [];
  await time("ガード・正規化", "声", () => {
    texts = sample.flatMap(({ verbatim }) => {
      const guarded = guardVerbatim(verbatim);
      return guarded.status === "ok" ? [normalizeVerbatim(guarded.value)] : [];
    });
    return texts.length;
  });
  // Warm: the first calls of kuromoji and of the encoder compile and allocate.
  for (const text of texts.slice(0, 100))
    await encoder.encode(analyzer.analyze(text)[0]?.surface ?? "");
  let analyzed: Parameters<typeof maskText>[0][] = [];
  await time("形態素（kuromoji の辞書）", "声", () => {
    analyzed = texts.map((text) => ({ text, morphemes: analyzer.analyze(text) }));
    return analyzed.length;
  });
  await time("マスク", "声", () => {
    analyzed = analyzed.map((voice) => maskText(voice));
    return analyzed.length;
  });
  const segments: string[] = [];
  await time("文に切る・語を取る", "声", () => {
    for (const { text, morphemes } of analyzed) {
      const points = [...text];
      for (const span of segmentText(text, morphemes)) {
        extractTerms(morphemes, span);
        segments.push(points.slice(span.start, span.end).join(""));
      }
    }
    return analyzed.length;
  });
  const vectors: Int8Array[] = [];
  await time("エンコーダのみ（基準）", "文", async () => {
    vectors.push(...(await encoder.encodeAll(segments)));
    return segments.length;
  });
  await time("分類器（感情・種類・話題、根拠つき）", "文", async () => {
    for (const [index, text] of segments.entries()) {
      await classifyWords(text, vectors[index] ?? new Int8Array(384), tools);
    }
    return segments.length;
  });
  await time("全工程を一つのプロセスで", "文", async () => {
    const outcomes = await enrichVoices(sample, tools);
    return outcomes.reduce((count, outcome) => {
      return count + (outcome.status === "ok" ? outcome.value.segments.length : 0);
    }, 0);
  });
  const bare = await compareWithBare(tools, choice.folder);
  if (bare === undefined) return;
  const { voices: count, meanSubwords, bareMs, sharedMs, wholeMs } = bare;
  console.log(
    `全工程（1件 ${wholeMs.toFixed(2)} ms、${count} 件、平均 ${meanSubwords.toFixed(1)} 片）は、エンコーダと kuromoji だけの ${(bareMs / wholeMs).toFixed(3)} 倍（一度に一文、${bareMs.toFixed(2)} ms）、${(sharedMs / wholeMs).toFixed(3)} 倍（同じ長さの文を一度に、${sharedMs.toFixed(2)} ms）`,
  );
}

/** The way as a user goes it: worker processes, streams on disk, DuckDB, reports. */
async function timeWholeWay(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "kizuki-bench-"));
  const config = {
    ...loadConfig({
      home: join(folder, "home"),
      file: join(DEMO, "kizuki.yaml"),
      workingFolder: folder,
    }),
  };
  const home = await openHome(config, throwawayKeys(), () => new Date("2026-01-05T00:00:00Z"));
  try {
    await withPool(home, (pool) => enrichPending(home, pool, silentReporter));
    await time(`全工程（ワーカー ${config.workers}、起動を含む）`, "声", async () => {
      const options = { files: [FILE], source: SOURCE };
      const { files } = await importCommand.run(home, options, silentReporter);
      return files[0]?.voices ?? 0;
    });
    await time("話題の付け直し（ワーカーの起動を含む）", "文", async () => {
      const { taxonomies } = await reclassifyCommand.run(home, {}, silentReporter);
      return taxonomies[0]?.segments ?? 0;
    });
    await time("週次の報告書", "件", async () => {
      await makeReport(home, weekOf("2025-08-12"), { again: false, askedBy: "person" });
      return 1;
    });
  } finally {
    await home.close();
    rmSync(folder, { recursive: true });
  }
}

await timeSteps();
await timeWholeWay();
const reference = rows.find(({ stage }) => stage.includes("基準"));
const referenceRate = reference === undefined ? 1 : reference.count / reference.ms;
for (const { stage, unit, count, ms } of rows) {
  const rate = count / ms;
  const perSecond = rate >= 0.01 ? Math.round(rate * 1000) : (rate * 1000).toFixed(1);
  const ratio = unit === "件" ? "" : `  エンコーダの ${(rate / referenceRate).toFixed(2)} 倍`;
  console.log(
    `${stage}: 毎秒 ${perSecond} ${unit}（${count} ${unit}、${(ms / 1000).toFixed(2)} 秒）${ratio}`,
  );
}
