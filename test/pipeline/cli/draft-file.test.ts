import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { draftName, writeDraft } from "../../../pipeline/cli/draft-file.ts";
import { UsageError } from "../../../pipeline/errors.ts";
import { tempFolder } from "../../support/temp-folder.ts";

test.each([
  { why: "a workbook", file: "受付/2025-07.xlsx", expected: "2025-07.yaml" },
  { why: "a packed table, without both its endings", file: "声.csv.gz", expected: "声.yaml" },
  { why: "a dot that begins no ending stays", file: "声.2025", expected: "声.2025.yaml" },
  { why: "never as the config", file: "Kizuki.csv", expected: "kizuki-source.yaml" },
  { why: "an ending alone is a name", file: ".csv", expected: ".csv.yaml" },
])("a draft is named after its file: $why", ({ file, expected }) => {
  expect(draftName(file)).toBe(expected);
});

test("the same draft may be written twice, and another never takes its place", async () => {
  const target = join(tempFolder(), "声.yaml");
  await writeDraft(target, "name: 相談室");
  await writeDraft(target, "name: 相談室");
  await expect(writeDraft(target, "name: 別の窓口")).rejects.toThrow(
    new UsageError(
      `${target} はもうあり、中身が違います。--out で別の名前にしてください（例: --out 声-2.yaml）。`,
    ),
  );
  expect(readFileSync(target, "utf8")).toBe("name: 相談室");
});
