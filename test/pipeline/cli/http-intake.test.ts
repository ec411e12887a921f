import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { seededRandom } from "../../../models/random.ts";
import { Taken } from "../../../pipeline/intake/http/answers.ts";
import { openWarehouse } from "../../../pipeline/warehouse/open-warehouse.ts";
import { intakeConfig } from "../../support/intake-server.ts";
import { PROJECT, runKizuki, TEST_KEY } from "../../support/run-kizuki.ts";
import { type Server, startServer } from "../../support/start-server.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const MINUTES = 60_000;

async function start(home: string, args: readonly string[]): Promise<Server> {
  const server = await startServer(home, { args });
  onTestFinished(() => server.kill("SIGKILL"));
  return server;
}

async function rowsOf(home: string, sql: string): Promise<unknown[][]> {
  const warehouse = await openWarehouse(join(home, "warehouse.duckdb"));
  try {
    return (await warehouse.reader.runAndReadAll(sql)).getRowsJS();
  } finally {
    warehouse.close();
  }
}

/** What `kizuki status` says, again and again, until it is so. */
async function statusUntil(home: string, args: readonly string[], expected: object): Promise<void> {
  const status = async () =>
    JSON.parse((await runKizuki([...args, "status", "--json"], { home })).stdout);
  await expect.poll(status, { timeout: 5 * MINUTES, interval: 500 }).toMatchObject(expected);
}

test.each(["docs/http-intake.md", "docs/http-intake.ja.md"])(
  "the examples of %s work as printed, the voices are read by themselves, and no word stands in the log",
  async (page) => {
    const { home, args, port } = await intakeConfig(tempFolder());
    const server = await start(home, args);
    const examples = readFileSync(join(PROJECT, page), "utf8").matchAll(/^```sh\n(.*?)^```$/gms);
    const script = [
      "set -e",
      'curl() { command curl "$@"; echo; }',
      `kizuki() { '${process.execPath}' --import tsx pipeline/cli/main.ts --home '${home}' ${args.join(" ")} "$@"; }`,
      ...[...examples].map(([, code]) => code?.replaceAll(":8788", `:${port}`)),
    ].join("\n");
    const env = { PATH: "/usr/bin:/bin", HOME: home, KIZUKI_MASTER_KEY: TEST_KEY };
    const ran = await promisify(execFile)("bash", ["-c", script], { cwd: PROJECT, env });
    const lines = ran.stdout.split("\n").filter((line) => line.startsWith("{"));
    const answers = lines.map((line) => Taken.parse(JSON.parse(line)));
    expect(ran.stdout).toMatch(/^crm {2}取り込み元 crm {2}声を送る/m);
    expect(answers).toMatchObject([
      { accepted: 1, refused: 0 },
      { accepted: 1, refused: 1 },
    ]);
    await statusUntil(home, args, { voices: 2, deadLetters: 1 });
    server.kill("SIGTERM");
    const { code, stderr } = await server.ended;
    expect(code).toBe(0);
    expect(stderr).toContain('"event":"intake-open"');
    expect(stderr).not.toMatch(/袋|せんべい|電話|A-1/);
    expect(
      await rowsOf(
        home,
        "select source_id, text, product, attributes::varchar from voices order by 1",
      ),
    ).toEqual([
      ["A-1", "味は良いが袋が開けにくい", null, "{}"],
      ["A-2", "どこで買えますか", "せんべい", '{"年代":"30代"}'],
    ]);
  },
  10 * MINUTES,
);

const KILLS = 3;
const SENDERS = 6;

test(
  "serve is killed between acknowledgements: what was acknowledged is there, and what is sent again counts once",
  async () => {
    const random = seededRandom(5);
    const { home, args, post } = await intakeConfig(tempFolder(), { workers: 1 });
    const acknowledged = new Map<string, string>();
    let sent = 0;
    let unanswered: string[] = [];
    const voiceOf = (id: string) => [
      { id, receivedAt: "2026-01-05", channel: "web", verbatim: `駅から遠いです${id}` },
      // Without an id, and at the same time.
      { receivedAt: "2026-01-05", channel: "web", verbatim: `景色がよい${id}` },
    ];
    const send = async (id: string): Promise<boolean> => {
      try {
        const response = await post(voiceOf(id), id);
        if (response.status !== 202) return false;
        const answer = await response.text();
        // Whoever asks again gets the same answer.
        expect(answer).toBe(acknowledged.get(id) ?? answer);
        acknowledged.set(id, answer);
        return true;
      } catch {
        return false;
      }
    };
    for (let kill = 0; kill <= KILLS; kill += 1) {
      const server = await start(home, args);
      for (const id of unanswered) expect(await send(id)).toBe(true);
      const repeated = [...acknowledged.keys()].filter(() => random() < 0.3);
      for (const id of repeated) expect(await send(id)).toBe(true);
      unanswered = [];
      const sender = async (): Promise<void> => {
        for (;;) {
          const id = `v${sent}`;
          sent += 1;
          if (await send(id)) continue;
          unanswered.push(id);
          return;
        }
      };
      const senders = Array.from({ length: SENDERS }, sender);
      const enough = acknowledged.size + 20 + random() * 40;
      while (acknowledged.size < enough) await sleep(5);
      server.kill("SIGKILL");
      await Promise.all(senders);
      expect(unanswered).toHaveLength(SENDERS);
      await server.ended;
    }
    const server = await start(home, args);
    await statusUntil(home, args, { pending: 0 });
    server.kill("SIGTERM");
    expect((await server.ended).code).toBe(0);
    const stored = await rowsOf(home, "select source_id from voices where source_id is not null");
    const kept = stored.map(([id]) => String(id));
    expect(new Set(kept).size).toBe(kept.length);
    expect([...acknowledged.keys()].filter((id) => !kept.includes(id))).toEqual([]);
    // Those in hand at the last kill were not sent again: some of them had been written.
    const known = new Set([...acknowledged.keys(), ...unanswered]);
    expect(kept.filter((id) => !known.has(id))).toEqual([]);
    const others = "select count(*)::int from voices where source_id is null";
    expect(await rowsOf(home, others)).toEqual([[kept.length]]);
    const counts = "select sum(records)::int, sum(voices)::int from origins";
    expect(await rowsOf(home, counts)).toEqual([[2 * kept.length, 2 * kept.length]]);
  },
  15 * MINUTES,
);
