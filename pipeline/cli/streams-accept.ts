import { ENRICH_GROUP } from "../enrich/enrich-stream.ts";
import { warehousePath } from "../home.ts";
import { LOADED_STREAMS } from "../load-streams.ts";
import { readCommitted, readWatermarks, withAdmin } from "../streams/kafka-admin.ts";
import type { KafkaSettings } from "../streams/kafka-settings.ts";
import { acceptLoss } from "../streams/refuse-loss.ts";
import { acceptPositions, readCluster, readPositions } from "../warehouse/kafka-positions.ts";
import { openWarehouse } from "../warehouse/open-warehouse.ts";
import { type CliContext, configOf } from "./context.ts";

type Positions = ReadonlyMap<string, number>;

/**
 * Goes on with the streams as they are, after a loss that a person has looked at. Where a stream was made anew, or this
 * is another Kafka, it is read from its beginning: what is known already is counted once.
 */
export async function acceptStreams(context: CliContext, kafka: KafkaSettings): Promise<void> {
  const warehouse = await openWarehouse(warehousePath(configOf(context).home));
  try {
    const known = await readPositions(warehouse);
    const cluster = await readCluster(warehouse);
    const lines = await withAdmin(kafka, "ストリームを調べられません", async (admin) => {
      const { clusterId } = await admin.describeCluster();
      const watermarks = await readWatermarks(admin, LOADED_STREAMS);
      const isOther = cluster !== undefined && cluster !== clusterId;
      const positions = acceptLoss(isOther ? new Map() : known, watermarks);
      await acceptPositions(warehouse, { clusterId, positions });
      const raw = await readWatermarks(admin, ["voc.raw"]);
      const committed = await readCommitted(admin, ENRICH_GROUP, ["voc.raw"]);
      const accepted = acceptLoss(committed, raw);
      const moved = movesOf(committed, accepted).filter(({ place }) => committed.has(place));
      for (const { place, to } of moved) {
        const partition = Number(place.slice("voc.raw-".length));
        await admin.setOffsets({
          groupId: ENRICH_GROUP,
          topic: "voc.raw",
          partitions: [{ partition, offset: String(to) }],
        });
      }
      return [
        ...(isOther ? [`クラスタ: ${cluster} → ${clusterId}`] : []),
        ...[...movesOf(known, positions), ...moved].map(
          ({ place, from, to }) => `${place}: ${from} → ${to}`,
        ),
      ];
    });
    await context.print(lines.length === 0 ? "失われたものはありません。" : lines.join("\n"));
  } finally {
    warehouse.close();
  }
}

function movesOf(known: Positions, accepted: Positions) {
  return [...accepted].flatMap(([place, to]) => {
    const from = known.get(place) ?? 0;
    return to === from ? [] : [{ place, from, to }];
  });
}
