import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { reclassifyCommand } from "../../../pipeline/cli/reclassify.ts";
import { silentReporter } from "../../../pipeline/reporter.ts";
import { openTestHome } from "../../support/home-with-voices.ts";
import { runKizuki } from "../../support/run-kizuki.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const SILENT = /話題の分類 \S+自社\.yaml … どの文にも付かない話題が 1 件あります: 見学（visit）/;
const UNREAD =
  /「車」（car）の words に、本文の語と合わない語があります。読んだもの: 駐車場（駐車／場 と読む）、混んで（混む／で と読む）。/;

/** A folder with a taxonomy that has a topic that nothing gives, and words that nothing is read as. */
function withTaxonomy(): { readonly folder: string; readonly config: string } {
  const folder = tempFolder();
  const topics = [
    "{ id: visit, label: 見学, description: 工場の見学 }",
    "{ id: bag, label: 袋, rules: [袋が開け] }",
    "{ id: car, label: 車, words: [[駐車場 車, 混んで 混む]] }",
  ].map((topic) => `  - ${topic}\n`);
  writeFileSync(
    join(folder, "自社.yaml"),
    `name: own\nlabel: 自社\nversion: 1\ntopics:\n${topics.join("")}`,
  );
  const config = join(folder, "kizuki.yaml");
  writeFileSync(config, "taxonomies: [./自社.yaml]\n");
  return { folder, config };
}

test("classify reads a taxonomy from where the person stands, and tells what in it gives nothing", async () => {
  const { folder } = withTaxonomy();
  const { code, stdout, stderr } = await runKizuki(
    ["classify", "--taxonomy", "自社.yaml", "--text"],
    {
      home: join(folder, "home"),
      env: { npm_lifecycle_event: "kizuki", INIT_CWD: folder },
      input: "袋が開けにくい\n",
    },
  );
  expect(code, stderr).toBe(0);
  expect(stdout).toContain("袋");
  expect(stderr).toMatch(SILENT);
  expect(stderr).toMatch(UNREAD);
});

test("reclassify and doctor tell it too", async () => {
  const { folder, config } = withTaxonomy();
  const home = await openTestHome(join(folder, "home"), { file: config });
  const { notes } = await reclassifyCommand.run(home, { taxonomy: "own" }, silentReporter);
  const unused = reclassifyCommand.run(home, { taxonomy: "food-maker" }, silentReporter);
  await expect(unused).rejects.toThrow("「food-maker」を使っていません。期待: own。");
  await home.close();
  expect(notes.join("\n")).toMatch(SILENT);
  expect(notes.join("\n")).toMatch(UNREAD);
  const doctor = await runKizuki(["--config", config, "doctor"], { home: join(folder, "home") });
  expect(doctor.code).toBe(1);
  expect(doctor.stdout).toMatch(/^× 話題: /m);
  expect(doctor.stdout).toMatch(SILENT);
});
