import { cpSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addAwareness } from "../../../pipeline/cli/awareness.ts";
import { warehousePath } from "../../../pipeline/home.ts";
import { fenceRebuild } from "../../../pipeline/warehouse/rebuild-fence.ts";
import { BUSY_NOW, makeBusyHome, openTourismHome } from "../../support/busy-home.ts";
import { exactRowsOfHome } from "../../support/home-rows.ts";
import { runKizuki } from "../../support/run-kizuki.ts";
import { startServer } from "../../support/start-server.ts";
import { removeFolder, sharedFolder, tempFolder } from "../../support/temp-folder.ts";

const MINUTES = 60_000;

const folder = sharedFolder();
const config = join(folder, "kizuki.yaml");
/** As a kill leaves it: the last action stands in the write-ahead log. */
const left = join(folder, "left");
let before: Record<string, string> = {};
beforeAll(async () => {
  writeFileSync(config, "taxonomies: [tourism]\n");
  const made = join(folder, "made");
  await makeBusyHome(made);
  const home = await openTourismHome(made);
  await addAwareness(home, { voice: "v2", author: "森", reason: "これも読んで", at: BUSY_NOW });
  cpSync(made, left, { recursive: true });
  await home.close();
  before = await exactRowsOfHome(made);
}, 5 * MINUTES);
afterAll(() => removeFolder(folder));

function copyHome(): string {
  const home = join(tempFolder(), "home");
  cpSync(left, home, { recursive: true });
  return home;
}

const run = (home: string, args: readonly string[]) =>
  runKizuki(["--config", config, ...args], { home });

function flip(path: string, places: (sizeBytes: number) => number[]): void {
  const bytes = readFileSync(path);
  for (const at of places(bytes.length)) bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at);
  writeFileSync(path, bytes);
}

/** A block of DuckDB's, behind three headers of 4 KiB; which one is read when is its own affair. */
const BLOCK_BYTES = 256 * 1024;

function inEachBlock(sizeBytes: number): number[] {
  const places: number[] = [];
  for (let at = 3 * 4096 + 1000; at < sizeBytes; at += BLOCK_BYTES) places.push(at);
  return places;
}

test("the home of these tests has a write-ahead log", () => {
  expect(existsSync(`${warehousePath(left)}.wal`)).toBe(true);
});

test.each([
  { why: "missing", damage: (path: string) => rmSync(path), told: false },
  { why: "torn", damage: (path: string) => truncateSync(path, 100_000), told: true },
  { why: "empty", damage: (path: string) => truncateSync(path, 0), told: true },
  { why: "of one flipped byte", damage: (path: string) => flip(path, () => [0]), told: true },
  {
    why: "of a flipped byte in each block",
    damage: (path: string) => flip(path, inEachBlock),
    told: true,
  },
  {
    why: "with a flipped byte in its log",
    damage: (path: string) => flip(`${path}.wal`, (sizeBytes) => [Math.floor(sizeBytes / 2)]),
    told: true,
  },
])(
  "a warehouse that is $why is told by its cure, and rebuild gives back every row",
  async ({ damage, told }) => {
    const home = copyHome();
    damage(warehousePath(home));
    if (told) {
      const { code, stderr } = await run(home, ["status"]);
      expect({ code, stderr }).toMatchObject({
        code: 6,
        stderr: expect.stringContaining("kizuki rebuild"),
      });
    }
    const rebuilt = await run(home, ["rebuild"]);
    expect(rebuilt.code, rebuilt.stderr).toBe(0);
    expect(rebuilt.stdout).toContain("作り直しました");
    expect(await exactRowsOfHome(home)).toEqual(before);
  },
  5 * MINUTES,
);

test(
  "while serve is the writer rebuild names it and changes nothing; so does it the other way round",
  async () => {
    const home = copyHome();
    const server = await startServer(home, {
      args: ["--config", config],
      clock: BUSY_NOW.toISOString(),
    });
    const refused = await run(home, ["rebuild"]);
    expect(refused.code).toBe(4);
    expect(refused.stderr).toMatch(/プロセス番号 \d+.*serve/);
    server.kill("SIGTERM");
    await server.ended;
    const release = await fenceRebuild(warehousePath(home));
    for (const args of [["status"], ["rebuild"]]) {
      const { code, stderr } = await run(home, args);
      expect(code).toBe(4);
      expect(stderr).toMatch(new RegExp(`kizuki rebuild（プロセス番号 ${process.pid}）`));
    }
    release();
    expect((await run(home, ["status"])).code).toBe(0);
  },
  5 * MINUTES,
);

test("a home without records is not rebuilt into an empty one", async () => {
  const home = join(tempFolder(), "home");
  const { code, stderr } = await run(home, ["rebuild"]);
  expect(code).toBe(3);
  expect(stderr).toContain("--home");
  expect(existsSync(home)).toBe(false);
});
