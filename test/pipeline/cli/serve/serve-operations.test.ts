import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { z } from "zod";
import { rowsOfHome } from "../../../support/home-rows.ts";
import { writeExports } from "../../../support/kill-import.ts";
import { runKizuki } from "../../../support/run-kizuki.ts";
import { startServer } from "../../../support/start-server.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

const MINUTES = 60_000;
/** Five frames of `voc.raw`. */
const ROWS = 2100;

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = z.object({ port: z.number() }).parse(server.address());
      server.close(() => resolve(port));
    });
  });
}

async function until(holds: () => boolean | Promise<boolean>, everyMs = 500): Promise<void> {
  const endMs = performance.now() + 5 * MINUTES;
  while (performance.now() < endMs && !(await holds())) await sleep(everyMs);
}

test(
  "what a customer wrote, in any column, row or file's name, stands in no line of the log",
  async () => {
    const folder = tempFolder();
    const home = join(folder, "home");
    const inbox = join(folder, "inbox");
    mkdirSync(inbox);
    const log = join(folder, "serve.log");
    const config = join(folder, "kizuki.yaml");
    const port = await freePort();
    writeFileSync(
      config,
      `inbox: ./inbox\nlog: { level: debug, file: ./serve.log }\nhttp: { port: ${port} }\n`,
    );
    const good = "C1,2025-12-30,カナリア店,カナリア太郎が鳴いた 090-1111-3333";
    const bad = "C2,カナリアの日,カナリア店,カナリア花子 090-1111-4444";
    const heads = "受付番号,受付日時,店舗,お申し出内容";
    writeFileSync(join(inbox, "カナリア 090-1111-2222.csv"), `${heads}\n${good}\n${bad}\n`);
    writeFileSync(join(inbox, "canary-0901111222.csv"), "カナリア,b\n090-1111-5555,2\n");
    const server = await startServer(home, {
      args: ["--config", config],
      clock: "2026-01-05T08:00:00+09:00",
      log,
    });
    await until(() => readdirSync(inbox).length === 2);
    const get = async (path: string) =>
      await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
    await until(async () => JSON.parse(await get("/readyz")).ready);
    const metrics = await get("/metrics");
    const answers = `${metrics}${await get("/livez")}${await get("/readyz")}`;
    server.kill("SIGTERM");
    const { code, stderr, stdout } = await server.ended;
    expect(code).toBe(0);
    const lines = readFileSync(log, "utf8").trim().split("\n");
    const events = lines.map((line) => JSON.parse(line).event);
    for (const event of ["running", "file-taken", "file-failed", "batch", "job-done", "stopped"]) {
      expect(events).toContain(event);
    }
    const failed = lines
      .map((line) => JSON.parse(line))
      .find((line) => line.event === "file-failed");
    const told = readFileSync(join(inbox, "failed", "canary-0901111222.csv.結果.txt"), "utf8");
    expect(told).toContain(`file: ${failed.file}`);
    expect(`${lines}${answers}${stderr}${stdout}`).not.toMatch(
      /カナリア|canary|090-?1111|\bC[12]\b/,
    );
    expect(metrics).toContain('kizuki_records_total{step="load",status="ok"} 1\n');
    expect(metrics).toContain('kizuki_dead_letters_total{step="intake"} 1\n');
    expect(metrics).toContain('kizuki_lag_records{stream="voc.raw"} 0\n');
    expect(metrics).toMatch(/kizuki_encoder_seconds_count [1-9]/);
    expect(metrics).toMatch(/last_success_timestamp_seconds\{job="weekly"\} 17675\d{5}/);
    expect(existsSync(join(home, "reports/dead-letters"))).toBe(false);
    expect(readdirSync(join(home, "snapshot")).sort()).toContain("snapshot.duckdb");
  },
  3 * MINUTES,
);

test(
  "serve that is stopped in the middle of a file ends with 0, goes on at its next start, and a backup of it serves again",
  async () => {
    const folder = tempFolder();
    const inbox = join(folder, "inbox");
    mkdirSync(inbox);
    const config = join(folder, "kizuki.yaml");
    writeFileSync(config, "encoder: small\ninbox: ./inbox\nbackup: { folder: ./backup }\n");
    const [exported = ""] = writeExports(folder, { files: 1, rows: ROWS });
    cpSync(exported, join(inbox, "voices.csv"));
    const home = join(folder, "home");
    const args = ["--config", config];
    const server = await startServer(home, { args });
    // One frame of five is enriched, three are in hand: the last is begun only when the second is through.
    await until(() => readdirSync(join(home, "log", "voc.enriched")).length > 0, 10);
    server.kill("SIGTERM");
    expect((await server.ended).code).toBe(0);
    expect(readdirSync(inbox)).toContain("voices.csv");
    const again = await startServer(home, { args });
    await until(() => existsSync(join(inbox, "done", "voices.csv")));
    const byHand = await runKizuki([...args, "backup", "--json"], { home });
    expect(byHand.code, byHand.stderr).toBe(0);
    const status = await runKizuki([...args, "status", "--json"], { home });
    const dead = Math.floor(ROWS / 97);
    expect(JSON.parse(status.stdout)).toMatchObject({ voices: ROWS - dead, deadLetters: dead });
    again.kill("SIGTERM");
    expect((await again.ended).code).toBe(0);
    const made = z.object({ folder: z.string() }).parse(JSON.parse(byHand.stdout)).folder;
    const restored = join(folder, "restored");
    mkdirSync(restored);
    cpSync(join(made, "log"), join(restored, "log"), { recursive: true });
    cpSync(join(made, "home.json"), join(restored, "home.json"));
    const served = await startServer(restored, { args });
    served.kill("SIGTERM");
    expect((await served.ended).code).toBe(0);
    expect(await rowsOfHome(restored)).toEqual(await rowsOfHome(home));
  },
  10 * MINUTES,
);

test("a port that is taken is told with the setting to change", async () => {
  const folder = tempFolder();
  const port = await freePort();
  const taken = createServer().listen(port, "127.0.0.1");
  const config = join(folder, "kizuki.yaml");
  writeFileSync(config, `http: { port: ${port} }\n`);
  const ran = await runKizuki(["--config", config, "serve"], { home: join(folder, "home") });
  taken.close();
  expect(ran.code).toBe(2);
  expect(ran.stderr).toMatch(/http … 127\.0\.0\.1:\d+ を開けません/);
  expect(ran.stderr).toMatch(/"level":"fatal".*"code":"KIZUKI_CONFIG".*"rootCode":"EADDRINUSE"/);
});
