import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CANARIES, FIVE_DESKS } from "../../support/files/five-desks.ts";
import { plainTextOf } from "../../support/plain-text-of.ts";
import { runKizuki } from "../../support/run-kizuki.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const EXPECTED: Readonly<Record<string, { name: string; channel: string; voices: number }>> = {
  csv: { name: "お客様相談室_通話記録", channel: "phone", voices: 66 },
  // Two answers a row; fourteen of them say 特にありません, and are voices still.
  xlsx: { name: "愛用者調査", channel: "survey", voices: 132 },
  tsv: { name: "楽天市場_レビュー", channel: "social", voices: 66 },
  json: { name: "お問い合わせメール", channel: "mail", voices: 66 },
  jsonl: { name: "x_posts", channel: "social", voices: 66 },
};

test("five desks' files go from their description to a report without an edit, and no name in a field of its own is readable", async () => {
  const folder = tempFolder();
  const home = join(folder, "home");
  let said = "";
  for (const { file, bytes } of FIVE_DESKS) {
    const path = join(folder, file);
    writeFileSync(path, bytes());
    const yaml = `${path}.yaml`;
    const init = await runKizuki(["source", "init", path, "--out", yaml], { home });
    expect(init.code, file + init.stderr).toBe(0);
    const { name, channel, voices } = EXPECTED[file.split(".").at(-1) ?? ""] ?? {};
    expect(readFileSync(yaml, "utf8")).toContain(`\nname: ${name}\nchannel: ${channel}\n`);
    const load = await runKizuki(["import", path, "--source", yaml, "--json"], { home });
    expect(load.code, file + load.stderr).toBe(0);
    expect(JSON.parse(load.stdout).files, file).toMatchObject([{ voices, deadLetters: 0 }]);
    said += init.stdout + init.stderr + load.stdout + load.stderr + readFileSync(yaml, "utf8");
  }
  const report = await runKizuki(["report", "weekly", "--period", "2025-W28"], { home });
  expect(report.code, report.stderr).toBe(0);
  const seen = new RegExp(CANARIES.join("|"), "g");
  for (const [file, text] of plainTextOf(home)) expect(text.match(seen), file).toBeNull();
  expect((said + report.stdout + report.stderr).match(seen)).toBeNull();
}, 600_000);
