import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { InputError } from "../../../pipeline/errors.ts";
import { fileBytes } from "../../../pipeline/intake/files/byte-source.ts";
import { textRecords } from "../../../pipeline/intake/table/text-records.ts";
import { FIRST, SECOND, table } from "../../fixtures/broken/broken-file.ts";
import { BROKEN_FILES } from "../../fixtures/broken/broken-files.ts";
import { outcomeOf } from "../../fixtures/broken/outcome-of.ts";
import { tempFolder } from "../../support/temp-folder.ts";

/** Read and judged line by line; `make.ts` writes it. */
const OUTCOMES = z
  .record(z.string(), z.strictObject({ voices: z.number(), says: z.array(z.string()) }))
  .parse(
    JSON.parse(
      readFileSync(new URL("../../fixtures/broken/outcomes.json", import.meta.url), "utf8"),
    ),
  );

test("each broken file has a name of its own and one outcome", () => {
  const names = BROKEN_FILES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(Object.keys(OUTCOMES).sort()).toEqual(names.toSorted());
});

test.each(BROKEN_FILES)("$name, $why, loads what can be loaded and says the rest", async (file) => {
  const path = join(tempFolder(), file.name);
  writeFileSync(path, file.bytes());
  expect(await outcomeOf(path, file.isUndescribed !== true)).toEqual(OUTCOMES[file.name]);
});

test("every word that staff read of broken files is Japanese", () => {
  const names =
    /「[^」]*」|[\w/.\u3000-\u9fff]+\.(?:csv|tsv|txt|jsonl?|xlsx|xls|docx|zip|gz|xml)/gu;
  for (const message of Object.values(OUTCOMES).flatMap(({ says }) => says)) {
    const [told = ""] = message
      .replace(/(?:読んだ見出し|ファイルの見出し|1 行目): .*$/s, "")
      .split("\n");
    expect(told.replace(names, "")).not.toMatch(/[a-z]{3,} [a-z]{2,}/i);
    expect(told).toMatch(/[ぁ-ん]/);
  }
});

test("a file without permission is said with whom to ask", async () => {
  const path = join(tempFolder(), "声.csv");
  writeFileSync(path, table(FIRST));
  chmodSync(path, 0);
  // To root nothing is forbidden.
  if (process.getuid?.() === 0) {
    process.seteuid?.(65_534);
    onTestFinished(() => process.seteuid?.(0));
  }
  await expect(outcomeOf(path, true)).resolves.toMatchObject({
    voices: 0,
    says: [expect.stringContaining("読む権限がありません")],
  });
});

test("a file that is taken away while it is read is said to be gone, and no record is made up", async () => {
  const path = join(tempFolder(), "声.csv");
  writeFileSync(path, table(FIRST, SECOND));
  const records = await textRecords(await fileBytes(path), undefined);
  rmSync(path);
  const reading = records.read(() => {}).next();
  await expect(reading).rejects.toThrow(InputError);
  await expect(reading).rejects.toThrow(/見つかりません/);
});

test("a name decomposed by a Mac is told composed", async () => {
  const path = join(tempFolder(), "ハ\u3099ター.csv");
  writeFileSync(path, "番号\n");
  expect((await fileBytes(path)).name).toBe("バター.csv");
});
