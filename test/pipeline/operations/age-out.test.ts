import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cleanFiles } from "../../../pipeline/cli/vault-forget.ts";
import { type Home, vaultPath } from "../../../pipeline/home.ts";
import { ageOut } from "../../../pipeline/operations/age-out.ts";
import { StoppedError } from "../../../pipeline/stop.ts";
import { uuidOf } from "../../support/enriched-voice.ts";
import { openTestHome } from "../../support/home-with-voices.ts";
import { rawVoice, takeIn } from "../../support/home-with-words.ts";
import { rebuildHome } from "../../support/rebuild-home.ts";
import { tempFolder } from "../../support/temp-folder.ts";

/** On the night of 5 January 2026: words of 5 January 2025 stay, those of the day before go. */
const RULE = { months: 12, mode: "pseudonymise", rawDays: 30, clean: cleanFiles } as const;
const NOW = new Date("2026-01-05T03:00:00+09:00");
const UNTIL = "2026-01-05";

const NOTICE = "（消去された声です）";

async function homeOfThree(folder: string): Promise<Home> {
  const home = await openTestHome(folder, { clock: () => NOW });
  await takeIn(home, "one", [
    rawVoice("old", "古い声", { receivedAt: "2025-01-04T23:59:00+09:00" }),
    rawVoice("kept", "まだ新しい声", { receivedAt: "2025-01-05T00:00:00+09:00" }),
    rawVoice("new", "新しい声", { receivedAt: "2026-01-04T10:00:00+09:00" }),
  ]);
  return home;
}

async function texts(home: Home): Promise<unknown[]> {
  const reader = await home.warehouse.reader.runAndReadAll(
    "select text from voices order by received_at",
  );
  return reader.getRowsJS().map(([text]) => text);
}

test("voices older than the months are forgotten, a second night forgets none, and a rebuild brings none back", async () => {
  const folder = tempFolder();
  const home = await homeOfThree(folder);
  const left = [NOTICE, "まだ新しい声", "新しい声"];
  expect(await ageOut(home, { ...RULE, until: UNTIL })).toMatchObject({ voices: 1 });
  expect(await texts(home)).toEqual(left);
  expect(await ageOut(home, { ...RULE, until: UNTIL })).toMatchObject({ voices: 0 });
  expect(await (await home.vault()).recordsOfVoice(uuidOf("old"))).toEqual([]);
  await home.close();
  await rebuildHome(folder);
  const again = await openTestHome(folder, { clock: () => NOW });
  expect(await texts(again)).toEqual(left);
  await again.close();
});

test("in the other mode no row of them stays", async () => {
  const home = await homeOfThree(tempFolder());
  await ageOut(home, { ...RULE, mode: "delete", until: UNTIL });
  expect(await texts(home)).toEqual(["まだ新しい声", "新しい声"]);
  await home.close();
});

test("a night that is ended before its first page is made up by the next", async () => {
  const soon = new AbortController();
  const never = new AbortController().signal;
  const folder = tempFolder();
  await (await homeOfThree(folder)).close();
  const home = await openTestHome(folder, {
    clock: () => NOW,
    stop: { soon: soon.signal, now: never },
  });
  soon.abort();
  await expect(ageOut(home, { ...RULE, until: UNTIL })).rejects.toBeInstanceOf(StoppedError);
  expect(await texts(home)).not.toContain(NOTICE);
  await home.close();
  const next = await openTestHome(folder, { clock: () => NOW });
  expect(await ageOut(next, { ...RULE, until: UNTIL })).toMatchObject({ voices: 1 });
  await next.close();
});

test("the sealed stream goes by its days once the vault has it, words stay in the vault, and the next import goes on", async () => {
  const folder = tempFolder();
  const home = await homeOfThree(folder);
  const raw = join(folder, "log", "voc.raw");
  expect(await ageOut(home, { ...RULE, until: UNTIL })).toMatchObject({ rawRecords: 0 });
  const [first = ""] = readdirSync(raw).sort();
  const old = new Date(NOW.getTime() - 31 * 86_400_000);
  utimesSync(join(raw, first), old, old);
  expect(await ageOut(home, { ...RULE, until: UNTIL })).toMatchObject({ rawRecords: 3 });
  await takeIn(home, "two", [rawVoice("next", "次の声")]);
  const vault = await home.vault();
  for (const name of ["new", "next"]) {
    expect(await vault.recordsOfVoice(uuidOf(name))).toHaveLength(1);
  }
  await home.close();
  const again = await openTestHome(folder, { clock: () => NOW });
  expect(again.streams.raw.nextOffset).toBe(4);
  await again.close();
});

test("a night on which only a record without a voice is too old leaves nothing of it in the vault's file", async () => {
  const folder = tempFolder();
  const home = await openTestHome(folder, { clock: () => NOW });
  const vault = await home.vault();
  const sealed = randomBytes(400).toString("hex");
  const letter = {
    ...{ voiceId: null, revision: null, stream: "file:old", offset: 0, keyId: "k" },
    wrappedKey: Buffer.from("k"),
    sealed: Buffer.from(sealed),
  };
  const sealedAt = new Date("2024-12-31T00:00:00Z");
  await vault.keep({ records: [letter], positions: [["test", 1]], sealedAt });
  await vault.compact();
  expect(readFileSync(vaultPath(folder), "latin1")).toContain(sealed);
  await ageOut(home, { ...RULE, until: UNTIL });
  expect(readFileSync(vaultPath(folder), "latin1")).not.toContain(sealed);
  await home.close();
});
