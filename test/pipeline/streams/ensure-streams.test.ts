import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ensureStreams } from "../../../pipeline/streams/ensure-streams.ts";
import { kafkaSettings } from "../../support/kafka/sample-records.ts";
import { describeWithKafka } from "../../support/kafka.ts";
import { runKizuki } from "../../support/run-kizuki.ts";
import { tempFolder } from "../../support/temp-folder.ts";

describeWithKafka("streams of a broker that has none", { secure: false }, (broker) => {
  const settings = (streams = {}) => kafkaSettings({ brokers: broker.brokers, streams });

  const kizuki = async (args: readonly string[], streams: string) => {
    const home = tempFolder();
    const config = join(home, "kizuki.yaml");
    writeFileSync(config, `kafka:\n  brokers: ["${broker.brokers[0]}"]\n  streams: ${streams}\n`);
    return await runKizuki(["streams", ...args], { home });
  };

  test("--check says what is missing and creates nothing", async () => {
    for (const _ of ["once", "again"]) {
      const ran = await kizuki(["ensure", "--check"], "{ replicationFactor: 1 }");
      expect(ran.code).toBe(2);
      expect(ran.stdout).toMatch(/voc\.actions +ありません/);
      expect(ran.stderr).toContain("voc.raw … 読んだもの: （ありません）");
    }
  });

  test("more copies than brokers are refused with the setting that says so", async () => {
    const ran = await kizuki(["ensure"], "{ replicationFactor: 3 }");
    expect(ran.code).toBe(7);
    expect(ran.stderr).toContain("kafka.streams.replicationFactor");
  });

  test("what is missing is created as it is defined, and what is there stays", async () => {
    const ran = await kizuki(["ensure"], "{ partitions: 3, replicationFactor: 1 }");
    expect(ran.stderr).toBe("");
    expect(ran.code).toBe(0);
    expect(ran.stdout.split("\n").slice(0, 5)).toEqual([
      "ストリーム    状態        パーティション  複製  同期の下限  保存",
      "voc.raw       作りました  3               1     1           30 日",
      "voc.enriched  作りました  3               1     1           無期限",
      "voc.dead      作りました  1               1     1           無期限",
      "voc.actions   作りました  1               1     1           無期限",
    ]);
    const again = await ensureStreams(settings(), { create: true });
    expect(again.map(({ state, differences }) => ({ state, differences }))).toEqual(
      Array.from({ length: 4 }, () => ({ state: "there", differences: [] })),
    );
  });

  test("a stream that differs is told setting by setting and is not changed", async () => {
    const other = { partitions: 5, rawRetentionDays: 10 };
    for (const create of [true, false]) {
      const states = await ensureStreams(settings(other), { create });
      expect(states.map(({ differences }) => differences)).toEqual([
        [
          { setting: "partitions", read: "3", expected: "5" },
          { setting: "retention.ms", read: "2592000000", expected: "864000000" },
        ],
        [{ setting: "partitions", read: "3", expected: "5" }],
        [],
        [],
      ]);
    }
    const ran = await kizuki(["ensure"], "{ partitions: 5, replicationFactor: 1 }");
    expect(ran.code).toBe(2);
    expect(ran.stdout).toMatch(/voc\.raw +違います/);
    expect(ran.stderr).toContain("voc.raw partitions … 読んだもの: 3、期待: 5");
  });

  test("a broker that is not there ends with 7 and its address", async () => {
    await broker.stop();
    const ran = await kizuki(["ensure"], "{ replicationFactor: 1 }");
    expect(ran.code).toBe(7);
    expect(ran.stderr).toContain(`（${broker.brokers[0]}）。ブローカーが答えません`);
  });
});
