import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { InputError } from "../pipeline/errors.ts";
import { HEAD_NAMES } from "./head-choice.ts";
import { type WordRules, wordRules } from "./plain-words.ts";
import { type Place, readYaml, type YamlIssue } from "./read-yaml.ts";

const TEXT = "文字列";
const Text = z.string(TEXT).min(1, "空でない文字列");
const TOPICS = "一つ以上の話題の一覧";
const NAME = "英小文字・数字・ハイフンの名前（jisha など）";
/** Judgements, offsets and the settings know a taxonomy's head by its name. */
const FREE_NAME = `分類器の名前（${HEAD_NAMES.join("、")}）でない名前`;
const VERSION = "1 以上の整数";
const TopicId = z
  .string(TEXT)
  .regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/, "英小文字・数字・ハイフン・点の記号（visit.parking など）");

const SEVERITY = "0 から 5 の整数";
const WORD_RULE =
  "二つ以上の並び（例: [虫 髪の毛, 入る 混じる]）。並びごとに一語ずつ、この順に出てくれば付きます。一語だけで決まるなら rules に書いてください";

const LeafEntry = z.strictObject(
  {
    id: TopicId,
    label: Text,
    /** What belongs here, for people. */
    description: Text.optional(),
    /** 0 (nice to know) to 5 (someone is hurt); inherited from the parent. */
    severity: z.int(SEVERITY).min(0, SEVERITY).max(5, SEVERITY).optional(),
    /** Phrases that settle the topic wherever they occur, whatever the head says. */
    rules: z.array(Text, "言い回しの一覧（例: [駐車場が遠い]）").optional(),
    /**
     * What is told in plain words, see `findTold`: in each list of a list, base forms between blanks, one of which stands
     * in the text, in this order.
     */
    words: z
      .array(z.array(Text, WORD_RULE).min(2, WORD_RULE), `一覧で、それぞれが${WORD_RULE}`)
      .optional(),
    /**
     * Base forms between blanks: what is told to be in one of these is not meant, whatever head and words say, see
     * `isFoundElsewhere`; inherited from the parent.
     */
    elsewhere: Text.optional(),
  },
  "id と label のある項目の組",
);

const ParentEntry = LeafEntry.omit({ description: true, rules: true, words: true }).extend({
  topics: z.array(LeafEntry, TOPICS).min(1, TOPICS),
});

const TaxonomyFile = z.strictObject(
  {
    name: z
      .string(NAME)
      .regex(/^[a-z0-9-]+$/, NAME)
      .refine((name) => !HEAD_NAMES.includes(name), FREE_NAME),
    label: Text,
    version: z.int(VERSION).positive(VERSION),
    topics: z.array(z.unknown(), TOPICS).min(1, TOPICS),
  },
  "name、label、version、topics の組",
);

/**
 * Of a topic where health may suffer (foreign matter, mould, allergens) or did: from here on one voice is told first, and no
 * desk's offset hides the topic.
 */
export const GRAVE_SEVERITY = 4;

/** A topic that segments are tagged with. */
export type Leaf = {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly severity: number;
  readonly parentId: string | null;
  readonly parentLabel: string | null;
  /** Order in the file, from 0. */
  readonly position: number;
  readonly rules: readonly string[];
  readonly words: WordRules;
  readonly elsewhere: ReadonlySet<string>;
};

export type Taxonomy = {
  readonly name: string;
  readonly label: string;
  readonly version: number;
  readonly leaves: readonly Leaf[];
};

export function isGrave({ severity }: Pick<Leaf, "severity">): boolean {
  return severity >= GRAVE_SEVERITY;
}

/** @param tags of one segment */
export function hasGrave(
  taxonomies: readonly Taxonomy[],
  tags: readonly { readonly taxonomy: string; readonly topic: string }[],
): boolean {
  return tags.some(({ taxonomy, topic }) =>
    taxonomies.some(
      ({ name, leaves }) =>
        name === taxonomy && leaves.some((leaf) => leaf.id === topic && isGrave(leaf)),
    ),
  );
}

