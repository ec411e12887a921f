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
}, 300_000);

const PERSONS = ["田所", "緑川", "香坂", "雪村", "Kirishima", "氷室澪", "桐谷"];

test("a person in any column, or in the file's name, stands unsealed in no file, line or page", async () => {
  const folder = tempFolder();
  const canary = join(folder, "氷室澪_通話.csv");
  const rows = [
    "受付番号,受付日時,店舗,商品名,担当者,メモ,お申し出内容",
    "P1,2025-07-30,富山店 香坂様,チップス(雪村さん用),桐谷,Mr. Kirishimaより,田所と申します。緑川さんの対応が残念です",
    "P2,三十日,富山店,チップス,桐谷,なし,田所様より入電。日付が読めない",
  ];
  writeFileSync(canary, `${rows.join("\n")}\n`);
  const source = join(folder, "source.yaml");
  writeFileSync(
    source,
    "name: canary\nchannel: phone\ncolumns:\n  id: 受付番号\n  receivedAt: 受付日時\n  verbatim: お申し出内容\n  place: 店舗\n  product: 商品名\nattributes: [担当者, メモ]\n",
  );
  const home = join(folder, "persons");
  const ran = await runKizuki(["import", canary, "--source", source], { home });
  const add = ["awareness", "add", "--voice", "P1", "--author", "林"];
  const added = await runKizuki([...add, "--reason", "田所様に折り返した"], { home });
  expect(added.code, added.stderr).toBe(0);
  const report = ["report", "weekly", "--period", "2025-W31"];
  expect((await runKizuki(report, { home })).code).toBe(0);
  const dead = await runKizuki(["dead", "list"], { home });
  const seen = new RegExp(PERSONS.join("|"), "g");
  const texts = plainTextOf(home);
  for (const [file, text] of texts) {
    expect(text.match(seen), file).toBeNull();
    expect(file).not.toMatch(seen);
  }
  expect([...texts.keys()].some((name) => name.endsWith(".html"))).toBe(true);
  // The file is named as the user typed it.
  const said = (ran.stdout + ran.stderr + dead.stdout + dead.stderr).replaceAll(canary, "");
  expect(said.match(seen)).toBeNull();
}, 300_000);
