import { z } from "zod";
import { base } from "./action-base.ts";

/** Columns of the table `topics`. */
export const TopicRow = z.strictObject({
  taxonomy: z.string(),
  topic: z.string(),
  label: z.string(),
  parent: z.string(),
  parent_label: z.string(),
  severity: z.number().int(),
  position: z.number().int(),
  description: z.string(),
});
export type TopicRow = z.infer<typeof TopicRow>;

/** The config names a taxonomy that the warehouse does not describe so yet; its topics replace the ones before. */
export const TaxonomyDescribed = z.strictObject({
  ...base,
  type: z.literal("taxonomy-described"),
  taxonomy: z.string(),
  topics: z.array(TopicRow),
});

export type TaxonomyDescribed = z.infer<typeof TaxonomyDescribed>;
