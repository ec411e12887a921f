import { existsSync } from "node:fs";
import type { Config } from "../../config.ts";
import { InputError } from "../../errors.ts";
import type { Encoding } from "../encoding/encoding.ts";
import type { RecordSource } from "../record-source.ts";
import { loadSource, type SourceDescription } from "../source.ts";
import { Sample } from "../table/sample.ts";
import { rowsOf, type SourceRecord } from "../table/split-records.ts";
import { quotePath } from "./quote-path.ts";

export type ConfiguredSource = {
  /** What the config calls it, as `--source` does. */
  readonly key: string;
  readonly source: SourceDescription;
};

/** One that is not written yet keeps no file of another from its turn. @returns what is there, and what is not, in words */
export async function readConfigured({
  sources,
}: Pick<Config, "sources">): Promise<{ found: ConfiguredSource[]; missing: string[] }> {
  const entries = Object.entries(sources);
  const there = entries.filter(([, path]) => existsSync(path));
  const missing = entries
    .filter(([, path]) => !existsSync(path))
    .map(([key, path]) => `kizuki.yaml の取り込み元「${key}」の説明がありません（${path}）`);
  const load = async ([key, path]: [string, string]) => ({ key, source: await loadSource(path) });
  return { found: await Promise.all(there.map(load)), missing };
}

/**
 * The source whose header the records have; headers in another order are the same.
 *
 * @throws InputError where there are two: only a person can tell, and a guess would count its voices under a third name
 */
export function sourceOfHeader(
  { path, label }: Pick<RecordSource, "path" | "label">,
  first: readonly SourceRecord[],
  {
    configured,
    encoding,
  }: {
    readonly configured: readonly ConfiguredSource[];
    readonly encoding: Encoding | undefined;
  },
): SourceDescription | undefined {
  const rows = rowsOf(first);
  const spelled = (header: readonly string[]) => JSON.stringify([...header].sort());
  const seen = spelled(new Sample(rows).columns);
  const same = configured.filter(({ source: { header } }) => header && spelled(header) === seen);
  if (same.length < 2) return same[0]?.source;
  const names = same.map(({ key }) => `「${key}」`).join("");
  throw new InputError(
    [
      `${label}: 見出しが同じ取り込み元が kizuki.yaml に ${same.length} 件あり（${names}）、どれのファイルか決められません。どれかを打ってください:`,
      ...importCommands(path, same, encoding),
    ].join("\n"),
  );
}

/** @returns the command that reads the file by each of the sources */
export function importCommands(
  path: string,
  sources: readonly ConfiguredSource[],
  encoding: Encoding | undefined,
): string[] {
  const command = `kizuki import ${quotePath(path)}${encoding === undefined ? "" : ` --encoding ${encoding}`}`;
  return sources.map(({ key }) => `${command} --source ${quotePath(key)}`);
}
