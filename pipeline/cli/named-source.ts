import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { isYamlFile } from "../../models/read-yaml.ts";
import { UsageError } from "../errors.ts";
import type { Home } from "../home.ts";
import { loadSource, type SourceDescription } from "../intake/source.ts";
import type { CliContext } from "./context.ts";

/** `--source` is a name in the config, or the path of a YAML file. @returns a path made absolute, a name as it is */
export function resolveSource({ workingFolder }: CliContext, source: string): string {
  return isYamlFile(source) ? resolve(workingFolder, source) : source;
}

export async function findSource(
  home: Pick<Home, "config">,
  source: string | undefined,
): Promise<SourceDescription | undefined> {
  return source === undefined ? undefined : await namedSource(home, source);
}

/** @param source a name in the config, or a path */
export async function namedSource(
  { config }: Pick<Home, "config">,
  source: string,
): Promise<SourceDescription> {
  const configured = config.sources[source];
  if (configured !== undefined) return await loadSource(configured);
  if (existsSync(source)) return await loadSource(source);
  const names = Object.keys(config.sources);
  throw new UsageError(
    `--source ${source} がわかりません。期待: YAML ファイルのパス、または kizuki.yaml の sources にある名前（${names.join("、") || "まだありません"}）。`,
  );
}
