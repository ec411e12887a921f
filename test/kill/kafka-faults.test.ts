import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { ENRICH_GROUP } from "../../pipeline/enrich/enrich-stream.ts";
import type { Home } from "../../pipeline/home.ts";
import { keysFromText } from "../../pipeline/keys.ts";
import type { RawRecord } from "../../pipeline/schema/raw-record.ts";
import { ensureStreams } from "../../pipeline/streams/ensure-streams.ts";
import { readCommitted, withAdmin } from "../../pipeline/streams/kafka-admin.ts";
import { makeKafkaClient } from "../../pipeline/streams/kafka-client.ts";
import { KafkaProducer } from "../../pipeline/streams/kafka-producer.ts";
import { revisionOf } from "../support/enriched-voice.ts";
import { openKafkaTestHome, startTestWorker } from "../support/kafka/kafka-home.ts";
import { countRecords } from "../support/kafka/read-stream.ts";
import { deadLetter, KEYS, kafkaSettings, rawRecord } from "../support/kafka/sample-records.ts";
import { describeWithKafka } from "../support/kafka.ts";
import { TEST_KEY } from "../support/run-kizuki.ts";
import { Supervised } from "../support/supervised.ts";
import { tempFolder } from "../support/temp-folder.ts";

const MINUTES = 60_000;
const MEGABYTE = 1024 * 1024;

function voiceAt(stream: string, offset: number, name: string, verbatim = name): RawRecord {
  const origin = { stream, source: "test", file: `${stream}.csv`, offset, row: offset + 2 };
  return { ...rawRecord(name, verbatim), origin };
}

describeWithKafka("faults on a real broker", { secure: false }, (broker) => {
  const settings = () => kafkaSettings({ brokers: broker.brokers });
  // One home for all of them, as it goes on.
  const folder = () => broker.folder;

  const open = async () => {
    await ensureStreams(settings(), { create: true });
    const home = await openKafkaTestHome(folder(), broker.brokers);
    onTestFinished(() => home.close().catch(() => undefined));
    return home;
  };
  const publish = async (records: readonly RawRecord[]) => {
    const producer = await KafkaProducer.connect(settings(), { keys: KEYS });
    await producer.publish("voc.raw", records);
    await producer.close();
  };
  const rowsOf = async (home: Home, sql: string) =>
    (await home.warehouse.reader.runAndReadAll(sql)).getRowsJS();
  const untilCounted = async (home: Home, stream: string, records: number) => {
    const sql = `select records::int from origins where origin_stream = '${stream}'`;
    while ((await rowsOf(home, sql))[0]?.[0] !== records) await sleep(100);
    await home.kafka?.caughtUp();
  };
  test("a record of 5 MB is a dead letter, and the ones behind it in its partition go through, whatever their headers", async () => {
    const home = await open();
    await startTestWorker(settings());
    const producer = makeKafkaClient(settings()).producer();
    await producer.connect();
    const large = rawRecord("large", "あ".repeat((5 * MEGABYTE) / 3));
    const behind = voiceAt("behind", 0, "次の声");
    const odd = voiceAt("behind", 1, "変わった声");
    const place = { key: "k", partition: 1 };
    await producer.send({
      topic: "voc.raw",
      messages: [{ ...place, value: JSON.stringify(large) }],
    });
    await producer.send({
      topic: "voc.raw",
      messages: [
        { ...place, value: JSON.stringify(behind) },
        {
          ...place,
          value: JSON.stringify(odd),
          headers: { version: "99", "content-type": ["text/plain", "text/html"] },
        },
      ],
    });
    await producer.disconnect();
    await untilCounted(home, "behind", 2);
    const dead = "select reason, origin_stream, origin_offset::int from dead_letters";
    expect(await rowsOf(home, dead)).toEqual([["not a raw voice", "voc.raw-1", 0]]);
    expect(await rowsOf(home, "select text from voices order by text")).toEqual([
      ["変わった声"],
      ["次の声"],
    ]);
  });

  test("an id that comes again with other words is a new revision of one voice, in the order of its stream", async () => {
    const home = await open();
    await startTestWorker(settings());
    const words = ["一度目", "二度目", "三度目", "二度目"];
    await publish(words.map((text, offset) => voiceAt("again", offset, "同じ番号", text)));
    await untilCounted(home, "again", 4);
    const current = "select text, revision::int from voices where origin_stream = 'again'";
    expect(await rowsOf(home, current)).toEqual([["三度目", 3]]);
    const kept =
      "select r.revision::int, r.revision_hash from voice_revisions r join voices v using (voice_id) where v.origin_stream = 'again' order by 1";
    expect(await rowsOf(home, kept)).toEqual(
      words.slice(0, 3).map((text, index) => [index + 1, revisionOf(text)]),
    );
    expect(
      await rowsOf(
        home,
        "select voices::int, duplicates::int from origins where origin_stream = 'again'",
      ),
    ).toEqual([[3, 1]]);
  });

  test("records that retention takes while the loader cannot follow stop it by name", async () => {
    const home = await open();
    await home.kafka?.caughtUp();
    let letGo: () => void = () => undefined;
    const held = home.warehouse.transaction(
      () =>
        new Promise<void>((resolve) => {
          letGo = resolve;
        }),
    );
    const producer = await KafkaProducer.connect(settings(), { keys: KEYS });
    await producer.publish("voc.dead", [deadLetter(7), deadLetter(8)]);
    await producer.close();
    await withAdmin(settings(), "", async (admin) => {
      const [{ high } = { high: "0" }] = await admin.fetchTopicOffsets("voc.dead");
      await admin.deleteTopicRecords({
        topic: "voc.dead",
        partitions: [{ partition: 0, offset: high }],
      });
    });
    await expect(home.kafka?.failed).rejects.toThrow(
      /voc\.dead-0 の読んでいない記録 2 件が消えています.*kizuki streams accept/s,
    );
    letGo();
    await held;
  });

  test("records that retention takes while a worker is at those before them stop it by name", async () => {
    const worker = await startTestWorker(settings());
    const producer = makeKafkaClient(settings()).producer();
    await producer.connect();
    const send = (names: readonly string[]) =>
      producer.send({
        topic: "voc.raw",
        messages: names.map((name, offset) => ({
          key: "k",
          partition: 2,
          value: JSON.stringify(voiceAt("taken", offset, name)),
        })),
      });
    await send(["先の声"]);
    while ((await worker.lag()) !== 0) await sleep(200);
    // Hangs for ten seconds.
    await send(["止まる声"]);
    await sleep(1000);
    await send(["消える声1", "消える声2"]);
    await withAdmin(settings(), "", async (admin) => {
      const offsets = await admin.fetchTopicOffsets("voc.raw");
      const high = offsets.find(({ partition }) => partition === 2)?.high ?? "0";
      await admin.deleteTopicRecords({
        topic: "voc.raw",
        partitions: [{ partition: 2, offset: high }],
      });
    });
    await send(["後の声"]);
    await producer.disconnect();
    await expect(worker.failed).rejects.toThrow(/voc\.raw-2 の読んでいない記録 2 件が消えています/);
  });
});

