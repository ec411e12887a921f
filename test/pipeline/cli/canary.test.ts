import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { plainTextOf } from "../../support/plain-text-of.ts";
import { runKizuki } from "../../support/run-kizuki.ts";
import { tempFolder } from "../../support/temp-folder.ts";

test("a number in any column, or in the file's name, stands unsealed in no file", async () => {
  const folder = tempFolder();
  const canary = join(folder, "声090-1111-2222.csv");
  const row = "C1,2025-07-30,富山店 090-1111-3333,チップス(090-1111-4444),袋の話 090-1111-5555";
  writeFileSync(canary, `受付番号,受付日時,店舗,商品名,お申し出内容\n${row}\n`);
  const canaryHome = join(folder, "canary");
  const ran = await runKizuki(["import", canary], { home: canaryHome });
  expect(ran.code, ran.stderr).toBe(0);
  const add = ["awareness", "add", "--voice", "C1", "--author", "林"];
  const reason = ["--reason", "090-1111-6666 に折り返し、袋の話を聞いた"];
  expect((await runKizuki([...add, ...reason], { home: canaryHome })).code).toBe(0);
  const report = ["report", "weekly", "--period", "2025-W31"];
  expect((await runKizuki(report, { home: canaryHome })).code).toBe(0);
  for (const [file, text] of plainTextOf(canaryHome)) {
    expect(text.match(/090-?1111/g), file).toBeNull();
  }
  expect(ran.stdout + ran.stderr).not.toMatch(/1111-[345]/);
});
