import { findTaxonomy } from "../../models/load-classifier.ts";
import { fullLabel } from "../../reports/topic-table.ts";
import { KIND_WORDS, SENTIMENT_WORDS } from "../../reports/words.ts";
import { InputError } from "../errors.ts";
import type { Home } from "../home.ts";
import { TopicRow } from "../schema/action.ts";
import { Kind, Sentiment } from "../schema/enriched-record.ts";
import { query } from "../warehouse/query.ts";

/** Topics by taxonomy, in the order of the config. */
export type TopicsOfHome = ReadonlyMap<string, readonly TopicRow[]>;

export async function readTopics({ config, warehouse }: Home): Promise<TopicsOfHome> {
  const names = config.taxonomies.map((choice) => findTaxonomy(choice).name);
  const rows = await Promise.all(
    names.map((taxonomy) => query(warehouse.reader, "load/topics_of.sql", { taxonomy }, TopicRow)),
  );
  return new Map(names.map((name, index) => [name, rows[index] ?? []]));
}

/** As reports call it; its id and a note where the taxonomy has it no more. */
export function topicWord(topics: TopicsOfHome, taxonomy: string, topic: string): string {
  const row = topics.get(taxonomy)?.find((one) => one.topic === topic);
  return row === undefined ? `${topic}（いまの話題の表にありません）` : fullLabel(row);
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
  const found = schema.options.find((label) => label === said || words[label] === said);
  if (found !== undefined) return found;
  const choices = schema.options.map((label) => `${words[label]}（${label}）`).join("、");
  throw new InputError(`${what} … 読んだもの: ${said}、期待: ${choices}`);
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
    if (without.includes(taxonomy)) {
      throw new InputError(
        `${taxonomy} の話題はない（--no-topics）と言いながら、話題「${each}」（--topic）を付けることはできません。`,
      );
    }
    found.set(taxonomy, [...new Set([...(found.get(taxonomy) ?? []), topic])]);
  }
  return [...found].map(([taxonomy, topics]) => ({ taxonomy, topics }));
}

function knownTaxonomy(topics: TopicsOfHome, name: string): string {
  if (topics.has(name)) return name;
  const choices = [...topics.keys()].join("、");
  throw new InputError(`話題の分類（--no-topics） … 読んだもの: ${name}、期待: ${choices}`);
}

function topicOf(topics: TopicsOfHome, said: string): TopicRow {
  const all = [...topics.values()].flat();
  const found = all.filter((row) =>
    [row.topic, row.label, fullLabel(row), `${row.taxonomy}/${row.topic}`].includes(said),
  );
  const [one, another] = found;
  if (one !== undefined && another === undefined) return one;
  const lines = (found.length > 0 ? found : all).map(
    (row) => `  ${fullLabel(row)}  ${row.taxonomy}/${row.topic}`,
  );
  const why = one === undefined ? "ありません" : "いくつもあります。右の書き方で指定してください";
  throw new InputError(`話題「${said}」は${why}。\n${lines.join("\n")}`);
}
