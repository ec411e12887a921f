import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { InputError } from "../pipeline/errors.ts";
import { HARM } from "./bodily-harm.ts";
import { makeSegmentClassifier, type SegmentClassifier } from "./classify-segment.ts";
import { type EncoderChoice, readEncoderFolder, shippedNameOf } from "./encoder-folder.ts";
import { findHead, type HeadPlace, requireHead, shippedTopicHead } from "./find-head.ts";
import type { HeadChoice } from "./head-choice.ts";
import { isYamlFile } from "./read-yaml.ts";
import { isGrave, loadTaxonomy, type Taxonomy } from "./taxonomy.ts";
import type { Labeller } from "./text-model.ts";

const TAXONOMIES = fileURLToPath(new URL("./taxonomies/", import.meta.url));

export type ClassifierChoice = {
  readonly encoder: EncoderChoice;
  /** Names of bundled taxonomies or paths of YAML files. */
  readonly taxonomies: readonly string[];
  /** Heads of one's own, by name: sentiment, kind, emotion, intensity, harm, or a taxonomy's. */
  readonly heads: Readonly<Record<string, HeadChoice>>;
  /** What a desk's judgements move a head's confidences by, by the same names. */
  readonly offsets?: Readonly<Record<string, number>> | undefined;
};

/** @throws ModelError when a head is missing, changed or of another encoder */
export async function loadClassifier(choice: ClassifierChoice): Promise<SegmentClassifier> {
  const { encoder, ...heads } = choice;
  const place = { ...heads, encoder: readEncoderFolder(encoder) };
  const topics = choice.taxonomies.map(findTaxonomy).map(async (taxonomy) => {
    // A taxonomy of one's own works by its rules until a head is trained for it.
    const head = await findHead(taxonomy.name, place, shippedTopicHead(taxonomy.name));
    const kept = taxonomy.leaves.filter(isGrave).map(({ id }) => id);
    return head === undefined ? { taxonomy } : { taxonomy, head: { ...head, kept } };
  });
  const harm = await findOptionalHead("harm", place);
  return makeSegmentClassifier({
    sentiment: await requireHead("sentiment", place),
    kind: await requireHead("kind", place),
    emotion: await findOptionalHead("emotion", place),
    intensity: await findOptionalHead("intensity", place),
    harm: harm && { ...harm, kept: [HARM] },
    topics: await Promise.all(topics),
  });
}

/** What every shipped encoder has beside sentiment and kind. An encoder of one's own may lack them. */
const SHIPPED_HEADS: readonly string[] = ["emotion", "intensity", "harm"];

async function findOptionalHead(name: string, place: HeadPlace): Promise<Labeller | undefined> {
  const isShipped = SHIPPED_HEADS.includes(name) && shippedNameOf(place.encoder) !== undefined;
  return isShipped ? await requireHead(name, place) : await findHead(name, place);
}

/** @param nameOrPath "food-maker", or the path of a YAML file */
export function findTaxonomy(nameOrPath: string): Taxonomy {
  if (isYamlFile(nameOrPath)) return loadTaxonomy(nameOrPath);
  const path = `${TAXONOMIES}${nameOrPath}.yaml`;
  if (!/^[a-z0-9-]+$/.test(nameOrPath) || !existsSync(path)) {
    throw new InputError(
      `話題の分類「${nameOrPath}」がありません。期待: food-maker、tourism、または YAML ファイルのパス（.yaml か .yml で終わるもの）。`,
    );
  }
  return loadTaxonomy(path);
}
