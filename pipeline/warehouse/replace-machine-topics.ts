import { listValue } from "@duckdb/node-api";
import type { TopicTag } from "../schema/enriched-record.ts";
import { appendRows, uuid } from "./append-rows.ts";
import type { Warehouse } from "./open-warehouse.ts";
import { execute } from "./query.ts";

type TaggedSegment = {
  readonly segment: { readonly segment_id: number; readonly voice_id: string };
  readonly topics: readonly TopicTag[];
};

/** Exchanges the machine-set tags of a taxonomy, on all segments with a vector of the encoder, in one transaction. */
export async function replaceMachineTopics(
  warehouse: Warehouse,
  replacement: {
    readonly taxonomy: string;
    /** Id of the encoder; the pages are its segments. */
    readonly encoder: string;
    readonly epoch: number;
    readonly pages: AsyncIterable<readonly TaggedSegment[]>;
  },
): Promise<void> {
  const { taxonomy, encoder, epoch, pages } = replacement;
  await warehouse.transaction(async () => {
    await execute(warehouse.connection, "load/clear_machine_topics.sql", { taxonomy, encoder });
    for await (const page of pages) {
      const rows = page.flatMap(({ segment, topics }) =>
        topics.map((tag) => [
          BigInt(segment.segment_id),
          uuid(segment.voice_id),
          tag.taxonomy,
          tag.topic,
          tag.confidence,
          tag.by,
          listValue(tag.why),
          epoch,
        ]),
      );
      await appendRows(warehouse.connection, "segment_topics", rows);
    }
  });
}
