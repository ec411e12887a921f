import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readLabelledFile } from "../../../pipeline/cli/labelled-file.ts";
import { tempFolder } from "../../support/temp-folder.ts";

function read(name: string, contents: string | Buffer) {
  const path = join(tempFolder(), name);
  writeFileSync(path, contents);
  return readLabelledFile(path, { examples: path, text: "text", label: "label" });
}

test("JSON Lines in CP932 are read in CP932", async () => {
  // {"text":"味","label":"良"}
  const [start, middle, end] = ['{"text":"', '","label":"', '"}\n'].map((part) =>
    Buffer.from(part),
  );
  const parts = [start, Buffer.from([0x96, 0xa1]), middle, Buffer.from([0x97, 0xc7]), end];
  const bytes = Buffer.concat(parts.flatMap((part) => part ?? []));
  expect(await read("examples.jsonl", bytes)).toEqual([{ text: "味", labels: ["良"] }]);
});

test("of many bad rows the first ten are named, and how many more there are", async () => {
  const error = await read("examples.csv", `text,label\n${"味,\n".repeat(12)}`).catch(String);
  expect(error).toMatch(/examples\.csv:\d+ 期待: .*\nほか 2 件$/s);
  expect(String(error).split("\n")).toHaveLength(11);
});
