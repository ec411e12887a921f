import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ensureStreams } from "../../pipeline/streams/ensure-streams.ts";
import { KafkaProducer } from "../../pipeline/streams/kafka-producer.ts";
import { enrichedVoice, recordsOf } from "../support/enriched-voice.ts";
import { rowsOfHome } from "../support/home-rows.ts";
import { openTestHome } from "../support/home-with-voices.ts";
import { writeKafkaConfig } from "../support/kafka/kafka-home.ts";
import { KEYS, kafkaSettings } from "../support/kafka/sample-records.ts";
import { describeWithKafka } from "../support/kafka.ts";
import { type RunOptions, runKizuki } from "../support/run-kizuki.ts";
import { tempFolder } from "../support/temp-folder.ts";

const MINUTES = 60_000;
const VOICES = 3000;
/** What DuckDB may still write; the voices take many times that. */
const ROOM_BYTES = 1024 * 1024;

/** Long and always the same words: small in a stream that is compressed, large in the write-ahead log. */
const records = () => {
  const words = "駐車場が遠くて困りました。".repeat(60);
  const voices = Array.from({ length: VOICES }, (_, index) =>
    enrichedVoice(`v${index}`, `${index}${words}`),
  );
  return recordsOf("file:one", voices);
};

async function expectFullDiskToLoseNothing(
  status: (options?: Pick<RunOptions, "fileBytes">) => ReturnType<typeof runKizuki>,
  home: string,
): Promise<void> {
  const { size } = statSync(join(home, "warehouse.duckdb"));
  for (const _ of ["first", "second"]) {
    const full = await status({ fileBytes: size + ROOM_BYTES });
    expect(full.code, full.stderr).toBe(6);
    expect(full.stderr).toContain("ディスクの空き");
  }
  const { code, stdout, stderr } = await status();
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ voices: VOICES, pending: 0, unloaded: 0 });
}

test(
  "a disk that is full under the warehouse is told as such; with room the same records are loaded, each once",
  async () => {
    const publish = async (folder: string) => {
      const home = await openTestHome(folder);
      await home.streams.enriched.append(records(), {});
      await home.close();
    };
    const [home, other] = [tempFolder(), tempFolder()];
    await publish(home);
    await publish(other);
    await expectFullDiskToLoseNothing(
      (options) => runKizuki(["status", "--json"], { home, ...options }),
      home,
    );
    expect((await runKizuki(["status"], { home: other })).code).toBe(0);
    expect(await rowsOfHome(home)).toEqual(await rowsOfHome(other));
  },
  5 * MINUTES,
);

describeWithKafka("a full disk with a real broker", { secure: false }, (broker) => {
  test(
    "the loader stops by name and stores no offset of what it could not write; with room it goes on there",
    async () => {
      const folder = tempFolder();
      const args = ["--config", writeKafkaConfig(folder, broker.brokers), "status", "--json"];
      const [home, other] = [join(folder, "home"), join(folder, "other")];
      const settings = kafkaSettings({ brokers: broker.brokers });
      await ensureStreams(settings, { create: true });
      expect((await runKizuki(args, { home })).code).toBe(0);
      const producer = await KafkaProducer.connect(settings, { keys: KEYS });
      await producer.publish("voc.enriched", records());
      await producer.close();
      await expectFullDiskToLoseNothing((options) => runKizuki(args, { home, ...options }), home);
      expect((await runKizuki(args, { home: other })).code).toBe(0);
      const { offsets: _mine, ...rows } = await rowsOfHome(home);
      expect(await rowsOfHome(other)).toMatchObject(rows);
    },
    5 * MINUTES,
  );
});
