import kafkajs from "kafkajs";
import { compress } from "snappyjs";
import { expect, test } from "vitest";
import { decodeMessage } from "../../../pipeline/streams/decode-message.ts";
import { ensureStreams } from "../../../pipeline/streams/ensure-streams.ts";
import { registerCodecs } from "../../../pipeline/streams/kafka-codecs.ts";
import { produceLines } from "../../support/kafka/console-producer.ts";
import { readStream } from "../../support/kafka/read-stream.ts";
import { KEYS, kafkaSettings, rawRecord } from "../../support/kafka/sample-records.ts";
import { describeWithKafka } from "../../support/kafka.ts";

describeWithKafka("records of Kafka's own producer", { secure: false }, (broker) => {
  test("each codec's records are read as they were written, without key and headers", async () => {
    const settings = kafkaSettings({ brokers: broker.brokers });
    await ensureStreams(settings, { create: true });
    const sent: string[] = [];
    for (const compression of ["lz4", "snappy", "zstd", "gzip", "none"] as const) {
      const records = Array.from({ length: 400 }, (_, index) =>
        rawRecord(`${compression} ${index}`, `袋が開けにくい${index}${"です".repeat(index % 300)}`),
      );
      sent.push(...records.map(({ voice }) => `${voice.voiceId} ${voice.verbatim}`));
      const lines = records.map((record) => JSON.stringify({ version: 1, record }));
      await produceLines(broker, { stream: "voc.raw", compression, lines });
    }
    const received = (await readStream(settings, "voc.raw")).map((message) => {
      const outcome = decodeMessage("voc.raw", message, KEYS);
      if (outcome.status !== "ok" || outcome.value.status !== "ok") return outcome.status;
      return `${outcome.value.voice.voiceId} ${outcome.value.voice.verbatim}`;
    });
    expect(received.sort()).toEqual(sent.sort());
  });
});

test("snappy of one bare block, as librdkafka writes it, is read", async () => {
  registerCodecs();
  const plain = Buffer.from("袋が開けにくい".repeat(1000));
  const { CompressionCodecs, CompressionTypes } = kafkajs;
  const codec = CompressionCodecs[CompressionTypes.Snappy]();
  expect(await codec.decompress(compress(plain))).toEqual(plain);
});
