import { type HeadPlace, topicLabels } from "./find-head.ts";
import { findTaxonomy } from "./load-classifier.ts";
import type { Leaf } from "./taxonomy.ts";

/** Topics named in one line. */
const NAMED = 8;

export type SilentTopics = {
  /** Name of a bundled taxonomy or path of a YAML file. */
  readonly taxonomy: string;
  readonly topics: readonly Pick<Leaf, "id" | "label">[];
};

/**
 * Finds topics that no segment can get: neither `rules` nor `words` of their own, and no label of the head in use.
 *
 * @param taxonomies names of bundled taxonomies or paths of YAML files
 * @returns one for each taxonomy that has such topics
 * @throws InputError where a taxonomy cannot be read, ModelError where a head cannot
 */
export function findSilentTopics(taxonomies: readonly string[], place: HeadPlace): SilentTopics[] {
  return taxonomies.flatMap((taxonomy) => {
    const { name, leaves } = findTaxonomy(taxonomy);
    const labels = new Set(topicLabels(name, place));
    const topics = leaves.filter(
      ({ id, rules, words }) => rules.length + words.rules.length === 0 && !labels.has(id),
    );
    return topics.length === 0 ? [] : [{ taxonomy, topics }];
  });
}

/** A line for staff: which topics, why, and what to write. */
export function silentTopicsNote({ taxonomy, topics }: SilentTopics): string {
  const named = topics.slice(0, NAMED).map(({ id, label }) => `${label}（${id}）`);
  const others = topics.length > NAMED ? `、ほか ${topics.length - NAMED} 件` : "";
  return `話題の分類 ${taxonomy} … どの文にも付かない話題が ${topics.length} 件あります: ${named.join("、")}${others}。読んだもの: rules も words もなく、分類器のラベルにもない。期待: どれか一つ。書き方: docs/taxonomies.ja.md`;
}
