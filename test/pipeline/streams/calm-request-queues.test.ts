import { createHook } from "node:async_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { makeKafkaClient } from "../../../pipeline/streams/kafka-client.ts";
import { kafkaSettings } from "../../support/kafka/sample-records.ts";
import { describeWithKafka } from "../../support/kafka.ts";

const WATCHED_MS = 2000;

describeWithKafka("a client on a real broker", { secure: false }, (broker) => {
  test("a connection on which nothing waits sets no timer after timer", async () => {
    const producer = makeKafkaClient(kafkaSettings({ brokers: broker.brokers })).producer();
    await producer.connect();
    onTestFinished(() => producer.disconnect());
    let timers = 0;
    const hook = createHook({
      init: (_, type) => {
        if (type === "Timeout") timers += 1;
      },
    });
    hook.enable();
    await sleep(WATCHED_MS);
    hook.disable();
    // Otherwise one a millisecond, and on a busy machine still some hundred.
    expect(timers).toBeLessThan(20);
  });
});
