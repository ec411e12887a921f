import { z } from "zod";
import { StreamLossError } from "../streams/refuse-loss.ts";
import { setLoadedOffsets } from "./loaded-offsets.ts";
import type { Warehouse } from "./open-warehouse.ts";
import { execute, query } from "./query.ts";

const PositionRow = z.strictObject({ stream: z.string(), next_offset: z.number() });
const ClusterRow = z.strictObject({ cluster_id: z.string() });

/** @returns the first offset that is not loaded, by place */
export async function readPositions({ connection }: Warehouse): Promise<Map<string, number>> {
  const rows = await query(connection, "load/offsets_of_kafka.sql", {}, PositionRow);
  return new Map(rows.map(({ stream, next_offset }) => [stream, next_offset]));
}

/** @returns undefined before the first start on Kafka */
export async function readCluster({
  connection,
}: Pick<Warehouse, "connection">): Promise<string | undefined> {
  const rows = await query(connection, "load/kafka_cluster.sql", {}, ClusterRow);
  return rows[0]?.cluster_id;
}

/**
 * Remembers which Kafka the offsets are of.
 *
 * @throws StreamLossError where they are another's: there the same numbers stand for other records
 */
export async function keepCluster(warehouse: Warehouse, clusterId: string): Promise<void> {
  const known = await readCluster(warehouse);
  if (known === clusterId) return;
  if (known !== undefined) {
    throw new StreamLossError(
      `別の Kafka につながっています（読んだクラスタ ${clusterId}、期待 ${known}）。kafka.brokers を確かめてください。引っ越したのなら、serve を止めたまま \`kizuki streams accept\` を実行してください（ストリームをはじめから読み直し、同じ声は一つに数えます）。`,
    );
  }
  await warehouse.transaction(() =>
    execute(warehouse.connection, "load/set_kafka_cluster.sql", { cluster_id: clusterId }),
  );
}

/** Goes on with another Kafka, or at other offsets: a person has said so. */
export async function acceptPositions(
  warehouse: Warehouse,
  accepted: { readonly clusterId: string; readonly positions: ReadonlyMap<string, number> },
): Promise<void> {
  const { connection } = warehouse;
  await warehouse.transaction(async () => {
    await execute(connection, "load/forget_kafka_cluster.sql");
    await execute(connection, "load/set_kafka_cluster.sql", { cluster_id: accepted.clusterId });
    await execute(connection, "load/forget_offsets_of_kafka.sql");
    await setLoadedOffsets(connection, accepted.positions);
  });
}
