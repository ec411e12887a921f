import { z } from "zod";
import { findTaxonomy } from "../../models/load-classifier.ts";
import { fullLabel } from "../../reports/topic-table.ts";
import { KIND_WORDS, SENTIMENT_WORDS } from "../../reports/words.ts";
import { InputError } from "../errors.ts";
import type { Home } from "../home.ts";
import { Kind, Sentiment } from "../schema/enriched-record.ts";
import { TopicRow } from "../schema/taxonomy-actions.ts";
import { query } from "../warehouse/query.ts";
import type { HomeCommand } from "./home-command.ts";
import { nearestTopics } from "./nearest-topics.ts";
import { folded } from "./tag-options.ts";

/** Topics by taxonomy, in the order of the config. */
export type TopicsOfHome = ReadonlyMap<string, readonly TopicRow[]>;

export async function readTopics({ config, warehouse }: Home): Promise<TopicsOfHome> {
  const names = config.taxonomies.map((choice) => findTaxonomy(choice).name);
  const rows = await Promise.all(
    names.map((taxonomy) => query(warehouse.reader, "load/topics_of.sql", { taxonomy }, TopicRow)),
  );
  return new Map(names.map((name, index) => [name, rows[index] ?? []]));
}

const LabelsOptions = z.strictObject({});
const Labels = z.array(TopicRow);

export const tagLabelsCommand: HomeCommand<typeof LabelsOptions, typeof Labels> = {
  name: "tag labels",
  Options: LabelsOptions,
  Result: Labels,
  run: async (home) => [...(await readTopics(home)).values()].flat(),
};

/** A line each: as `tag fix --topic` takes it, its id, and how grave it is. */
export function labelsText(rows: readonly TopicRow[]): string {
  return rows.map((row) => `${topicLine(row)}  深刻度 ${row.severity}`).join("\n");
}

function topicLine(row: TopicRow): string {
  return `  ${fullLabel(row)}  ${row.taxonomy}/${row.topic}`;
}

/** As reports call it; its id and a note where the taxonomy has it no more. */
export function topicWord(topics: TopicsOfHome, taxonomy: string, topic: string): string {
  const row = topics.get(taxonomy)?.find((one) => one.topic === topic);
  return row === undefined ? `${topic}（いまの話題の表にありません）` : fullLabel(row);
}

/** What the topics of a taxonomy are called; it is named where there is another. */
export function topicsWord(topics: TopicsOfHome, taxonomy: string): string {
  return topics.size === 1 ? "話題" : `話題（${taxonomy}）`;
}

export function sentimentOf(said: string): Sentiment {
  return labelOf(said, "感情（--sentiment）", { schema: Sentiment, words: SENTIMENT_WORDS });
}

export function kindOf(said: string): Kind {
  return labelOf(said, "声の種類（--kind）", { schema: Kind, words: KIND_WORDS });
}

function labelOf<Label extends string>(
  said: string,
  what: string,
  {
    schema,
    words,
  }: { schema: { options: readonly Label[] }; words: Readonly<Record<Label, string>> },
): Label {
  const asked = folded(said);
  const found = schema.options.find((label) => label === asked || words[label] === asked);
  if (found !== undefined) return found;
  const choices = schema.options.map((label) => `${words[label]}（${label}）`).join("、");
  throw new InputError(`${what} … 読んだもの: ${said}、期待: ${choices}。`);
}

/**
 * @param said labels as reports show them, ids, or a taxonomy, a slash and an id
 * @param without names of taxonomies of which no topic fits
 * @returns all that is said of each taxonomy
 */
export function topicsOf(
  topics: TopicsOfHome,
  said: readonly string[],
  without: readonly string[],
): { taxonomy: string; topics: string[] }[] {
  const found = new Map<string, string[]>(without.map((name) => [knownTaxonomy(topics, name), []]));
  for (const each of said) {
    const { taxonomy, topic } = topicOf(topics, each);
    if (without.some((name) => folded(name) === taxonomy)) {
      throw new InputError(
        `${taxonomy} の話題はない（--no-topics）と言いながら、話題「${each}」（--topic）を付けることはできません。`,
      );
    }
    found.set(taxonomy, [...new Set([...(found.get(taxonomy) ?? []), topic])]);
  }
  return [...found].map(([taxonomy, topics]) => ({ taxonomy, topics }));
}

function knownTaxonomy(topics: TopicsOfHome, name: string): string {
  if (topics.has(folded(name))) return folded(name);
  const choices = [...topics.keys()].join("、");
  throw new InputError(`話題の分類（--no-topics） … 読んだもの: ${name}、期待: ${choices}。`);
}

function topicOf(topics: TopicsOfHome, said: string): TopicRow {
  const all = [...topics.values()].flat();
  const asked = folded(said);
  const found = all.filter((row) =>
    [row.topic, row.label, fullLabel(row), `${row.taxonomy}/${row.topic}`].some(
      (name) => folded(name) === asked,
    ),
  );
  const [one, another] = found;
  if (one !== undefined && another === undefined) return one;
  const choices = one === undefined ? nearestTopics(all, asked) : found;
  const why =
    one === undefined
      ? `ありません。${choices.length === 0 ? "" : "近いもの:"}`
      : "いくつもあります。右の書き方で指定してください:";
  throw new InputError(
    [`話題「${said}」は${why}`, ...choices.map(topicLine), "話題の一覧: kizuki tag labels"].join(
      "\n",
    ),
  );
}
