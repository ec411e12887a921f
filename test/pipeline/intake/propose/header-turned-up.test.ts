import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSourceFiles } from "../../../../pipeline/intake/files/open-source-files.ts";
import { SourceDescription } from "../../../../pipeline/intake/source.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

const source = SourceDescription.parse({
  name: "電話ログ",
  channel: "phone",
  names: ["日時", "番号", "内容"],
  columns: { receivedAt: "日時", verbatim: "内容" },
});

async function saidOf(first: string): Promise<string> {
  const path = join(tempFolder(), "通話.csv");
  writeFileSync(path, `${first}\n2026-11-02 9:05,T-1,袋が開けにくくて困りました。`);
  const options = { identityKey: Buffer.alloc(32), source };
  for await (const file of openSourceFiles(path, options, () => {})) {
    if (file instanceof Error) throw file;
    return file.notes.join();
  }
  throw new Error("nothing");
}

test("a header that a described file without one has got is said", async () => {
  expect(await saidOf("受付日時,受付番号,お申し出")).toContain("1 行目は見出しのようです");
});

test.each([
  { why: "a voice", first: "2026-11-02 9:00,T-0,味がよい" },
  { why: "a sentence without a day", first: "不明,T-0,袋が破れていました。" },
  { why: "a number without a day", first: "不明,0120000123,なし" },
])("$why is no header", async ({ first }) => {
  expect(await saidOf(first)).toBe("");
});
