import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { originalFiles } from "../../../pipeline/cli/original-files.ts";
import { uuidOf } from "../../support/enriched-voice.ts";
import { openTestHome } from "../../support/home-with-voices.ts";
import { rawVoice, takeIn } from "../../support/home-with-words.ts";
import { tempFolder } from "../../support/temp-folder.ts";

test("files that still hold a voice's words are told by where they lie, also under the name that the inbox gave them", async () => {
  const folder = tempFolder();
  const inbox = join(folder, "inbox");
  for (const name of ["done", "failed"]) mkdirSync(join(inbox, name), { recursive: true });
  const file = join(folder, "kizuki.yaml");
  writeFileSync(file, "inbox: ./inbox\n");
  const home = await openTestHome(join(folder, "home"), { file });
  await takeIn(home, "file:one", [rawVoice("a", "袋が開かない"), rawVoice("b", "味がよい")]);
  await takeIn(home, "file:two", [rawVoice("a", "袋が開かない。もう一度")]);
  await takeIn(home, "http:web", [rawVoice("c", "香りがよい")]);
  const places = [
    ...["done/file:one.csv", "done/file:one.csv.結果.txt", "done/3-file:one.csv"],
    ...["failed/bad.zip", "done/other.csv"],
  ];
  for (const place of places) writeFileSync(join(inbox, place), "");
  expect(await originalFiles(home, [uuidOf("a")], ["bad.zip（7月.csv）"])).toEqual({
    inInbox: ["failed/bad.zip", "done/3-file:one.csv", "done/file:one.csv"].map((place) =>
      join(inbox, place),
    ),
    elsewhere: ["file:two.csv"],
  });
  expect(await originalFiles(home, [uuidOf("c")], [])).toEqual({ inInbox: [], elsewhere: [] });
  await home.close();
});
