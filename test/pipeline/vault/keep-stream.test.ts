import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { cleanFiles } from "../../../pipeline/cli/vault-forget.ts";
import type { Home } from "../../../pipeline/home.ts";
import { stayForgotten } from "../../../pipeline/intake/stay-forgotten.ts";
import { ensureStreams } from "../../../pipeline/streams/ensure-streams.ts";
import { withAdmin } from "../../../pipeline/streams/kafka-admin.ts";
import { makeKafkaClient } from "../../../pipeline/streams/kafka-client.ts";
import { forgetVoices } from "../../../pipeline/vault/forget-voices.ts";
import { keepStream, keepStreamNow } from "../../../pipeline/vault/keep-stream.ts";
import { openRecord } from "../../../pipeline/vault/seal-record.ts";
import { uuidOf } from "../../support/enriched-voice.ts";
import { rawRecords, rawVoice } from "../../support/home-with-words.ts";
import { openKafkaTestHome, startTestWorker } from "../../support/kafka/kafka-home.ts";
import { KEYS, kafkaSettings } from "../../support/kafka/sample-records.ts";
import { describeWithKafka } from "../../support/kafka.ts";

const WORDS = "袋が開かない。090-1111-2222 に電話を";

async function until(isDone: () => Promise<boolean>): Promise<void> {
  while (!(await isDone())) await sleep(50);
}

async function verbatims(home: Home, name: string): Promise<string[]> {
  const records = await (await home.vault()).recordsOfVoice(uuidOf(name));
  return records.map((record) => {
    const content = openRecord(record, KEYS);
    return "verbatim" in content ? content.verbatim : "";
  });
}

async function rowsOf(home: Home, sql: string): Promise<unknown[][]> {
  return (await home.warehouse.reader.runAndReadAll(sql)).getRowsJS();
}

