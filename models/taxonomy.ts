import { readFileSync } from "node:fs";
import { parseDocument } from "yaml";
import { z } from "zod";
import { InputError } from "../pipeline/errors.ts";
import { type WordRule, wordRule } from "./plain-words.ts";

const TopicId = z.string().regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/, "期待: 小文字、数字、ハイフン、点");

const LeafEntry = z.strictObject({
  id: TopicId,
  label: z.string().min(1),
  /** What belongs here, for people. */
  description: z.string().min(1).optional(),
  /** 0 (nice to know) to 5 (someone is hurt); inherited from the parent. */
  severity: z.number().int().min(0).max(5).optional(),
  /** Phrases that settle the topic wherever they occur, whatever the head says. */
  rules: z.array(z.string().min(1)).optional(),
  /**
   * What is told in plain words, see `findTold`: in each list of a list, base forms between blanks, one of which stands
   * in the text, in this order.
   */
  words: z.array(z.array(z.string().min(1)).min(2)).optional(),
  /**
   * Base forms between blanks: what is told to be in one of these is not meant, whatever head and words say, see
   * `isFoundElsewhere`; inherited from the parent.
   */
  elsewhere: z.string().min(1).optional(),
});

const ParentEntry = LeafEntry.omit({ description: true, rules: true, words: true }).extend({
  topics: z.array(LeafEntry).min(1),
});

const TaxonomyFile = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  label: z.string().min(1),
  version: z.number().int().positive(),
  topics: z.array(z.unknown()).min(1),
});

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
  readonly words: readonly WordRule[];
  readonly elsewhere: ReadonlySet<string>;
};

export type Taxonomy = {
  readonly name: string;
  readonly label: string;
  readonly version: number;
  readonly leaves: readonly Leaf[];
};

export function loadTaxonomy(path: string): Taxonomy {
  let yaml: string;
  try {
    yaml = readFileSync(path, "utf8");
  } catch (cause) {
    throw new InputError(`話題の分類 ${path} が読めません。期待: YAML ファイル。`, { cause });
  }
  return parseTaxonomy(yaml, path);
}

/** @throws InputError with every problem in the file, a line each */
export function parseTaxonomy(yaml: string, path: string): Taxonomy {
  const document = parseDocument(yaml);
  if (document.errors.length > 0) {
    throw new InputError(
      document.errors.map((error) => `${path}: YAML として読めません。${error.message}`).join("\n"),
    );
  }
  const value: unknown = document.toJS();
  const file = TaxonomyFile.safeParse(value);
  const topics = z.object({ topics: z.array(z.unknown()) }).safeParse(value);
  const entries = (topics.success ? topics.data.topics : []).map(readEntry);
  const problems = [
    ...(file.success ? [] : file.error.issues.map((issue) => problemOf([], issue))),
    ...entries.flatMap((entry) => entry.problems),
  ];
  const found = entries.flatMap((entry) => entry.found);
  problems.push(...duplicateProblems(found));
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
  readonly path: string;
  readonly leaf?: Omit<Leaf, "position">;
};

type EntryReading = { readonly problems: readonly string[]; readonly found: readonly Found[] };

function readEntry(entry: unknown, index: number): EntryReading {
  const at = ["topics", index];
  if (!hasTopics(entry)) {
    const leaf = LeafEntry.safeParse(entry);
    if (!leaf.success) return failed(at, leaf.error);
    return { problems: [], found: [leafOf(leaf.data, null, at)] };
  }
  const parent = ParentEntry.safeParse(entry);
  if (!parent.success) return failed(at, parent.error);
  const own = { id: parent.data.id, path: at.join(".") };
  const leaves = parent.data.topics.map((leaf, place) =>
    leafOf(leaf, parent.data, [...at, "topics", place]),
  );
  return { problems: [], found: [own, ...leaves] };
}

function hasTopics(entry: unknown): boolean {
  return typeof entry === "object" && entry !== null && "topics" in entry;
}

function failed(at: readonly (string | number)[], error: z.ZodError): EntryReading {
  return { problems: error.issues.map((issue) => problemOf(at, issue)), found: [] };
}

function leafOf(
  leaf: z.infer<typeof LeafEntry>,
  parent: z.infer<typeof ParentEntry> | null,
  at: readonly (string | number)[],
): Found {
  return {
    id: leaf.id,
    path: at.join("."),
    leaf: {
      id: leaf.id,
      label: leaf.label,
      description: leaf.description ?? "",
      severity: leaf.severity ?? parent?.severity ?? 0,
      parentId: parent?.id ?? null,
      parentLabel: parent?.label ?? null,
      rules: leaf.rules ?? [],
      words: (leaf.words ?? []).map(wordRule),
      elsewhere: new Set((leaf.elsewhere ?? parent?.elsewhere)?.split(" ")),
    },
  };
}

function problemOf(at: readonly (string | number)[], issue: z.core.$ZodIssue): string {
  const place = [...at, ...issue.path.map(String)].join(".") || "(全体)";
  const what =
    issue.code === "unrecognized_keys" ? `知らない項目: ${issue.keys.join("、")}` : issue.message;
  return `${place}: ${what}`;
}

function duplicateProblems(found: readonly Found[]): string[] {
  const first = new Map<string, string>();
  return found.flatMap(({ id, path }) => {
    const earlier = first.get(id);
    if (earlier === undefined) first.set(id, path);
    return earlier === undefined ? [] : [`${path}.id: 「${id}」は ${earlier} にもあります`];
  });
}
