import { LOADED_STREAMS, StreamLoader } from "./load-streams.ts";
import { surveyStreams } from "./streams/kafka-admin.ts";
import type { KafkaSettings } from "./streams/kafka-settings.ts";
import { StreamLossError } from "./streams/refuse-loss.ts";
import type { SealingKeys } from "./streams/seal-message.ts";
import type { LaterStreams } from "./warehouse/rebuild-warehouse.ts";

const KEPT =
  "いまのデータベースが使えるなら、そのまま使ってください。使えないなら、控えの warehouse.duckdb を戻してください（kizuki serve が続きを読みます）";
const BEGIN_ANEW =
  "控えもなければ、データベースのファイルをよそに移し、kizuki streams accept のあと kizuki serve を始めると、残っている記録だけから始まります";

/** Kafka's streams from their very beginnings, for a warehouse that is built anew; no group commits anything. */
export function replayKafka(settings: KafkaSettings, keys: SealingKeys): LaterStreams {
  return {
    async count(old) {
      const { clusterId, watermarks } = await surveyStreams(settings, LOADED_STREAMS);
      const offsets = old?.offsets ?? {};
      const problems = [...watermarks].flatMap(([place, { low, high }]) =>
        lossOf({ place, low, high, known: offsets[place] ?? 0 }),
      );
      if (old?.cluster !== undefined && old.cluster !== clusterId) {
        problems.unshift(
          `別の Kafka につながっています（読んだクラスタ ${clusterId}、期待 ${old.cluster}）。`,
        );
      }
      if (problems.length === 0) {
        return [...watermarks.values()].reduce((sum, { high }) => sum + high, 0);
      }
      throw new StreamLossError(
        `${problems.join("\n")}\n作り直すと声が失われるので、何も変えていません。${KEPT}。${BEGIN_ANEW}。`,
      );
    },
    async load(warehouse, loader, { advance, stage }) {
      // One after another: what people did about a dead letter comes behind it.
      for (const stream of LOADED_STREAMS) {
        const loading = await StreamLoader.start(settings, {
          warehouse,
          loader,
          keys,
          streams: [stream],
          advance(messages) {
            advance(messages);
            stage("rebuilding");
          },
        });
        try {
          await loading.caughtUp();
        } finally {
          await loading.close();
        }
      }
    },
  };
}

function lossOf({
  place,
  low,
  high,
  known,
}: {
  readonly place: string;
  readonly low: number;
  readonly high: number;
  /** Up to where a sound warehouse has read. */
  readonly known: number;
}): string[] {
  if (low > 0) {
    return [
      `${place} の最初の ${low} 件が、もう残っていません（保存期間が短いか、誰かが消しました）。`,
    ];
  }
  if (known <= high) return [];
  return [
    `${place} が作り直されています（いまのデータベースが読んだ位置 ${known}、ストリームの終わり ${high}）。`,
  ];
}
