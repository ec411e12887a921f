import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { writeKafkaConfig, writeVoices } from "../../support/kafka/kafka-home.ts";
import { describeWithKafka } from "../../support/kafka.ts";
import { runKizuki } from "../../support/run-kizuki.ts";
import { startServer } from "../../support/start-server.ts";
import { tempFolder } from "../../support/temp-folder.ts";

describeWithKafka("the command line on a real broker", { secure: false }, (broker) => {
  test("enrich without a key makes none: it says which file to copy", async () => {
    const folder = tempFolder();
    const config = writeKafkaConfig(folder, broker.brokers);
    const { code, stderr } = await runKizuki(["--config", config, "enrich"], {
      home: join(folder, "home"),
      env: { KIZUKI_MASTER_KEY: "", XDG_CONFIG_HOME: folder },
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/鍵のファイル .*master\.key がありません.*写してください/s);
    expect(existsSync(join(folder, "kizuki", "master.key"))).toBe(false);
  });

  test("streams ensure, serve, enrich, import and report by real models; a second serve is refused by name", async () => {
    const folder = tempFolder();
    const home = join(folder, "home");
    const args = ["--config", writeKafkaConfig(folder, broker.brokers)];
    const clock = "2026-01-05T09:00:00+09:00";
    const kizuki = (...words: string[]) =>
      runKizuki([...args, ...words], { home, env: { KIZUKI_CLOCK: clock } });
    expect((await kizuki("streams", "ensure")).code).toBe(0);
    const server = await startServer(home, { args, clock });
    const lines: string[] = [];
    let stop: (signal: NodeJS.Signals) => void = () => undefined;
    const importing = kizuki("import", writeVoices(folder, 40), "--json");
    const second = await kizuki("serve");
    expect(second.code).toBe(4);
    expect(second.stderr).toMatch(/プロセス番号 \d+/);
    const worker = runKizuki([...args, "enrich"], {
      home,
      onStart: (kill) => {
        stop = kill;
      },
      onLine: (line) => lines.push(line),
    });
    const imported = await importing;
    expect(JSON.parse(imported.stdout)).toMatchObject({ files: [{ rows: 40, voices: 40 }] });
    const added = await kizuki(
      ...["awareness", "add", "--voice", "v3", "--author", "林", "--reason", "読んで"],
    );
    expect(added.code, added.stderr).toBe(0);
    const report = await kizuki("report", "weekly", "--period", "2026-W01", "--json");
    expect(JSON.parse(report.stdout)).toMatchObject({ revision: 1 });
    while (!lines.some((line) => /"records":40,.*"event":"progress"/.test(line))) await sleep(100);
    stop("SIGTERM");
    expect((await worker).code).toBe(0);
    server.kill("SIGTERM");
    const ended = await server.ended;
    expect(ended.code, ended.stderr).toBe(0);
    const alone = await kizuki("status", "--json");
    expect(JSON.parse(alone.stdout)).toMatchObject({ voices: 40, awareness: 1, pending: 0 });
  });
});
