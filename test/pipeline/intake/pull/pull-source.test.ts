import { expect, onTestFinished, test } from "vitest";
import type { OpenPull } from "../../../../pipeline/intake/pull/open-pull.ts";
import { pullSource } from "../../../../pipeline/intake/pull/pull-source.ts";
import { SourceDescription } from "../../../../pipeline/intake/source.ts";
import type { PulledBatch } from "../../../../pipeline/intake/source-plugin.ts";
import { silentReporter } from "../../../../pipeline/reporter.ts";
import { ensureStreams } from "../../../../pipeline/streams/ensure-streams.ts";
import { openTestHome } from "../../../support/home-with-voices.ts";
import { openKafkaTestHome, startTestWorker } from "../../../support/kafka/kafka-home.ts";
import { kafkaSettings } from "../../../support/kafka/sample-records.ts";
import { describeWithKafka } from "../../../support/kafka.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

/** A source that brings what it is given, whatever it has brought before. */
function sourceOf(batches: readonly unknown[], asked: unknown[] = []): OpenPull {
  const source = SourceDescription.parse({
    name: "desk",
    channel: "mail",
    columns: { id: "番号", receivedAt: "日時", verbatim: "本文" },
  });
  return {
    name: "desk",
    everyMs: 60_000,
    source,
    async *read(watermark) {
      asked.push(watermark);
      yield* batches;
    },
  };
}

function batchOf(first: number, count: number): PulledBatch {
  const records = Array.from({ length: count }, (_, index) => ({
    number: first + index,
    cells: {
      番号: `m${first + index}`,
      日時: "2025-12-30",
      本文: `駅から遠いです${first + index}`,
    },
  }));
  return { stream: "inbox-7", records, watermark: { uid: first + count } };
}

const pulled = () => ({ records: 0, streams: new Set<string>() });

describeWithKafka("a source on a real broker", { secure: false }, (broker) => {
  test("records that come again, because a kill came before their watermark, are counted once", async () => {
    const settings = kafkaSettings({ brokers: broker.brokers });
    await ensureStreams(settings, { create: true });
    const home = await openKafkaTestHome(broker.folder, broker.brokers);
    onTestFinished(() => home.close().catch(() => undefined));
    await startTestWorker(settings);
    const asked: unknown[] = [];
    // UIDs have gaps, and do not begin at 1.
    const batches = [batchOf(5000, 30), batchOf(9000, 30)];
    for (const part of [batches.slice(0, 1), batches, batches]) {
      await pullSource(home, sourceOf(part, asked), { pulled: pulled(), reporter: silentReporter });
    }
    expect(asked).toEqual([undefined, { uid: 5030 }, { uid: 9030 }]);
    const pending = async () => (await home.kafka?.state({ maxAgeMs: 0 }))?.lag.get("voc.raw");
    await expect.poll(pending, { timeout: 120_000 }).toBe(0);
    await home.kafka?.caughtUp();
    const sql = "select origin_stream, records::int, voices::int, duplicates::int from origins";
    const reader = await home.warehouse.reader.runAndReadAll(sql);
    expect(reader.getRowsJS()).toEqual([["pull:desk:inbox-7", 60, 60, 0]]);
  });
});

test.each([
  {
    why: "a batch that is none",
    batch: { records: [{ cells: { 番号: 1 } }], watermark: 1 },
    said: /records.*docs\/plugins.ja.md/,
  },
  {
    why: "a stream that could hold words",
    batch: { stream: "田中 様", records: [], watermark: 1 },
    said: /を読めません/,
  },
])("$why is refused, and what came before is kept", async ({ batch, said }) => {
  const home = await openTestHome(tempFolder());
  onTestFinished(() => home.close());
  const all = pulled();
  const reading = pullSource(home, sourceOf([batchOf(1, 3), batch]), {
    pulled: all,
    reporter: silentReporter,
  });
  await expect(reading).rejects.toThrow(said);
  expect(all.records).toBe(3);
  expect(home.streams.raw.nextOffset).toBe(3);
  const asked: unknown[] = [];
  await pullSource(home, sourceOf([], asked), { pulled: pulled(), reporter: silentReporter });
  expect(asked).toEqual([{ uid: 4 }]);
});

test("what a plugin throws is not shown: it may quote a voice", async () => {
  const home = await openTestHome(tempFolder());
  onTestFinished(() => home.close());
  const broken: OpenPull = {
    ...sourceOf([]),
    // biome-ignore lint/correctness/useYield: it fails before its first batch
    async *read() {
      throw new TypeError("田中一郎の言葉");
    },
  };
  const reading = pullSource(home, broken, { pulled: pulled(), reporter: silentReporter });
  await expect(reading).rejects.toThrow(/プラグインが思わぬ誤り（TypeError）/);
  await expect(reading).rejects.not.toThrow("田中");
});