describeWithKafka("a worker that is paused", { secure: false }, (broker) => {
  const settings = () => kafkaSettings({ brokers: broker.brokers });

  const untilCommitted = async (records: number) => {
    const committed = async () => {
      const found = await withAdmin(settings(), "", (admin) =>
        readCommitted(admin, ENRICH_GROUP, ["voc.raw"]),
      );
      return [...found.values()].reduce((sum, next) => sum + next, 0);
    };
    while ((await committed()) < records) await sleep(200);
    return await committed();
  };

  const start = (order: string) => {
    const script = "test/support/kafka/run-worker.ts";
    const worker = new Supervised([script, JSON.stringify(settings()), order]);
    onTestFinished(() => worker.stop());
    return worker;
  };

  test(
    "for longer than its session, in the middle of a chunk: another takes over, and nothing is lost, doubled or committed back",
    async () => {
      const records = 600;
      const keys = keysFromText(TEST_KEY);
      await ensureStreams(settings(), { create: true });
      const folder = tempFolder();
      const home = await openKafkaTestHome(folder, broker.brokers, { keys });
      onTestFinished(() => home.close());
      const orders = ["enriched", "published"].map((stage) => join(folder, stage));
      for (const order of orders) writeFileSync(order, `SIGSTOP ${order.slice(folder.length + 1)}`);
      const paused = orders.map(start);
      const producer = await KafkaProducer.connect(settings(), { keys });
      const all = Array.from({ length: records }, (_, index) =>
        voiceAt("paused", index, `${index}番の声`),
      );
      await producer.publish("voc.raw", all);
      while (!paused.every((worker) => worker.isPaused())) await sleep(100);
      start(join(folder, "none"));
      await untilCommitted(records);
      for (const worker of paused) worker.resume();
      const more = Array.from({ length: 100 }, (_, index) =>
        voiceAt("after", index, `後${index}番の声`),
      );
      await producer.publish("voc.raw", more);
      await producer.close();
      await untilCommitted(records + 100);
      const counted = async () => {
        const sql = "select sum(records)::int, sum(voices)::int, sum(duplicates)::int from origins";
        return (await home.warehouse.reader.runAndReadAll(sql)).getRowsJS()[0];
      };
      while ((await counted())?.[0] !== records + 100) await sleep(200);
      // What the paused ones had in hand was written twice, else this proves nothing.
      while ((await countRecords(settings(), "voc.enriched")) <= records + 100) await sleep(200);
      await home.kafka?.caughtUp();
      expect(await counted()).toEqual([records + 100, records + 100, 0]);
      expect(await untilCommitted(0)).toBe(records + 100);
      expect(paused.map((worker) => worker.log)).toEqual(["", ""]);
    },
    5 * MINUTES,
  );
});
