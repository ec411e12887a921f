import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readReadings } from "../../../pipeline/operations/read-readings.ts";
import { openTestHome } from "../../support/home-with-voices.ts";
import { rawVoice, takeIn } from "../../support/home-with-words.ts";
import { tempFolder } from "../../support/temp-folder.ts";

test("the sealed words count as part of what the databases take", async () => {
  const home = await openTestHome(tempFolder());
  await takeIn(home, "one", [rawVoice("a", "袋が開かない")]);
  const { databaseBytes } = await readReadings(home);
  expect(databaseBytes.get("warehouse")).toBeGreaterThan(0);
  expect(databaseBytes.get("vault")).toBeGreaterThan(0);
  await home.close();
});

test("of the inbox those files wait that will be taken in: no report that came back with its file", async () => {
  const home = await openTestHome(tempFolder());
  const inbox = join(tempFolder(), "inbox");
  mkdirSync(inbox);
  for (const name of ["a.csv", "a.csv.結果.txt", ".a.csv"]) writeFileSync(join(inbox, name), "");
  const { inboxFiles } = await readReadings({ ...home, config: { ...home.config, inbox } });
  expect(inboxFiles).toBe(1);
  await home.close();
});
