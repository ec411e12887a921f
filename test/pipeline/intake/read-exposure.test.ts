import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readExposure } from "../../../pipeline/intake/read-exposure.ts";
import { tempFolder } from "../../support/temp-folder.ts";

function tableOf(text: string): string {
  const path = join(tempFolder(), "sales.csv");
  writeFileSync(path, text);
  return path;
}

test("a table of sales is read, with its dates and numbers as people write them", async () => {
  const file = tableOf(
    'product,from,until,units\nゆずゼリー,2025/7/28,2025-08-04,"12,000"\nゆずゼリー,2025年8月4日,20250811,9000\n',
  );
  expect(await readExposure(file, "個")).toEqual({
    kind: "product",
    unit: "個",
    lines: [
      { subject: "ゆずゼリー", from: "2025-07-28", until: "2025-08-04", units: 12_000 },
      { subject: "ゆずゼリー", from: "2025-08-04", until: "2025-08-11", units: 9000 },
    ],
  });
});

test("visitors go by place", async () => {
  const file = tableOf("place,from,until,units\n兼六園,2025-07-01,2025-08-01,210000\n");
  expect(await readExposure(file, "人")).toMatchObject({ kind: "place" });
});

test.each([
  { why: "a day that is none", line: "ゼリー,7月,2025-08-04,1", said: "2 行目 from" },
  { why: "an end before its beginning", line: "ゼリー,2025-08-04,2025-08-04,1", said: "until" },
  { why: "a number below zero", line: "ゼリー,2025-07-28,2025-08-04,-5", said: "0 以上の数" },
  { why: "a product without a name", line: ",2025-07-28,2025-08-04,5", said: "商品の名前" },
  { why: "a missing cell", line: "ゼリー,2025-07-28,2025-08-04", said: "2 行目" },
])("$why is named with its line", async ({ line, said }) => {
  const file = tableOf(`product,from,until,units\n${line}\n`);
  await expect(readExposure(file, "個")).rejects.toThrow(said);
});

test("a table of neither product nor place is refused", async () => {
  const file = tableOf("item,from,until,units\nゼリー,2025-07-28,2025-08-04,5\n");
  await expect(readExposure(file, "個")).rejects.toThrow("product か place");
});
