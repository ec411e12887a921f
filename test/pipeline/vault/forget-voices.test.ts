import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { act } from "../../../pipeline/act.ts";
import { addAwareness } from "../../../pipeline/cli/awareness.ts";
import { cleanFiles, vaultForgetCommand } from "../../../pipeline/cli/vault-forget.ts";
import type { Home } from "../../../pipeline/home.ts";
import { customerKeyOf } from "../../../pipeline/intake/record/identify-voice.ts";
import { takeInFile } from "../../../pipeline/intake/take-in-file.ts";
import { keysFromText } from "../../../pipeline/keys.ts";
import { silentReporter } from "../../../pipeline/reporter.ts";
import type { EnrichedRecord } from "../../../pipeline/schema/enriched-record.ts";
import { cleanHome, forgetVoices } from "../../../pipeline/vault/forget-voices.ts";
import { keepRaw } from "../../../pipeline/vault/keep-raw.ts";
import { enrichedVoice, recordsOf, uuidOf } from "../../support/enriched-voice.ts";
import { openTestHome, publishDeadLetter } from "../../support/home-with-voices.ts";
import { rawVoice, takeIn } from "../../support/home-with-words.ts";
import { openOne } from "../../support/open-one.ts";
import { plainTextOf } from "../../support/plain-text-of.ts";
import { TEST_KEY } from "../../support/run-kizuki.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const SECRET = "ひみつ太郎が袋を開けられない";
const BY = { author: "林", reason: "本人の求め" };
const PSEUDONYMISE = { ...BY, mode: "pseudonymise" } as const;

async function rowsOf(home: Home, sql: string): Promise<unknown[][]> {
  return (await home.warehouse.reader.runAndReadAll(sql)).getRowsJS();
}

function secretVoice(name = "a", words = SECRET) {
  return rawVoice(name, words, {
    place: "ひみつ店",
    attributes: { 氏名: "ひみつ" },
    customerKey: customerKeyOf(keysFromText(TEST_KEY).identity, "test", "K-1"),
  });
}

async function homeWithSecret(folder = tempFolder()): Promise<Home> {
  const home = await openTestHome(folder);
  await takeIn(home, "one", [secretVoice(), rawVoice("b", "味がよい")]);
  const at = new Date("2025-08-01T00:00:00Z");
  await addAwareness(home, { voice: "a", author: "林", reason: "ひみつの理由", at });
  return home;
}

async function forget(home: Home): Promise<void> {
  await forgetVoices(home, [uuidOf("a")], PSEUDONYMISE);
  await cleanFiles(home);
}

const WORDS_OF_A = `select count(*)::int from (
  select voices::varchar as r from voices union all select segments::varchar from segments
  union all select voice_revisions::varchar from voice_revisions union all select awareness::varchar from awareness
  union all select segment_topics::varchar from segment_topics union all select term from terms
) where r like '%ひみ%' or r like '%太郎%'`;
const VOICE_A = `select text, source_id, place, customer_key, sentiment, received_on::varchar,
  (select count(*)::int from segment_topics t where t.voice_id = v.voice_id),
  (select count(*)::int from vectors join segments s using (segment_id) where s.voice_id = v.voice_id)
  from voices v where voice_id = '${uuidOf("a")}'`;
const FORGOTTEN_A = [["（消去された声です）", null, null, null, "negative", "2025-07-30", 1, 0]];

test("of a forgotten voice its day, topics and sentiment stay, and no word of it in any table or file but the warehouse's free blocks", async () => {
  const folder = tempFolder();
  const home = await homeWithSecret(folder);
  expect(await rowsOf(home, WORDS_OF_A)).not.toEqual([[0]]);
  await forget(home);
  expect(await rowsOf(home, WORDS_OF_A)).toEqual([[0]]);
  expect(await rowsOf(home, VOICE_A)).toEqual(FORGOTTEN_A);
  expect(await rowsOf(home, "select text from voices order by text")).toHaveLength(2);
  const vault = await home.vault();
  expect(await vault.recordsOfVoice(uuidOf("a"))).toEqual([]);
  expect(await vault.recordsOfVoice(uuidOf("b"))).toHaveLength(1);
  for await (const { records } of home.streams.raw.readFrom(0)) {
    expect(JSON.stringify(records)).not.toMatch(/ひみ|太郎/);
  }
  await home.close();
  for (const [file, text] of plainTextOf(folder)) {
    if (!file.startsWith("warehouse")) expect(text, file).not.toMatch(/ひみ|太郎/);
  }
});

