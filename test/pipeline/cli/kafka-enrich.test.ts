import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { freePorts } from "../../support/kafka/free-ports.ts";
import { TinyKafkaHome } from "../../support/kafka/tiny-kafka-home.ts";
import { describeWithKafka } from "../../support/kafka.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const MINUTES = 60_000;

describeWithKafka("kizuki enrich for operators", { secure: false }, (broker) => {
  const open = () => {
    const kizuki = new TinyKafkaHome(tempFolder(), broker.brokers);
    kizuki.describeTopic("taste", "味");
    kizuki.configure({ kafka: true });
    return kizuki;
  };

  test(
    "it logs JSON without a word of a voice, answers on its port, and ends with 0 when it is told to",
    async () => {
      const kizuki = open();
      expect((await kizuki.run("streams", "ensure")).code).toBe(0);
      const [port = 0] = await freePorts(1);
      const worker = kizuki.startWorker("--http", String(port));
      const file = kizuki.file("voices.csv", [
        "受付番号,日付,ご意見",
        "v1,2025-07-28,カナリアの味が良い",
        "v2,カナリアの日,袋が悪い",
      ]);
      const imported = await kizuki.run("import", file, "--json");
      expect(imported.json()).toMatchObject({ files: [{ rows: 2, voices: 1, deadLetters: 1 }] });
      const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
      const ready = await get("/readyz");
      expect(await ready.json()).toEqual({ ready: true, parts: { broker: true, running: true } });
      const live = await get("/livez");
      expect(await live.json()).toMatchObject({ status: expect.stringMatching(/idle|moving/) });
      const metrics = await (await get("/metrics")).text();
      expect(metrics).toContain('kizuki_records_total{step="enrich",status="ok"} 1\n');
      expect(metrics).toContain('kizuki_dead_letters_total{step="intake"} 1\n');
      expect(metrics).toMatch(/kizuki_encoder_seconds_count [1-9]/);
      // What it does not know would be an alarm as 0.
      expect(metrics).not.toMatch(/^kizuki_(disk_free_bytes|workers|broker_up) /m);
      const isDone = (line: string) => /"records":2,.*"event":"progress"/.test(line);
      while (!worker.lines.some(isDone)) await sleep(100);
      worker.kill("SIGTERM");
      expect((await worker.ended).code).toBe(0);
      const lines = worker.lines.map((line) => JSON.parse(line));
      expect(new Set(lines.map(({ role }) => role))).toEqual(new Set(["enrich"]));
      // The two records may come in one line of progress or in two.
      expect([...new Set(lines.map(({ event }) => event))]).toEqual([
        ...["models-loaded", "http-open", "running", "progress", "stopping", "stopped"],
      ]);
      expect(lines.at(-3)).toMatchObject({ records: 2, dead: 1 });
      expect(worker.lines.join("\n")).not.toContain("カナリア");
    },
    5 * MINUTES,
  );

  test("a port that is taken, and one that is none, are told by name", async () => {
    const kizuki = open();
    const [port = 0] = await freePorts(1);
    const server = createServer().listen(port, "127.0.0.1");
    const taken = await kizuki.startWorker("--http", String(port)).ended;
    server.close();
    expect(taken.code).toBe(2);
    expect(taken.stderr).toContain(`127.0.0.1:${port} を開けません`);
    const none = await kizuki.startWorker("--http", "八千").ended;
    expect(none.code).toBe(2);
    expect(none.stderr).toContain("--http … 読んだもの: 八千、期待: 1 から 65535");
  });

  test("under another key it ends by itself with 2, which its unit does not start again", async () => {
    const kizuki = open();
    const file = kizuki.file("voices.csv", ["受付番号,日付,ご意見", "v9,2025-07-28,味が良い"]);
    const importing = kizuki.run("import", file);
    const { code, stderr } = await kizuki.startWorkerWithKey("ab".repeat(32)).ended;
    expect(code).toBe(2);
    expect(stderr).toMatch(/"level":"fatal".*"code":"KIZUKI_CONFIG"/);
    const worker = kizuki.startWorker();
    expect((await importing).code).toBe(0);
    worker.kill("SIGTERM");
    await worker.ended;
  });
});
