import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadConfig } from "../../../pipeline/config.ts";
import { type Home, openHome } from "../../../pipeline/home.ts";
import { type Keys, keysFromText } from "../../../pipeline/keys.ts";
import { decodeMessage } from "../../../pipeline/streams/decode-message.ts";
import { encodeMessage } from "../../../pipeline/streams/encode-message.ts";
import { rotateKeys } from "../../../pipeline/vault/rotate-keys.ts";
import { openRecord, rewrapKey, type SealedRecord } from "../../../pipeline/vault/seal-record.ts";
import { uuidOf } from "../../support/enriched-voice.ts";
import { rawRecords, rawVoice, takeIn } from "../../support/home-with-words.ts";
import { runKizuki } from "../../support/run-kizuki.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const MINUTES = 60_000;
const [OLD, NEW, NEWEST] = ["ab", "cd", "ef"].map((text) => keysFromText(text.repeat(32)));
if (OLD === undefined || NEW === undefined || NEWEST === undefined) throw new Error("three keys");

function open(home: string, keys: Keys): Promise<Home> {
  const config = loadConfig({ home, file: undefined, workingFolder: home });
  return openHome(config, keys, () => new Date("2026-01-05T00:00:00Z"));
}

async function sealedOf(home: Home, name: string): Promise<SealedRecord> {
  const [record] = await (await home.vault()).recordsOfVoice(uuidOf(name));
  if (record === undefined) throw new Error(`no ${name}`);
  return record;
}

async function rawRecordsOf(home: Home): Promise<unknown[]> {
  const records: unknown[] = [];
  for await (const frame of home.streams.raw.readFrom(0)) records.push(...frame.records);
  return records;
}

async function homeOfOne(folder: string): Promise<Home> {
  const home = await open(folder, keysFromText("ab".repeat(32)));
  await takeIn(home, "one", [rawVoice("a", "袋が開かない")]);
  return home;
}

test("after two changes of the key words are what they were, sealed as they were, and ids are the same", async () => {
  const folder = tempFolder();
  const home = await homeOfOne(folder);
  const before = await sealedOf(home, "a");
  const identity = home.identityKey();
  expect(await rotateKeys(home, NEW)).toBe(1);
  await home.close();
  const second = await open(folder, NEW);
  await takeIn(second, "two", [rawVoice("b", "味がよい")]);
  expect(await rotateKeys(second, NEWEST)).toBe(2);
  await second.close();
  const third = await open(folder, NEWEST);
  const after = await sealedOf(third, "a");
  expect(after.sealed).toEqual(before.sealed);
  expect(openRecord(after, NEWEST)).toMatchObject({ verbatim: "袋が開かない" });
  expect(() => openRecord(after, OLD)).toThrow("開けません");
  expect(third.identityKey()).toEqual(identity);
  await takeIn(third, "three", [rawVoice("c", "また来たい")]);
  expect(await rawRecordsOf(third)).toHaveLength(3);
  await third.close();
  expect(readFileSync(join(folder, "vault.duckdb")).includes(before.wrappedKey)).toBe(false);
  const former = await open(folder, OLD);
  expect(() => former.keys()).toThrow("別の鍵");
  await former.close();
});

test("a kill behind the vault's change leaves the old key at work, and the same command again ends it", async () => {
  const folder = tempFolder();
  const home = await homeOfOne(folder);
  const vault = await home.vault();
  await vault.rewrap({
    from: OLD.fingerprint,
    to: NEW.fingerprint,
    rewrap: (record) => rewrapKey(record, OLD, NEW),
  });
  await home.close();
  const again = await open(folder, OLD);
  await takeIn(again, "two", [rawVoice("b", "味がよい")]);
  expect(await rotateKeys(again, NEW)).toBe(1);
  await again.close();
  const last = await open(folder, NEW);
  for (const name of ["a", "b"]) openRecord(await sealedOf(last, name), NEW);
  await last.close();
});

test("messages that the old key sealed are read with what is kept, and by nobody without it", async () => {
  const folder = tempFolder();
  const home = await homeOfOne(folder);
  const [record] = rawRecords("one", [rawVoice("a", "袋が開かない")]);
  if (record === undefined) throw new Error("one record");
  const message = encodeMessage("voc.raw", record, home.keys());
  if (message.status !== "ok") throw new Error(message.status);
  await rotateKeys(home, NEW);
  await home.close();
  const again = await open(folder, NEW);
  const received = {
    key: Buffer.from(message.value.key ?? ""),
    value: Buffer.from(message.value.value ?? ""),
  };
  expect(decodeMessage("voc.raw", received, again.keys())).toEqual({ status: "ok", value: record });
  expect(decodeMessage("voc.raw", received, NEW)).toMatchObject({ status: "reject" });
  await again.close();
});

test(
  "the command makes a new key file, keeps the old one, and ends what a kill left between home and the file",
  async () => {
    const folder = tempFolder();
    const home = join(folder, "home");
    const key = join(folder, "master.key");
    const config = join(folder, "kizuki.yaml");
    writeFileSync(config, `masterKeyFile: ${key}\n`);
    writeFileSync(key, "ab".repeat(32), { mode: 0o600 });
    await (await homeOfOne(home)).close();
    const run = (...args: readonly string[]) =>
      runKizuki(["--config", config, ...args], { home, env: { KIZUKI_MASTER_KEY: "" } });
    const rotated = await run("vault", "rotate");
    expect(rotated.code, rotated.stderr).toBe(0);
    const files = readdirSync(folder).filter((name) => name.startsWith("master.key"));
    expect(files).toHaveLength(2);
    expect(readFileSync(key, "utf8").trim()).not.toBe("ab".repeat(32));
    const read = ["vault", "read", "--voice", "a", "--reason", "確かめ"];
    expect((await run(...read)).stdout).toBe("袋が開かない\n");
    // As a kill leaves it: home is of the new key, whose file has not got its name.
    writeFileSync(`${key}.new`, readFileSync(key), { mode: 0o600 });
    writeFileSync(key, "ab".repeat(32), { mode: 0o600 });
    expect((await run(...read)).code).toBe(2);
    // The new key under both names is no third one.
    const both = { home, env: { KIZUKI_MASTER_KEY: readFileSync(`${key}.new`, "utf8") } };
    const refused = await runKizuki(["--config", config, "vault", "rotate"], both);
    expect(refused).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(".new") });
    const ended = await run("vault", "rotate");
    expect(ended.code, ended.stderr).toBe(0);
    expect((await run(...read)).stdout).toBe("袋が開かない\n");
  },
  10 * MINUTES,
);
