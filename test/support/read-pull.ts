import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { loadConfig } from "../../pipeline/config.ts";
import { type OpenPull, openPull } from "../../pipeline/intake/pull/open-pull.ts";
import { PulledBatch, type Watermark } from "../../pipeline/intake/source-plugin.ts";

/** Opens a source as a `kizuki.yaml` names it. @param yaml what stands under its name */
export function openTestPull(
  folder: string,
  yaml: Readonly<Record<string, unknown>>,
): Promise<OpenPull> {
  const file = join(folder, "kizuki.yaml");
  writeFileSync(file, JSON.stringify({ pull: { test: yaml } }));
  const config = loadConfig({ home: join(folder, "home"), file, workingFolder: folder });
  return openPull(config, "test");
}

const Cells = z.record(z.string(), z.string());

export type Read = {
  readonly batches: readonly ReturnType<typeof PulledBatch.parse>[];
  readonly cells: readonly Readonly<Record<string, string>>[];
  readonly problems: readonly string[];
  /** Where the next reading goes on. */
  readonly watermark: Watermark | undefined;
};

/** Reads a source to its end, or for so many batches. */
export async function readPull(
  pull: OpenPull,
  watermark?: Watermark,
  options: { readonly batches?: number; readonly clock?: () => Date } = {},
): Promise<Read> {
  const batches: ReturnType<typeof PulledBatch.parse>[] = [];
  const given = {
    clock: options.clock ?? (() => new Date("2026-01-05T03:00:00+09:00")),
    signal: new AbortController().signal,
  };
  for await (const batch of pull.read(watermark, given)) {
    batches.push(PulledBatch.parse(batch));
    if (batches.length === options.batches) break;
  }
  const records = batches.flatMap((batch): readonly object[] => batch.records);
  return {
    batches,
    cells: records.flatMap((record) => ("cells" in record ? [Cells.parse(record.cells)] : [])),
    problems: records.flatMap((record) => ("problem" in record ? [String(record.problem)] : [])),
    watermark: batches.at(-1)?.watermark ?? watermark,
  };
}
