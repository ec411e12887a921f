import { expect, test } from "vitest";
import { openSourceFiles } from "../../../../pipeline/intake/files/open-source-files.ts";
import { workbookBytes } from "../../../support/files/workbook-bytes.ts";
import { useTempFolder } from "../temp-folder.ts";

const write = useTempFolder();

test("hidden rows are counted to a long sheet's end, but for those with nothing in them", async () => {
  const rows = Array.from({ length: 3000 }, (_, index) => [
    String(index),
    "2025-07-01",
    `袋が固くて開けにくいです。${index} 個目でした。`,
  ]);
  rows[2599] = ["", "", ""];
  const header = ["受付番号", "受付日", "お申し出内容"];
  const sheet = { name: "声", rows: [header, ...rows], hiddenRows: [2501, 2601, 3001] };
  const path = await write("声.xlsx", workbookBytes({ sheets: [sheet] }));
  const told: string[] = [];
  let read = 0;
  const options = { identityKey: Buffer.alloc(32) };
  for await (const file of openSourceFiles(path, options, () => undefined)) {
    if (file instanceof Error) throw file;
    told.push(...file.notes);
    for await (const batch of file.records(0)) read += batch.length;
  }
  expect(told).toContain("非表示の行が 2 行あります。ほかの行と同じに取り込みます");
  expect(read).toBe(2999);
});
