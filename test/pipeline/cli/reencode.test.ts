import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWarehouse } from "../../../pipeline/warehouse/open-warehouse.ts";
import { rowsOfHome } from "../../support/home-rows.ts";
import { type RunOptions, runKizuki } from "../../support/run-kizuki.ts";
import { startServer } from "../../support/start-server.ts";
import { removeFolder, sharedFolder, tempFolder } from "../../support/temp-folder.ts";
import { otherEncoder, TINY_CLASSIFIER, TINY_ENCODER } from "../../support/tiny-models.ts";

/** More than one page of the re-encoding has. */
const VOICES = 700;
const WORDS = ["味", "袋", "駅", "店", "髪", "声"];

const folder = sharedFolder();
const home = join(folder, "home");
const csv = join(folder, "voices.csv");
const before = join(folder, "before.yaml");
const after = join(folder, "after.yaml");

const run = async (config: string, args: readonly string[], options: Partial<RunOptions> = {}) => {
  const ran = await runKizuki(["--config", config, ...args], { home, ...options });
  return { ...ran, json: () => JSON.parse(ran.stdout) };
};

beforeAll(async () => {
  const rows = Array.from(
    { length: VOICES },
    (_, at) =>
      `A${at},2025-07-01,${WORDS[at % WORDS.length]}が${at % 2 === 0 ? "良" : "悪"}い${at}番`,
  );
  writeFileSync(csv, ["受付番号,日付,ご意見", ...rows].join("\n"));
  const head = (names: string) => `{ folder: ${TINY_CLASSIFIER}, labels: ${names} }`;
  const heads = [
    `  sentiment: ${head("{ POSITIVE: positive, NEGATIVE: negative }")}`,
    `  kind: ${head("{ POSITIVE: praise, NEGATIVE: complaint }")}`,
  ].join("\n");
  const other = otherEncoder(join(folder, "other"));
  writeFileSync(before, `workers: 1\nencoder: ${TINY_ENCODER}\nheads:\n${heads}\n`);
  writeFileSync(after, `workers: 1\nencoder: ${other}\nheads:\n${heads}\n`);
  expect((await run(before, ["import", csv])).stderr).not.toContain("別のエンコーダ");
});
afterAll(() => removeFolder(folder));

test("with another encoder than history everything works and says so; reclassify does what it can", async () => {
  const old = await run(before, ["status", "--json"]);
  expect(old.json()).toMatchObject({ voices: VOICES, otherVectors: 0 });
  const status = await run(after, ["status"]);
  expect(status.stdout).toContain("kizuki reencode");
  const refused = await run(after, ["reclassify"]);
  expect(refused.code).toBe(3);
  expect(refused.stderr).toContain("kizuki reencode");
  const more = join(folder, "more.csv");
  writeFileSync(more, "受付番号,日付,ご意見\nB1,2025-07-02,駅が遠い");
  const imported = await run(after, ["import", more]);
  expect(imported).toMatchObject({ code: 0 });
  expect(imported.stderr).toMatch(/過去の \d+ 文は別のエンコーダ/);
  const { json } = await run(after, ["status", "--json"]);
  expect(json()).toMatchObject({ voices: VOICES + 1, otherVectors: old.json().segments });
  const reclassified = await run(after, ["reclassify", "--json"]);
  expect(reclassified.json()).toMatchObject({
    taxonomies: [{ segments: 1, changed: 0 }],
    otherVoices: VOICES,
  });
  const doctor = await run(after, ["doctor"]);
  expect(doctor.stdout).toContain("kizuki reencode");
});

test("a re-encoding that was killed goes on where it stopped, and ends as a fresh import would", async () => {
  const copy = join(tempFolder(), "home");
  cpSync(home, copy, { recursive: true });
  const killed = await run(after, ["reencode"], { home: copy, onStage: () => "kill" });
  expect(killed.code).toBeNull();
  const half = (await run(after, ["status", "--json"], { home: copy })).json();
  expect(half.otherVectors).toBeGreaterThan(0);
  expect(half.otherVectors).toBeLessThan(half.segments - 1);
  const rest = await run(after, ["reencode", "--json"], { home: copy });
  expect(rest.json()).toMatchObject({ encoder: "other", segments: half.otherVectors, failed: 0 });
  const again = await run(after, ["reencode", "--json"], { home: copy });
  expect(again.json()).toMatchObject({ voices: 0, segments: 0 });
  const fresh = join(tempFolder(), "home");
  await run(after, ["import", csv, join(folder, "more.csv")], { home: fresh });
  // The records of the re-encoding stand in the stream besides those of the import.
  const { offsets: _longer, ...reencoded } = await rowsOfHome(copy);
  const { offsets: _shorter, ...imported } = await rowsOfHome(fresh);
  expect(reencoded).toEqual(imported);
});

test("topics of a head that the new encoder lacks stay, and that is said", async () => {
  const copy = join(tempFolder(), "home");
  cpSync(home, copy, { recursive: true });
  const warehouse = await openWarehouse(join(copy, "warehouse.duckdb"));
  await warehouse.transaction(async () => {
    await warehouse.connection.run(
      "insert into segment_topics by name select segment_id, voice_id, 'food-maker' as taxonomy, 'taste' as topic, 0.9 as confidence, 'head' as decided_by, ['味'] as why, 1 as epoch from segments",
    );
  });
  const topics = async (database: typeof warehouse) =>
    (await database.reader.runAndReadAll("from segment_topics order by all")).getRowsJson();
  const were = await topics(warehouse);
  warehouse.close();
  const reencoded = await run(after, ["reencode"], { home: copy });
  expect([reencoded.code, reencoded.stderr]).toEqual([
    0,
    expect.stringContaining("food-maker の話題は前のまま残します"),
  ]);
  const opened = await openWarehouse(join(copy, "warehouse.duckdb"));
  expect(await topics(opened)).toEqual(were);
  opened.close();
});

test("it runs inside serve, and an import goes in between", async () => {
  const copy = join(tempFolder(), "home");
  cpSync(home, copy, { recursive: true });
  const server = await startServer(copy, { args: ["--config", after] });
  const more = join(folder, "late.csv");
  writeFileSync(more, "受付番号,日付,ご意見\nC1,2025-07-03,店が近い");
  const reencoding = run(after, ["reencode", "--json"], { home: copy });
  const importing = run(after, ["import", more, "--json"], { home: copy });
  expect((await importing).json()).toMatchObject({ files: [{ voices: 1 }] });
  expect((await reencoding).json()).toMatchObject({ voices: VOICES });
  const { json } = await run(after, ["status", "--json"], { home: copy });
  expect(json()).toMatchObject({ voices: VOICES + 2, otherVectors: 0 });
  server.kill("SIGTERM");
  await server.ended;
});
