import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { InputError } from "../../pipeline/errors.ts";
import { sliceCodePoints } from "../../pipeline/text/code-points.ts";
import type { Taxonomy } from "../taxonomy.ts";
import { plainText } from "./plain-text.ts";
import { readDataSet } from "./read-data-set.ts";
import { READING, readRows, topicList } from "./read-rows.ts";
import type { LabelledSegment } from "./shipped-data.ts";

/** The public data sets whose segments were labelled by reading them. */
export const REAL_SETS = ["hokuriku-voices", "quasi-reviews"];

/** A voice and a place in it: start, end, and the first 8 hex digits of the words' sha256. */
const PLACE = [
  z.string().min(1),
  z.coerce.number().int().nonnegative(),
  z.coerce.number().int().positive(),
  z.string().regex(/^[0-9a-f]{8}$/),
] as const;
const LabelledRow = z.tuple([...PLACE, ...READING]);

const Voice = z.object({ id: z.string(), text: z.string() });

export type RealData = {
  /** `models/examples`. */
  readonly examples: string;
  /** Folder of the data sets. */
  readonly data: string;
  /** Ids of voices that are measured on. */
  readonly tested: ReadonlySet<string>;
  readonly taxonomies: readonly Taxonomy[];
};

/**
 * Reads `real-*.tsv`, a place and its labels, and `heads-real-<taxonomy>.tsv`, a place and its topics. The words are not
 * ours to keep here, so they are cut from the data sets.
 *
 * @throws InputError naming the first line that is broken or whose words the data does not have
 */
export function readRealSegments({
  examples,
  data,
  tested,
  taxonomies,
}: RealData): LabelledSegment[] {
  const rows = REAL_SETS.flatMap((name) => readDataSet(join(data, `${name}.jsonl.gz`), Voice));
  const texts = new Map(rows.map(({ id, text }) => [id, plainText(text)]));
  const cut = (at: string, [id, start, end, digest]: z.infer<z.ZodTuple<typeof PLACE>>) => {
    const text = sliceCodePoints(texts.get(id) ?? "", start, end);
    if (createHash("sha256").update(text).digest("hex").slice(0, digest.length) === digest) {
      return text;
    }
    throw new InputError(`${at} ${id} のその位置の言葉がデータと違います。`);
  };
  return readdirSync(examples)
    .sort()
    .flatMap((file): LabelledSegment[] => {
      const path = join(examples, file);
      if (/^real-.*\.tsv$/.test(file)) {
        return readRows(path, LabelledRow).flatMap(({ at, row }) => {
          // Harm is in one of a thousand: so rare that it would only teach to say no.
          const [id, start, end, digest, sentiment, kind, emotions, level] = row;
          if (tested.has(id)) return [];
          const text = cut(at, [id, start, end, digest]);
          const group = `${file} ${id}`;
          return [{ text, sentiment, kind, emotions, intensity: Number(level), group }];
        });
      }
      const taxonomy = taxonomies.find(({ name }) => file === `heads-real-${name}.tsv`);
      if (taxonomy === undefined) return [];
      const row = z.tuple([...PLACE, topicList(taxonomy.leaves.map(({ id }) => id))]);
      return readRows(path, row).flatMap(({ at, row }) => {
        const [id, start, end, digest, topics] = row;
        if (tested.has(id)) return [];
        const text = cut(at, [id, start, end, digest]);
        return [{ text, topics, taxonomy: taxonomy.name, group: `${file} ${id}` }];
      });
    });
}
