import { z } from "zod";
import type { Taxonomy } from "../models/taxonomy.ts";
import { ConfigError } from "./errors.ts";

const day = z.iso.date("2026-01-05 のような日付");

/** Something that happened and that a reader of a trend should know: a launch, a recall, a campaign. */
export const Annotation = z
  .strictObject({
    date: day.optional(),
    from: day.optional(),
    /** The last day. */
    to: day.optional(),
    label: z.string().trim().min(1, "できごとの名前").max(20, "20 文字まで"),
    product: z.string().trim().min(1).max(60).optional(),
    /** Id of a topic of one of the taxonomies; see `refuseUnknownTopics`. */
    topic: z.string().trim().min(1).max(60).optional(),
  })
  .transform(({ date, from = date, to = date ?? from, label, product, topic }, context) => {
    if (
      from === undefined ||
      to === undefined ||
      to < from ||
      (date !== undefined && from !== date)
    ) {
      context.addIssue({
        code: "custom",
        message: "date、または from と to（to は最後の日で、from より前でないこと）",
      });
      return z.NEVER;
    }
    return { from, to, label, product: product ?? null, topic: topic ?? null };
  });
export type Annotation = z.infer<typeof Annotation>;

/** A slip in an id would stand in every report as it was written. @throws ConfigError with the topics there are */
export function refuseUnknownTopics(
  annotations: readonly Annotation[],
  taxonomies: readonly Taxonomy[],
): void {
  const leaves = taxonomies.flatMap(({ leaves }) => leaves);
  const known = new Set(leaves.map(({ id }) => id));
  const unknown = annotations.find(({ topic }) => topic !== null && !known.has(topic));
  if (unknown === undefined) return;
  const expected = leaves.map(({ id, label }) => `  ${id}（${label}）`).join("\n");
  throw new ConfigError(
    `kizuki.yaml の annotations「${unknown.label}」の topic がわかりません。読んだもの: ${unknown.topic}、期待: 次のどれか。\n${expected}`,
  );
}
