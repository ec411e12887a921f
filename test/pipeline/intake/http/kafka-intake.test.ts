import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { Taken } from "../../../../pipeline/intake/http/answers.ts";
import { intakeApp } from "../../../../pipeline/intake/http/intake-app.ts";
import { voiceTaker } from "../../../../pipeline/intake/http/voice-taker.ts";
import { decodeMessage } from "../../../../pipeline/streams/decode-message.ts";
import { ensureStreams } from "../../../../pipeline/streams/ensure-streams.ts";
import { openKafkaTestHome, startTestWorker } from "../../../support/kafka/kafka-home.ts";
import { readStream } from "../../../support/kafka/read-stream.ts";
import { KEYS, kafkaSettings } from "../../../support/kafka/sample-records.ts";
import { describeWithKafka } from "../../../support/kafka.ts";

describeWithKafka("voices by HTTP with a real broker", { secure: false }, (broker) => {
  const settings = () => kafkaSettings({ brokers: broker.brokers });

  test("202 means that voc.raw has the voice; without the broker the answer is 503, and the same request counts once later", async () => {
    await ensureStreams(settings(), { create: true });
    const home = await openKafkaTestHome(broker.folder, broker.brokers);
    onTestFinished(() => home.close().catch(() => undefined));
    const failures: unknown[] = [];
    const app = intakeApp({
      findKey: () => ({
        name: "crm",
        source: "crm",
        may: "send",
        addedAt: "2026-01-05T00:00:00.000Z",
        hash: "0".repeat(64),
      }),
      take: voiceTaker(home, { session: "s1", taken: () => undefined }),
      isStopping: () => false,
      failed: (cause) => failures.push(cause),
    });
    const post = async (id: string) =>
      await app.request("/v1/voices", {
        method: "POST",
        body: JSON.stringify([
          { id, receivedAt: "2026-01-05", channel: "web", verbatim: `声${id}` },
        ]),
        headers: {
          authorization: "Bearer x",
          "content-type": "application/json",
          "idempotency-key": id,
        },
      });
    const raw = async () =>
      (await readStream(settings(), "voc.raw")).map((message) => {
        const outcome = decodeMessage("voc.raw", message, KEYS);
        const record = outcome.status === "ok" ? outcome.value : undefined;
        return record?.status === "ok" ? record.voice.sourceId : undefined;
      });
    const first = await post("v1");
    expect(first.status).toBe(202);
    expect(await raw()).toEqual(["v1"]);
    await broker.kill();
    const refused = await post("v2");
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("10");
    expect(failures).toHaveLength(1);
    await broker.start();
    const again = await Promise.all([post("v1"), post("v2"), post("v2")]);
    expect(again.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(Taken.parse(await again[0]?.json())).toEqual(Taken.parse(await first.json()));
    expect(new Set(await raw())).toEqual(new Set(["v1", "v2"]));
    await startTestWorker(settings());
    while ((await home.kafka?.state({ maxAgeMs: 0 }))?.lag.get("voc.raw") !== 0) await sleep(100);
    await home.kafka?.caughtUp();
    const found = await home.warehouse.reader.runAndReadAll(
      "select records::int, voices::int, duplicates::int, (select count(*)::int from voices) from origins",
    );
    expect(found.getRowsJS()).toEqual([[2, 2, 0, 2]]);
  });
});
