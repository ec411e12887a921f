import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runKizuki } from "../../support/run-kizuki.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const ROWS = [
  "A-1,2026-01-01 10:00,駐車場が遠くて歩くのが大変でした",
  "A-2,2026-01-02 10:00,景色がとてもきれいで感動しました",
  "A-3,2026-01-03 10:00,案内板を増やしてほしいと思います",
  "A-4,2026-01-04 10:00,店員さんがとても親切でした",
];

test("an export without a description that is killed before its first voice keeps its name for those that overlap it", async () => {
  const folder = tempFolder();
  const home = join(folder, "home");
  const write = (name: string, rows: readonly string[]) => {
    writeFileSync(join(folder, name), ["受付番号,受付日時,ご意見", ...rows].join("\n"));
    return join(folder, name);
  };
  const first = write("通話記録.csv", ROWS.slice(0, 3));
  const second = write("問い合わせ.csv", ROWS.slice(1));
  const killed = await runKizuki(["import", first], {
    home,
    onStage: (stage) => (stage === "raw" ? "kill" : "go on"),
  });
  expect(killed.code).toBe(null);
  const other = await runKizuki(["import", second, "--json"], { home });
  expect(JSON.parse(other.stdout)).toMatchObject({ files: [{ voices: 1, duplicates: 2 }] });
  const again = await runKizuki(["import", first, "--json"], { home });
  expect(JSON.parse(again.stdout)).toMatchObject({ files: [{ voices: 0, duplicates: 3 }] });
}, 600_000);