test("the key of a forgotten voice stands in no file, nor does what it sealed", async () => {
  const folder = tempFolder();
  const home = await homeWithSecret(folder);
  const [record] = await (await home.vault()).recordsOfVoice(uuidOf("a"));
  await forget(home);
  await home.close();
  if (record === undefined) throw new Error("one record");
  const vault = readFileSync(join(folder, "vault.duckdb"));
  expect(vault.includes(record.wrappedKey)).toBe(false);
  expect(vault.includes(record.sealed.subarray(0, 64))).toBe(false);
});

const record = (changes: Partial<EnrichedRecord>): EnrichedRecord[] => {
  const [one] = recordsOf("late", [enrichedVoice("a", SECRET, { place: "ひみつ店" })]);
  if (one === undefined) throw new Error("one record");
  const changed: EnrichedRecord = Object.assign(one, changes);
  return [changed];
};
const TIED = {
  origin: { stream: "one", source: "test", file: "one.csv", offset: 0, row: 2 },
  voiceId: uuidOf("a"),
  revision: secretVoice().revision,
  epoch: 9,
  encoder: "f77ece30975747e8a9c7192b2a1c002f9e16572e973a1e8eed65943a7abe32a9",
  taxonomies: ["tourism"],
};

test.each([
  { why: "from a worker that was late", records: record({}) },
  {
    why: "as a revision with other words",
    records: recordsOf("late", [enrichedVoice("a", `${SECRET}。もう一度`)]),
  },
  {
    why: "from a pipeline with a higher epoch",
    records: recordsOf("late", [
      enrichedVoice("a", SECRET, { revision: secretVoice().revision, epoch: 9 }),
    ]),
  },
  {
    why: "with new topics",
    records: [
      {
        status: "retagged" as const,
        ...TIED,
        segments: [
          [
            {
              taxonomy: "tourism",
              topic: "toilet",
              confidence: 0.5,
              by: "head" as const,
              why: ["ひみつ"],
            },
          ],
        ],
      },
    ],
  },
])("a forgotten voice that comes again $why brings no word back", async ({ records }) => {
  const home = await homeWithSecret();
  await forget(home);
  await home.streams.enriched.append(records, {});
  await home.loader.loadEnriched(home.streams.enriched);
  expect(await rowsOf(home, WORDS_OF_A)).toEqual([[0]]);
  expect(await rowsOf(home, VOICE_A)).toEqual(FORGOTTEN_A);
  await home.close();
});

test("another export with a forgotten voice brings its words no further than intake", async () => {
  const folder = tempFolder();
  const home = await openTestHome(join(folder, "home"));
  const take = async (name: string, rows: readonly string[]) => {
    const path = join(folder, name);
    writeFileSync(path, ["受付番号,受付日時,お申し出内容", ...rows].join("\n"));
    const file = await openOne(path, { identityKey: home.identityKey() });
    await takeInFile(home, file, { reporter: silentReporter, said: new Set() });
  };
  await take("one.csv", [`a,2025-07-30,${SECRET}`]);
  const voice = async () => {
    for await (const { records } of home.streams.raw.readFrom(0)) return JSON.stringify(records);
    return "";
  };
  const id = /"voiceId":"([^"]+)"/.exec(await voice())?.[1] ?? "";
  await keepRaw(home);
  await forgetVoices(home, [id], PSEUDONYMISE);
  await cleanFiles(home);
  await take("one (1).csv", [`a,2025-07-30,${SECRET}`, "b,2025-07-30,味がよい"]);
  await keepRaw(home);
  const records: unknown[] = [];
  for await (const frame of home.streams.raw.readFrom(0)) records.push(...frame.records);
  expect(JSON.stringify(records)).not.toContain("ひみつ");
  expect(records).toMatchObject([{ status: "skip" }, { status: "skip" }, { status: "ok" }]);
  expect(await (await home.vault()).recordsOfVoice(id)).toEqual([]);
  await home.close();
});

