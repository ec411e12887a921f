import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Home } from "../../../pipeline/home.ts";
import { keysFromText } from "../../../pipeline/keys.ts";
import { keepRaw } from "../../../pipeline/vault/keep-raw.ts";
import { openRecord, type SealedRecord } from "../../../pipeline/vault/seal-record.ts";
import { uuidOf } from "../../support/enriched-voice.ts";
import { openTestHome } from "../../support/home-with-voices.ts";
import { rawRecords, rawVoice, takeIn } from "../../support/home-with-words.ts";
import { plainTextOf } from "../../support/plain-text-of.ts";
import { TEST_KEY } from "../../support/run-kizuki.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const KEYS = keysFromText(TEST_KEY);
const WORDS = "袋が開かない。090-1111-2222 に電話を";

async function verbatims(home: Home, name: string): Promise<string[]> {
  const records = await (await home.vault()).recordsOfVoice(uuidOf(name));
  return records.map((record) => {
    const content = openRecord(record, KEYS);
    return "verbatim" in content ? content.verbatim : "";
  });
}

test("the words as they came are in the vault, each revision once, however often they come", async () => {
  const home = await openTestHome(tempFolder());
  await takeIn(home, "one", [rawVoice("a", WORDS), rawVoice("b", "味がよい")]);
  await takeIn(home, "two", [rawVoice("a", WORDS), rawVoice("a", "やはり開いた")]);
  expect(await verbatims(home, "a")).toEqual([WORDS, "やはり開いた"]);
  expect(await keepRaw(home)).toBe(0);
  await home.close();
});

test("a vault that is new, or was lost, has all that voc.raw holds, from its beginning", async () => {
  const folder = tempFolder();
  const home = await openTestHome(folder);
  await takeIn(home, "one", [rawVoice("a", WORDS)]);
  await home.close();
  rmSync(join(folder, "vault.duckdb"));
  const again = await openTestHome(folder);
  expect(await verbatims(again, "a")).toEqual([]);
  expect(await keepRaw(again)).toBe(1);
  expect(await verbatims(again, "a")).toEqual([WORDS]);
  await again.close();
});

test("the bytes of a dead letter are in the vault until a retry reads it", async () => {
  const home = await openTestHome(tempFolder());
  const [record] = rawRecords("one", [rawVoice("a", WORDS)]);
  if (record === undefined) throw new Error("one record");
  const { origin } = record;
  const reject = { status: "reject", origin, reason: "unreadable date", bytes: "不明,袋" } as const;
  const vault = await home.vault();
  const place = { stream: "one", offset: 0 };
  await home.streams.raw.append([reject], {});
  await keepRaw(home);
  await home.streams.raw.append([{ ...reject, retry: 1 }], {});
  await keepRaw(home);
  expect((await vault.recordsOfPlace(place)).map((one) => openRecord(one, KEYS))).toEqual([
    { bytes: "不明,袋" },
  ]);
  await home.streams.raw.append([{ ...record, retry: 2 }], {});
  await keepRaw(home);
  expect(await vault.recordsOfPlace(place)).toMatchObject([{ voiceId: uuidOf("a") }]);
  await home.close();
});

test("a record that stands in another's place, or under another key, is not opened", async () => {
  const home = await openTestHome(tempFolder());
  await takeIn(home, "one", [rawVoice("a", WORDS)]);
  const [record] = await (await home.vault()).recordsOfVoice(uuidOf("a"));
  await home.close();
  if (record === undefined) throw new Error("one record");
  const moved: SealedRecord = { ...record, voiceId: uuidOf("b") };
  expect(() => openRecord(moved, KEYS)).toThrow("開けません");
  expect(() => openRecord(record, keysFromText("ab".repeat(32)))).toThrow("開けません");
});

test("who has the folder and no key reads in no file what was masked", async () => {
  const folder = tempFolder();
  const home = await openTestHome(folder);
  await takeIn(home, "one", [rawVoice("a", WORDS)]);
  await home.close();
  const texts = plainTextOf(folder);
  expect([...texts.keys()]).toContain("vault.duckdb");
  for (const [file, text] of texts) expect(text.includes("1111-2222"), file).toBe(false);
});
