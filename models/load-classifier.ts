import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { InputError } from "../pipeline/errors.ts";
import { makeSegmentClassifier, type SegmentClassifier } from "./classify-segment.ts";
import { encoderId, readEncoderManifest } from "./encoder.ts";
import { loadHead } from "./head-folder.ts";
import { loadTaxonomy, type Taxonomy } from "./taxonomy.ts";

const HEADS = fileURLToPath(new URL("./heads/", import.meta.url));
const TAXONOMIES = fileURLToPath(new URL("./taxonomies/", import.meta.url));

export type ClassifierChoice = {
  /** Names of bundled taxonomies or paths of YAML files. */
  readonly taxonomies: readonly string[];
  /** Folder of a head of one's own, by taxonomy name. */
  readonly heads: Readonly<Record<string, string>>;
};

/** @throws ModelError when a head is missing, changed or of another encoder */
export function loadClassifier(choice: ClassifierChoice): SegmentClassifier {
  const encoder = encoderId(readEncoderManifest());
  return makeSegmentClassifier({
    sentiment: loadHead(`${HEADS}sentiment`, { encoder }),
    kind: loadHead(`${HEADS}kind`, { encoder }),
    topics: choice.taxonomies.map(findTaxonomy).map((taxonomy) => {
      const folder = choice.heads[taxonomy.name] ?? `${HEADS}topics-${taxonomy.name}`;
      // A taxonomy of one's own works by its rules until a head is trained for it.
      const hasHead = choice.heads[taxonomy.name] !== undefined || existsSync(folder);
      return hasHead ? { taxonomy, head: loadHead(folder, { encoder }) } : { taxonomy };
    }),
  });
}

/** @param nameOrPath "food-maker", or the path of a YAML file */
export function findTaxonomy(nameOrPath: string): Taxonomy {
  if (/\.ya?ml$/.test(nameOrPath)) return loadTaxonomy(nameOrPath);
  const path = `${TAXONOMIES}${nameOrPath}.yaml`;
  if (!/^[a-z0-9-]+$/.test(nameOrPath) || !existsSync(path)) {
    throw new InputError(
      `話題の分類「${nameOrPath}」がありません。期待: food-maker、tourism、または YAML ファイルのパス。`,
    );
  }
  return loadTaxonomy(path);
}
