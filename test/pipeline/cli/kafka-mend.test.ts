import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withAdmin } from "../../../pipeline/streams/kafka-admin.ts";
import { exactRowsOfHome } from "../../support/home-rows.ts";
import { countRecords } from "../../support/kafka/read-stream.ts";
import { kafkaSettings } from "../../support/kafka/sample-records.ts";
import { TinyKafkaHome } from "../../support/kafka/tiny-kafka-home.ts";
import { describeWithKafka } from "../../support/kafka.ts";
import { sharedFolder } from "../../support/temp-folder.ts";
import { otherEncoder } from "../../support/tiny-models.ts";

const MINUTES = 60_000;

/** Two of each three have no date in the first column of dates. */
const ROWS = ["2025/7/28,2025/7/27,味が良い", "不明,2025/7/28,袋が悪い", "不明,2025/7/29,味が悪い"];

describeWithKafka("what mends, on a real broker", { secure: false }, (broker) => {
  const folder = sharedFolder();
  const settings = () => kafkaSettings({ brokers: broker.brokers });
  const open = () => new TinyKafkaHome(folder, broker.brokers);

  const embeddedBytes = (home: string) =>
    readdirSync(join(home, "log"), { recursive: true, encoding: "utf8" })
      .map((name) => [name, statSync(join(home, "log", name)).size])
      .sort();

  test(
    "a retry reads what came before Kafka and what came by it, through workers, and again brings nothing",
    async () => {
      const kizuki = open();
      kizuki.describeTopic("taste", "味");
      kizuki.describeDesk("受付日");
      kizuki.configure({ kafka: false });
      const head = "受付日,入力日,ご意見";
      const before = kizuki.file("before.csv", [head, ...ROWS]);
      const after = kizuki.file("after.csv", [
        head,
        ...ROWS.map((row) => `${row}です`),
        "不明,合計,3",
      ]);
      (await kizuki.run("import", before, "--source", "desk", "--json")).json();
      kizuki.configure({ kafka: true });
      expect((await kizuki.run("streams", "ensure")).code).toBe(0);
      const worker = kizuki.startWorker();
      const imported = await kizuki.run("import", after, "--source", "desk", "--json");
      expect(imported.json()).toMatchObject({ files: [{ rows: 4, voices: 1, deadLetters: 3 }] });
      const embedded = embeddedBytes(kizuki.home);
      kizuki.describeDesk("入力日");
      const retried = await kizuki.run("dead", "retry", "--all", "--json");
      expect(retried.json()).toMatchObject({ read: 4, failed: [{ tries: 2 }], untried: [] });
      const again = await kizuki.run("dead", "retry", "--all", "--json");
      expect(again.json()).toMatchObject({ read: 0, failed: [{ tries: 3 }], untried: [] });
      expect(await countRecords(settings(), "voc.raw")).toBe(4 + 5 + 1);
      expect(
        await kizuki.rows(
          "select file, records::int, voices::int, dead_letters::int from origins order by file",
        ),
      ).toEqual([
        ["after.csv", 4, 3, 1],
        ["before.csv", 3, 3, 0],
      ]);
      expect(embeddedBytes(kizuki.home)).toEqual(embedded);
      worker.kill("SIGTERM");
      expect((await worker.ended).code).toBe(0);
    },
    10 * MINUTES,
  );

  test(
    "reclassify and reencode write to voc.enriched and nothing to the embedded log, and read what they wrote",
    async () => {
      const kizuki = open();
      const embedded = embeddedBytes(kizuki.home);
      kizuki.describeTopic("bag", "袋");
      expect((await kizuki.run("reclassify", "--json")).json()).toMatchObject({
        taxonomies: [{ segments: 6, changed: 6 }],
      });
      expect(await kizuki.rows("select distinct topic from segment_topics")).toEqual([["bag"]]);
      kizuki.configure({ kafka: true, encoder: otherEncoder(join(folder, "other")) });
      const encoded = await kizuki.run("reencode", "--json");
      expect(encoded.json()).toMatchObject({ voices: 6, failed: 0 });
      expect((await kizuki.run("status", "--json")).json()).toMatchObject({ otherVectors: 0 });
      expect(embeddedBytes(kizuki.home)).toEqual(embedded);
    },
    10 * MINUTES,
  );

  test(
    "a rebuild gives every row and frozen report again, from the embedded logs and from Kafka",
    async () => {
      const kizuki = open();
      const frozen = await kizuki.run("report", "weekly", "--period", "2025-W31", "--json");
      expect(frozen.json()).toMatchObject({ revision: 1, wasFrozen: false });
      const said = ["--author", "林", "--because", "合計の行"];
      expect((await kizuki.run("dead", "discard", "--all", ...said)).stdout).toContain("1 件");
      const before = await exactRowsOfHome(kizuki.home);
      const cluster = await kizuki.rows("from kafka_cluster");
      const rebuilt = await kizuki.run("rebuild", "--json");
      expect(rebuilt.json()).toMatchObject({ counts: { voices: 6, dead_letters: 0, reports: 1 } });
      expect(await exactRowsOfHome(kizuki.home)).toEqual(before);
      expect(await kizuki.rows("from kafka_cluster")).toEqual(cluster);
      rmSync(join(kizuki.home, "warehouse.duckdb"));
      expect((await kizuki.run("rebuild", "--discard-old")).code).toBe(0);
      expect(await exactRowsOfHome(kizuki.home)).toEqual(before);
      const again = await kizuki.run("report", "weekly", "--period", "2025-W31", "--json");
      expect(again.json()).toMatchObject({ revision: 1, wasFrozen: true });
    },
    10 * MINUTES,
  );

  test(
    "where retention took records, or this is another Kafka, a rebuild stops and says what to do",
    async () => {
      const kizuki = open();
      const before = await exactRowsOfHome(kizuki.home);
      await withAdmin(settings(), "", async (admin) => {
        const offsets = await admin.fetchTopicOffsets("voc.enriched");
        const [full] = offsets.filter(({ high }) => Number(high) > 1);
        if (full === undefined) throw new Error("no partition has two records");
        const partitions = [{ partition: full.partition, offset: "1" }];
        await admin.deleteTopicRecords({ topic: "voc.enriched", partitions });
      });
      const short = await kizuki.run("rebuild");
      expect(short.code).toBe(7);
      expect(short.stderr).toMatch(
        /voc\.enriched-\d の最初の 1 件が、もう残っていません.*控えの warehouse\.duckdb/s,
      );
      expect(await exactRowsOfHome(kizuki.home)).toEqual(before);
      await kizuki.rows("update kafka_cluster set cluster_id = 'another'");
      const other = await kizuki.run("rebuild");
      expect(other.stderr).toMatch(/別の Kafka につながっています（.+、期待 another）/);
      rmSync(join(kizuki.home, "warehouse.duckdb"));
      expect((await kizuki.run("rebuild")).code).toBe(7);
      expect((await kizuki.run("streams", "accept")).stdout).toMatch(/voc\.enriched-\d: 0 → 1/);
      expect((await kizuki.run("status", "--json")).json()).toMatchObject({ pending: 0 });
    },
    10 * MINUTES,
  );
});
