import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { homeCommands } from "../../../pipeline/cli/home-commands.ts";
import { listen } from "../../../pipeline/cli/serve/socket-server.ts";
import { makeSnapshot } from "../../../pipeline/cli/snapshot.ts";
import { openTestHome, publishVoices, VOICES } from "../../support/home-with-voices.ts";
import { runKizuki } from "../../support/run-kizuki.ts";
import { tempFolder } from "../../support/temp-folder.ts";

test("beside serve a snapshot is made through it, in turn with the timetable's, and says where it lies", async () => {
  const folder = join(tempFolder(), "home");
  const home = await openTestHome(folder);
  await publishVoices(home, "2025.csv", VOICES);
  const server = await listen(home, homeCommands);
  const [{ stdout, stderr }, nightly] = await Promise.all([
    runKizuki(["snapshot"], { home: folder }),
    makeSnapshot(home),
    makeSnapshot(home),
  ]);
  await server.close();
  await home.close();
  expect(stderr).toBe("");
  expect(stdout).toContain(`${folder}/snapshot/snapshot.duckdb（声 3 件`);
  expect(stdout).toContain(`Parquet: ${folder}/snapshot/parquet\n`);
  expect(existsSync(nightly.file)).toBe(true);
  expect(readdirSync(join(folder, "snapshot", "parquet")).sort()).toEqual(["segments", "voices"]);
});

test("without serve it is made here, of an empty home too", async () => {
  const home = join(tempFolder(), "home");
  const { code, stdout, stderr } = await runKizuki(["snapshot", "--json"], { home });
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    file: join(home, "snapshot/snapshot.duckdb"),
    parquet: join(home, "snapshot/parquet"),
    voices: 0,
  });
});
