import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Home } from "../../../pipeline/home.ts";
import { makeBackup } from "../../../pipeline/operations/make-backup.ts";
import { uuidOf } from "../../support/enriched-voice.ts";
import { rowsOfHome } from "../../support/home-rows.ts";
import {
  openTestHome,
  publishDeadLetter,
  publishVoices,
  VOICES,
} from "../../support/home-with-voices.ts";
import { rawVoice, takeIn } from "../../support/home-with-words.ts";
import { tempFolder } from "../../support/temp-folder.ts";

async function addAwareness(home: Home): Promise<void> {
  const action = {
    type: "awareness-added",
    actionId: "00000000-0000-4000-8000-000000000001",
    at: "2026-01-05T00:00:00.000Z",
    voiceId: "00000000-0000-4000-8000-000000000002",
    author: "林",
    reason: "読んで",
  };
  await home.streams.actions.append([action], {});
  await home.loader.loadActions(home.streams.actions);
}

async function filledHome(folder: string, file?: string): Promise<Home> {
  const home = await openTestHome(folder, file === undefined ? {} : { file });
  await publishVoices(home, "2025.csv", VOICES);
  await publishDeadLetter(home, { file: "b.csv", row: 3, at: "2026-01-04T10:00:00+09:00" });
  await addAwareness(home);
  return home;
}

test("a home that is made again from a backup has the same rows in every table", async () => {
  const folder = tempFolder();
  const home = await filledHome(join(folder, "home"));
  const made = await makeBackup(home, { folder: join(folder, "backup"), keep: 7, ofTheme: [] });
  expect(made.records).toEqual({
    "voc.raw": 3,
    "voc.enriched": 3,
    "voc.dead": 1,
    "voc.actions": 2,
  });
  await home.close();
  const again = join(folder, "again");
  mkdirSync(again);
  cpSync(join(made.folder, "log"), join(again, "log"), { recursive: true });
  cpSync(join(made.folder, "home.json"), join(again, "home.json"));
  await (await openTestHome(again)).close();
  expect(await rowsOfHome(again)).toEqual(await rowsOfHome(join(folder, "home")));
});

test("streams are cut at one moment: what comes while the copy is made is in none of them", async () => {
  const folder = tempFolder();
  const home = await filledHome(join(folder, "home"));
  const making = makeBackup(home, { folder: join(folder, "backup"), keep: 7, ofTheme: [] });
  await publishVoices(home, "2026.csv", [["d", "寒い", "2026-01-05T01:00:00+09:00"]]);
  const made = await making;
  expect(made.records).toMatchObject({ "voc.raw": 3, "voc.enriched": 3 });
  await home.close();
  const copy = await openTestHome(made.folder);
  expect(copy.streams.raw.nextOffset).toBe(3);
  await copy.close();
});

test("a byte that has changed in a stream is found when the copy is checked, and no backup comes to its name", async () => {
  const folder = tempFolder();
  const home = await filledHome(join(folder, "home"));
  await publishVoices(home, "2026.csv", [["d", "寒い", "2026-01-05T01:00:00+09:00"]]);
  const log = join(folder, "home", "log", "voc.enriched");
  const file = join(log, readdirSync(log)[0] ?? "");
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(300) ^ 1, 300);
  writeFileSync(file, bytes);
  const backup = makeBackup(home, { folder: join(folder, "backup"), keep: 7, ofTheme: [] });
  await expect(backup).rejects.toThrow("検査値が合いません");
  expect(readdirSync(join(folder, "backup")).filter((name) => !name.endsWith(".tmp"))).toEqual([]);
  await home.close();
});

test("what a person wrote goes along, the key does not, and only so many backups are kept", async () => {
  const folder = tempFolder();
  const yaml = join(folder, "kizuki.yaml");
  writeFileSync(join(folder, "desk.yaml"), "name: desk\n");
  // A slip of the pen, and a file that nobody has written yet.
  mkdirSync(join(folder, "tables"));
  writeFileSync(yaml, "{ sources: { desk: ./desk.yaml, old: ./old.yaml }, theme: ./tables }\n");
  let now = new Date("2026-01-05T04:00:00+09:00");
  const home = await openTestHome(join(folder, "home"), { file: yaml, clock: () => now });
  const to = join(folder, "backup");
  mkdirSync(join(to, "kizuki-2026-01-01T04-00-00.tmp"), { recursive: true });
  mkdirSync(join(to, "someone else's"));
  for (let night = 0; night < 3; night += 1) {
    await makeBackup(home, { folder: to, keep: 2, ofTheme: [] });
    now = new Date(now.getTime() + 86_400_000);
  }
  await home.close();
  expect(readdirSync(to).sort()).toEqual([
    "kizuki-2026-01-06T04-00-00",
    "kizuki-2026-01-07T04-00-00",
    "someone else's",
  ]);
  const newest = join(to, "kizuki-2026-01-07T04-00-00");
  expect(readdirSync(newest).sort()).toEqual([
    "backup.json",
    "config",
    "home.json",
    "log",
    "vault.duckdb",
  ]);
  expect(readdirSync(join(newest, "config")).sort()).toEqual(["desk.yaml", "kizuki.yaml"]);
});

test("a backup has the sealed words, also those that the sealed stream no longer has", async () => {
  const folder = tempFolder();
  const home = await openTestHome(join(folder, "home"));
  await takeIn(home, "one", [rawVoice("a", "袋が開かない")]);
  await home.streams.raw.rotate();
  await home.streams.raw.dropBefore(new Date(Date.now() + 60_000), 1);
  const made = await makeBackup(home, { folder: join(folder, "backup"), keep: 7, ofTheme: [] });
  await home.close();
  const again = await openTestHome(made.folder);
  await takeIn(again, "two", [rawVoice("b", "味がよい")]);
  const vault = await again.vault();
  for (const name of ["a", "b"]) {
    expect(await vault.recordsOfVoice(uuidOf(name))).toHaveLength(1);
  }
  await again.close();
});
