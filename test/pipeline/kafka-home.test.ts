import { createHash, randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { act } from "../../pipeline/act.ts";
import { addAwareness } from "../../pipeline/cli/awareness.ts";
import { importCommand } from "../../pipeline/cli/import.ts";
import type { Home } from "../../pipeline/home.ts";
import { silentReporter } from "../../pipeline/reporter.ts";
import { encodeMessage } from "../../pipeline/streams/encode-message.ts";
import { ensureStreams } from "../../pipeline/streams/ensure-streams.ts";
import { withAdmin } from "../../pipeline/streams/kafka-admin.ts";
import { makeKafkaClient } from "../../pipeline/streams/kafka-client.ts";
import { enrichedVoice, recordsOf } from "../support/enriched-voice.ts";
import { openKafkaTestHome, startTestWorker, writeVoices } from "../support/kafka/kafka-home.ts";
import { KEYS, kafkaSettings, reportMade } from "../support/kafka/sample-records.ts";
import { describeWithKafka } from "../support/kafka.ts";
import { runKizuki } from "../support/run-kizuki.ts";

async function rowsOf(home: Home, sql: string): Promise<unknown[][]> {
  const reader = await home.warehouse.reader.runAndReadAll(sql);
  return reader.getRowsJS();
}

async function pendingIn(home: Home): Promise<number | undefined> {
  return (await home.kafka?.state({ maxAgeMs: 0 }))?.lag.get("voc.raw");
}

const COUNTS =
  "select records::int, voices::int, duplicates::int, skipped::int, dead_letters::int from origins";

describeWithKafka("a home on a real broker", { secure: false }, (broker) => {
  const settings = () => kafkaSettings({ brokers: broker.brokers });
  // One home for all of them, as it goes on.
  const folder = () => broker.folder;

  const open = async () => {
    await ensureStreams(settings(), { create: true });
    const home = await openKafkaTestHome(folder(), broker.brokers);
    onTestFinished(() => home.close().catch(() => undefined));
    return home;
  };
  const importFile = (home: Home, file: string) =>
    importCommand.run(home, { files: [file] }, silentReporter);

  test("a file that is imported is enriched by a worker, loaded and counted, and a second time changes nothing", async () => {
    const home = await open();
    await startTestWorker(settings());
    const file = writeVoices(folder(), 300);
    const first = await importFile(home, file);
    expect(first.files).toMatchObject([{ rows: 300, voices: 300, duplicates: 0, deadLetters: 0 }]);
    expect(await pendingIn(home)).toBe(0);
    const second = await importFile(home, file);
    expect(second.files).toMatchObject([{ rows: 300, voices: 0, duplicates: 300 }]);
    expect(await rowsOf(home, COUNTS)).toEqual([[300, 300, 0, 0, 0]]);
  });

  test("a file saved anew under another source's name is refused, and nothing of it is written", async () => {
    const home = await open();
    const [header = "", ...rows] = readFileSync(writeVoices(folder(), 300), "utf8").split("\n");
    const file = join(folder(), "saved-anew.csv");
    writeFileSync(file, [header, ...rows.toReversed()].join("\n"));
    const source = join(folder(), "shop.yaml");
    const columns = { id: "受付番号", receivedAt: "日付", verbatim: "ご意見" };
    writeFileSync(source, JSON.stringify({ name: "shop", channel: "survey", columns }));
    const options = { files: [file], source };
    const message = expect.stringContaining("--anyway");
    expect(await importCommand.run(home, options, silentReporter)).toMatchObject({
      files: [],
      failed: [{ message }],
    });
    expect(await pendingIn(home)).toBe(0);
  });

  test("streams are read past an instant when workers have done all that came before it", async () => {
    const home = await open();
    const file = writeVoices(folder(), 20, 1000);
    const importing = importFile(home, file).catch((cause: unknown) => String(cause));
    while ((await pendingIn(home)) !== 20) await sleep(50);
    expect(await home.kafka?.hasReadPast(new Date())).toBe(false);
    expect(await home.kafka?.hasReadPast(new Date("2026-01-01T00:00:00+09:00"))).toBe(true);
    await home.close();
    expect(await importing).toContain("もう一度実行してください");
    await startTestWorker(settings());
    const again = await open();
    expect(await importFile(again, file)).toMatchObject({ files: [{ rows: 20, voices: 20 }] });
    expect(await again.kafka?.hasReadPast(new Date())).toBe(true);
  });

  test("records that come twice through voc.enriched are counted once", async () => {
    const home = await open();
    const message = async () => {
      const [record] = recordsOf("twice", [enrichedVoice("twice", "二度届いた声")]);
      if (record === undefined) throw new Error("one record");
      const outcome = encodeMessage("voc.enriched", record, KEYS);
      if (outcome.status !== "ok") throw new Error(outcome.status);
      return outcome.value;
    };
    const producer = makeKafkaClient(settings()).producer();
    await producer.connect();
    for (const _ of ["first", "second"]) {
      await producer.send({ topic: "voc.enriched", messages: [await message()] });
      await home.kafka?.caughtUp();
    }
    await producer.send({ topic: "voc.enriched", messages: [{ key: "x", value: "{broken" }] });
    await producer.disconnect();
    await home.kafka?.caughtUp();
    expect(await rowsOf(home, `${COUNTS} where origin_stream = 'twice'`)).toEqual([
      [1, 1, 0, 0, 0],
    ]);
    expect(
      await rowsOf(
        home,
        "select reason from dead_letters where origin_stream like 'voc.enriched-%'",
      ),
    ).toEqual([["broken JSON"]]);
  });

  test("who writes an awareness reads it, and a report of 20,000 voices is frozen whole", async () => {
    const home = await open();
    const at = new Date("2026-01-05T08:00:00+09:00");
    await addAwareness(home, { voice: "v7", author: "林", reason: "読んでほしい", at });
    expect(await rowsOf(home, "select author, reason from awareness")).toEqual([
      ["林", "読んでほしい"],
    ]);
    const voices = Array.from({ length: 20_000 }, () => `${randomUUID()}𠮷${"声".repeat(900)}`);
    const value = JSON.stringify({ voices });
    await act(home, reportMade(value));
    const [[stored, left] = []] = await rowsOf(
      home,
      "select md5(value), (select count(*)::int from report_parts) from reports",
    );
    expect([stored, left]).toEqual([createHash("md5").update(value).digest("hex"), 0]);
  });

  test("records that were deleted before they were loaded stop it by name", async () => {
    await withAdmin(settings(), "", async (admin) => {
      const producer = makeKafkaClient(settings()).producer();
      await producer.connect();
      await producer.send({
        topic: "voc.dead",
        messages: [{ value: "{lost" }, { value: "{lost" }],
      });
      await producer.disconnect();
      const [offsets] = await admin.fetchTopicOffsets("voc.dead");
      await admin.deleteTopicRecords({
        topic: "voc.dead",
        partitions: [{ partition: 0, offset: offsets?.high ?? "0" }],
      });
    });
    await expect(open()).rejects.toThrow(
      /voc\.dead-0 の読んでいない記録 2 件が消えています.*kizuki streams accept/s,
    );
  });

  test("after a loss, at another cluster and at a stream made anew, accept goes on, and what is read again is counted once", async () => {
    const accept = async () => {
      const args = ["--config", join(folder(), "kizuki.yaml"), "streams", "accept"];
      const { code, stdout, stderr } = await runKizuki(args, { home: join(folder(), "home") });
      expect(code, stderr).toBe(0);
      return stdout;
    };
    expect(await accept()).toMatch(/^voc\.dead-0: \d+ → \d+\n$/);
    const home = await openKafkaTestHome(folder(), broker.brokers);
    await home.kafka?.caughtUp();
    const before = await rowsOf(home, "from origins order by origin_stream");
    await home.warehouse.connection.run("update kafka_cluster set cluster_id = 'another'");
    await home.close();
    await expect(open()).rejects.toThrow(/読んだクラスタ .+、期待 another.*kizuki streams accept/s);
    expect(await accept()).toContain("クラスタ: another → ");
    const again = await openKafkaTestHome(folder(), broker.brokers);
    await again.kafka?.caughtUp();
    expect(await rowsOf(again, "from origins order by origin_stream")).toEqual(before);
    await again.close();
    await withAdmin(settings(), "", async (admin) => {
      await admin.deleteTopics({ topics: ["voc.actions"] });
      await admin.createTopics({ topics: [{ topic: "voc.actions" }], waitForLeaders: false });
      // The broker may say for a moment that there is none.
      await vi.waitFor(() => admin.fetchTopicOffsets("voc.actions"), { timeout: 20_000 });
    });
    await expect(open()).rejects.toThrow(
      /voc\.actions-0 が作り直されています（読んだ位置 \d+、ストリームの終わり 0）/,
    );
    expect(await accept()).toMatch(/voc\.actions-0: \d+ → 0/);
  });
});
