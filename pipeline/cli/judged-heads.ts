import { headVersion } from "../../models/find-head.ts";
import { HEAD_NAMES } from "../../models/head-choice.ts";
import { findTaxonomy } from "../../models/load-classifier.ts";
import { KIND_WORDS, SENTIMENT_WORDS } from "../../reports/words.ts";
import { versionPlace } from "../calibration.ts";
import { InputError } from "../errors.ts";
import type { Home } from "../home.ts";
import { type TopicsOfHome, topicWord } from "./tag-labels.ts";

const WORDS: Readonly<Record<string, string>> = {
  sentiment: "感情",
  kind: "声の種類",
  emotion: "感情の名前",
  intensity: "気持ちの強さ",
  harm: "お体への害",
};

/** What a head's tags are called: 感情の名前, 話題（food-maker）. */
export function headWord(head: string): string {
  return WORDS[head] ?? `話題（${head}）`;
}

/** Every head in use that gives tags, with its version, in the order that people are told them in. */
export function headsInUse({ config }: Pick<Home, "config">) {
  const place = versionPlace(config);
  const taxonomies = config.taxonomies.map((choice) => findTaxonomy(choice).name);
  return new Map(
    [...HEAD_NAMES, ...taxonomies].flatMap((head) => {
      const version = headVersion(head, place);
      return version === undefined ? [] : [[head, version] as const];
    }),
  );
}

/** @throws InputError naming those that there are */
export function versionOf(heads: ReadonlyMap<string, string>, head: string): string {
  const version = heads.get(head);
  if (version !== undefined) return version;
  const known = [...heads.keys()].map((name) => `${name}（${headWord(name)}）`);
  throw new InputError(`分類器（--head） … 読んだもの: ${head}、期待: ${known.join("、")}。`);
}

/** A tag as reports print it. */
export function tagWord(topics: TopicsOfHome, head: string, label: string): string {
  const words: Readonly<Record<string, string>> = { ...SENTIMENT_WORDS, ...KIND_WORDS };
  if (head === "sentiment" || head === "kind") return words[label] ?? label;
  if (head === "emotion") return label;
  if (head === "intensity") return `強さ ${label}（0 なし 〜 3 きわめて強い）`;
  return head === "harm" ? headWord(head) : topicWord(topics, head, label);
}