export function loadTaxonomy(path: string): Taxonomy {
  let yaml: string;
  try {
    yaml = readFileSync(path, "utf8");
  } catch (cause) {
    const read = existsSync(path) ? "読めないファイル" : "なし（ファイルがありません）";
    throw new InputError(`話題の分類 ${path} … 読んだもの: ${read}、期待: YAML ファイル。`, {
      cause,
    });
  }
  return parseTaxonomy(yaml, path);
}

/** @throws InputError with every problem in the file, a line each */
export function parseTaxonomy(yaml: string, path: string): Taxonomy {
  const read = readYaml(yaml);
  const file = TaxonomyFile.safeParse(read.value);
  const topics = z.object({ topics: z.array(z.unknown()) }).safeParse(read.value);
  const entries = (topics.success ? topics.data.topics : []).map(readEntry);
  const found = entries.flatMap((entry) => entry.found);
  const issues = [
    ...(file.success ? [] : file.error.issues),
    ...entries.flatMap((entry) => entry.issues),
    ...duplicates(found),
  ];
  const problems = [...read.problems, ...(read.problems.length > 0 ? [] : read.describe(issues))];
  if (problems.length > 0 || !file.success) {
    throw new InputError(problems.map((problem) => `${path} ${problem}`).join("\n"));
  }
  const { name, label, version } = file.data;
  const leaves = found
    .flatMap(({ leaf }) => (leaf === undefined ? [] : [leaf]))
    .map((leaf, position) => ({ ...leaf, position }));
  return { name, label, version, leaves };
}

type Found = {
  readonly id: string;
  readonly at: Place;
  readonly leaf?: Omit<Leaf, "position">;
};

type EntryReading = { readonly issues: readonly YamlIssue[]; readonly found: readonly Found[] };

function readEntry(entry: unknown, index: number): EntryReading {
  const at = ["topics", index];
  if (!hasTopics(entry)) {
    const leaf = LeafEntry.safeParse(entry);
    if (!leaf.success) return failed(at, leaf.error);
    return { issues: [], found: [leafOf(leaf.data, null, at)] };
  }
  const parent = ParentEntry.safeParse(entry);
  if (!parent.success) return failed(at, parent.error);
  const own = { id: parent.data.id, at };
  const leaves = parent.data.topics.map((leaf, place) =>
    leafOf(leaf, parent.data, [...at, "topics", place]),
  );
  return { issues: [], found: [own, ...leaves] };
}

function hasTopics(entry: unknown): boolean {
  return typeof entry === "object" && entry !== null && "topics" in entry;
}

function failed(at: Place, { issues }: z.ZodError): EntryReading {
  return { issues: issues.map((issue) => ({ ...issue, path: [...at, ...issue.path] })), found: [] };
}

function leafOf(
  leaf: z.infer<typeof LeafEntry>,
  parent: z.infer<typeof ParentEntry> | null,
  at: Place,
): Found {
  return {
    id: leaf.id,
    at,
    leaf: {
      id: leaf.id,
      label: leaf.label,
      description: leaf.description ?? "",
      severity: leaf.severity ?? parent?.severity ?? 0,
      parentId: parent?.id ?? null,
      parentLabel: parent?.label ?? null,
      rules: leaf.rules ?? [],
      words: wordRules(leaf.words ?? []),
      elsewhere: new Set((leaf.elsewhere ?? parent?.elsewhere)?.match(/\S+/g)),
    },
  };
}

function duplicates(found: readonly Found[]): YamlIssue[] {
  const first = new Map<string, Place>();
  return found.flatMap(({ id, at }) => {
    const earlier = first.get(id);
    if (earlier === undefined) first.set(id, at);
    const message = `ほかの話題にない記号（${earlier?.join(".")} にもあります）`;
    return earlier === undefined ? [] : [{ path: [...at, "id"], message }];
  });
}
