import { expect, test } from "vitest";
import { openSourceFiles } from "../../../../pipeline/intake/files/open-source-files.ts";
import { silentReporter } from "../../../../pipeline/reporter.ts";
import { surveyWorkbook } from "../../../support/files/desk-files.ts";
import { useTempFolder } from "../temp-folder.ts";

const write = useTempFolder();

test("how far a workbook is looked through is told, to the end of its strings and of each sheet", async () => {
  const work: { label: string; total: number; done: number }[] = [];
  const reporter = {
    ...silentReporter,
    begin: (label: string, total: number) => void work.push({ label, total, done: 0 }),
    advance: (count: number) => {
      const last = work.at(-1);
      if (last !== undefined) last.done += count;
    },
  };
  const options = { identityKey: Buffer.alloc(32), reporter };
  const tables = openSourceFiles(await write("声.xlsx", surveyWorkbook()), options, () => {});
  await expect(tables.next()).rejects.toThrow("原文らしい列が 2 つあります");
  expect(new Set(work.map(({ label }) => label))).toEqual(
    new Set(["ブックの文字を読み込み中", "シートを終わりまで確認中"]),
  );
  expect(work.map(({ done }) => done)).toEqual(work.map(({ total }) => total));
});
