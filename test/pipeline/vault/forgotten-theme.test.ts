import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cleanFiles } from "../../../pipeline/cli/vault-forget.ts";
import { weekOf } from "../../../pipeline/period.ts";
import { forgetVoices } from "../../../pipeline/vault/forget-voices.ts";
import { makeReport } from "../../../reports/frozen/make-report.ts";
import { uuidOf } from "../../support/enriched-voice.ts";
import { openTestHome, publishVoices } from "../../support/home-with-voices.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const WORDS = "入口で四十分も待たされました";
const WEEK = weekOf("2025-07-28");

test("a company's own section that quotes a part of a forgotten voice gives it up, in a report that does not count that voice", async () => {
  const folder = tempFolder();
  mkdirSync(join(folder, "home"));
  writeFileSync(
    join(folder, "theme.yaml"),
    'company: 菓子店\nsections: [{ id: first, title: はじめの声, sql: first.sql, line: "「{words}」" }]\n',
  );
  writeFileSync(
    join(folder, "first.sql"),
    `select left(text, ${WORDS.length}) as words from voices where text like '入口%'`,
  );
  const file = join(folder, "kizuki.yaml");
  writeFileSync(file, "theme: theme.yaml\n");
  const home = await openTestHome(join(folder, "home"), { file });
  await publishVoices(home, "2025.csv", [
    ["a", `${WORDS}。次は電車で行きます。`, "2025-05-06T10:00:00+09:00"],
    ["b", "係の方が親切でした", "2025-07-29T10:00:00+09:00"],
  ]);
  const reports = join(home.config.home, "reports", "weekly");
  const said = () => [
    ...readdirSync(reports).map((name) => readFileSync(join(reports, name), "utf8")),
  ];
  const frozen = async () => {
    const reader = await home.warehouse.reader.runAndReadAll("select value from reports");
    return [...said(), ...reader.getRowsJS().flat().map(String)].join();
  };
  const asked = { again: false, askedBy: "person" } as const;
  await makeReport(home, WEEK, asked);
  expect(await frozen()).toContain(WORDS);
  const by = { mode: "delete", author: "林", reason: "本人の求め" } as const;
  await forgetVoices(home, [uuidOf("a")], by);
  await cleanFiles(home);
  expect(await frozen()).not.toContain(WORDS);
  expect(await frozen()).toContain("（消去された声です）");
  await home.close();
});