test("deleted, it leaves no row; and a second revision of it none either", async () => {
  const home = await homeWithSecret();
  await forgetVoices(home, [uuidOf("a")], { ...BY, mode: "delete" });
  await takeIn(home, "two", [secretVoice("a", `${SECRET}。もう一度`)]);
  expect(await rowsOf(home, WORDS_OF_A)).toEqual([[0]]);
  expect(await rowsOf(home, "select text from voices")).toEqual([["味がよい"]]);
  expect(await rowsOf(home, "select text from segments")).toEqual([["味がよい"]]);
  await home.close();
});

test("a customer's voices are found by the number that the source has for him", async () => {
  const home = await homeWithSecret();
  const reason = "K-1 の方の求め";
  const options = { voices: [], dead: [], customer: "K-1", ...PSEUDONYMISE, reason };
  await publishDeadLetter(home, { file: "bad.csv", row: 2, at: "2025-07-30T10:00:00+09:00" });
  const result = await vaultForgetCommand.run(home, options, silentReporter);
  // Whose the letter is nobody knows; who asks is told that there is one.
  expect(result).toMatchObject({ voiceIds: [uuidOf("a")], letters: 0, lettersOfSources: 1 });
  const why = "select reason from forgotten_voices";
  expect(await rowsOf(home, why)).toEqual([["【…】 の方の求め"]]);
  expect(await rowsOf(home, VOICE_A)).toEqual(FORGOTTEN_A);
  await expect(vaultForgetCommand.run(home, options, silentReporter)).rejects.toThrow(
    "見つかりません",
  );
  await home.close();
});

test("after a kill before the files the same command cleans them and names those of the source, though it finds no voice of the customer any more", async () => {
  const folder = tempFolder();
  const home = await homeWithSecret(folder);
  await takeIn(home, "file:more", [secretVoice("a", `${SECRET}。もう一度`)]);
  await forgetVoices(home, [uuidOf("a")], PSEUDONYMISE);
  const options = { voices: [], dead: [], customer: "K-1", ...PSEUDONYMISE };
  const ended = await vaultForgetCommand.run(home, options, silentReporter);
  expect(ended).toMatchObject({ finished: [uuidOf("a")], voiceIds: [] });
  expect(ended.files).toEqual({ inInbox: [], elsewhere: ["file:more.csv"] });
  const again = vaultForgetCommand.run(home, options, silentReporter);
  await expect(again).rejects.toThrow("見つかりません");
  await home.close();
  for (const [file, text] of plainTextOf(folder)) {
    if (!file.startsWith("warehouse")) expect(text, file).not.toMatch(/ひみ|太郎/);
  }
});

test("a kill behind the journal is made up: the next opening destroys the keys and cleans the files", async () => {
  const folder = tempFolder();
  const home = await homeWithSecret(folder);
  await act(home, {
    type: "voices-forgotten",
    actionId: uuidOf("act"),
    at: "2025-08-02T00:00:00.000Z",
    voiceIds: [uuidOf("a")],
    ...PSEUDONYMISE,
  });
  await home.close();
  const again = await openTestHome(folder);
  expect(await (await again.vault()).recordsOfVoice(uuidOf("a"))).toEqual([]);
  let cleaned: string[] = [];
  await cleanHome(again, async (ids) => {
    cleaned = [...ids];
  });
  expect(cleaned).toEqual([uuidOf("a")]);
  await cleanHome(again, async () => {
    throw new Error("there is nothing left to clean");
  });
  await again.close();
  expect(readdirSync(folder)).not.toContain("vault.duckdb.new");
});