describeWithKafka("the vault on a real broker", { secure: false }, (broker) => {
  const settings = () => kafkaSettings({ brokers: broker.brokers });
  const open = async () => {
    await ensureStreams(settings(), { create: true });
    const home = await openKafkaTestHome(broker.folder, broker.brokers);
    onTestFinished(() => home.close().catch(() => undefined));
    return home;
  };
  const keep = async (home: Home) => {
    const keeper = await keepStream(settings(), home);
    onTestFinished(() => keeper.close());
    return keeper;
  };

  test("what came before the vault and what comes later is kept, each once, and what is no record by its place", async () => {
    const home = await open();
    await home.kafka?.publishRaw(rawRecords("one", [rawVoice("a", WORDS)]));
    const keeper = await keep(home);
    expect(keeper.lost).toBe(0);
    await home.kafka?.publishRaw(
      rawRecords("two", [rawVoice("b", "味がよい"), rawVoice("a", WORDS)]),
    );
    for (const name of ["a", "b"])
      await until(async () => (await verbatims(home, name)).length > 0);
    const producer = makeKafkaClient(settings()).producer();
    await producer.connect();
    const [sent] = await producer.send({
      topic: "voc.raw",
      messages: [{ key: "x", value: "{broken 090-3333-4444" }],
    });
    await producer.disconnect();
    const stream = `voc.raw-${sent?.partition}`;
    const place = { stream, offset: Number(sent?.baseOffset) };
    const vault = await home.vault();
    await until(async () => (await vault.recordsOfPlace(place)).length > 0);
    const [letter] = await vault.recordsOfPlace(place);
    expect(letter && openRecord(letter, KEYS)).toEqual({ bytes: "{broken 090-3333-4444" });
    expect(await verbatims(home, "a")).toEqual([WORDS]);
  });

  test("what many partitions bring within a moment is kept in fewer transactions than partitions", async () => {
    const home = await open();
    const names = Array.from({ length: 60 }, (_, index) => `many ${index}`);
    await home.kafka?.publishRaw(
      rawRecords(
        "many",
        names.map((name) => rawVoice(name, "味がよい")),
      ),
    );
    const vault = await home.vault();
    const kept = vi.spyOn(vault, "keep");
    await keep(home);
    await until(async () => (await vault.recordsOfVoices(names.map(uuidOf))).length === 60);
    const filled = kept.mock.calls.filter(([{ records }]) => records.length > 0);
    expect(filled.length).toBeLessThan((await vault.kafkaPositions()).positions.size);
  });

  test("a forgotten voice that is sent again, or comes from a late worker, comes into neither vault nor warehouse", async () => {
    const home = await open();
    await startTestWorker(settings());
    await keep(home);
    const again = (stream: string) =>
      home.kafka?.publishRaw(
        rawRecords(stream, [rawVoice("f", "ひみつの声"), rawVoice(stream, "次")]),
      );
    const loaded = (name: string) => async () =>
      (await rowsOf(home, `from voices where voice_id = '${uuidOf(name)}'`)).length > 0 &&
      (await verbatims(home, name)).length > 0;
    await again("g");
    await until(loaded("f"));
    await until(loaded("g"));
    const by = { mode: "pseudonymise", author: "林", reason: "本人の求め" } as const;
    await forgetVoices(home, [uuidOf("f")], by);
    await cleanFiles(home);
    await again("h");
    await until(loaded("h"));
    expect(await verbatims(home, "f")).toEqual([]);
    expect(await rowsOf(home, "select text from voices where text like '%ひみつ%'")).toEqual([]);
  });

  test("a voice that is forgotten before the keeper has read it leaves what it is known by: another source's copy stays out, and the keeper that comes later keeps none of it", async () => {
    const home = await open();
    await startTestWorker(settings());
    const secret = "袋が固くて、母にはどうしても開けられませんでした";
    await home.kafka?.publishRaw(rawRecords("l", [rawVoice("l", secret), rawVoice("m", "次")]));
    const shown = `from voices where voice_id in ('${uuidOf("l")}', '${uuidOf("m")}')`;
    await until(async () => (await rowsOf(home, shown)).length === 2);
    expect(await verbatims(home, "l")).toEqual([]);
    const by = { mode: "pseudonymise", author: "林", reason: "本人の求め" } as const;
    await forgetVoices(home, [uuidOf("l")], by);
    const copies = rawRecords("other", [rawVoice("n", secret), rawVoice("o", "別の声")]);
    const taken = await stayForgotten(home, copies);
    expect(taken.map(({ status }) => status)).toEqual(["skip", "ok"]);
    const keeper = await keep(home);
    expect(keeper.lost).toBe(0);
    await home.kafka?.publishRaw(rawRecords("p", [rawVoice("p", "そのあと")]));
    await until(async () => (await verbatims(home, "p")).length > 0);
    expect(await verbatims(home, "l")).toEqual([]);
    expect(await verbatims(home, "m")).toEqual(["次"]);
  });

  test.each([
    { why: "no keeper runs", hasKeeper: false },
    { why: "a keeper runs", hasKeeper: true },
  ])(
    "what came a moment ago is kept once when the vault is brought up, where $why",
    async ({ why, hasKeeper }) => {
      const home = await open();
      if (hasKeeper) await keep(home);
      await home.kafka?.publishRaw(rawRecords(why, [rawVoice(why, "いまの声")]));
      await keepStreamNow(settings(), home);
      expect(await verbatims(home, why)).toEqual(["いまの声"]);
      await keepStreamNow(settings(), home);
      expect(await verbatims(home, why)).toEqual(["いまの声"]);
    },
  );

  test("words that the stream dropped before they were kept are counted, and the keeper goes on", async () => {
    const home = await open();
    const first = await keep(home);
    await home.kafka?.publishRaw(rawRecords("three", [rawVoice("i", "読んだ声")]));
    await until(async () => (await verbatims(home, "i")).length > 0);
    await first.close();
    await home.kafka?.publishRaw(rawRecords("four", [rawVoice("j", "消える声")]));
    await withAdmin(settings(), "", async (admin) => {
      const offsets = await admin.fetchTopicOffsets("voc.raw");
      await admin.deleteTopicRecords({
        topic: "voc.raw",
        partitions: offsets.map(({ partition, high }) => ({ partition, offset: high })),
      });
    });
    const second = await keep(home);
    expect(second.lost).toBe(1);
    await home.kafka?.publishRaw(rawRecords("five", [rawVoice("k", "次の声")]));
    await until(async () => (await verbatims(home, "k")).length > 0);
    expect(await verbatims(home, "j")).toEqual([]);
  });
});
