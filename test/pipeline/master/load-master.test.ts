import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadMaster } from "../../../pipeline/master/load-master.ts";
import { tempFolder } from "../../support/temp-folder.ts";

test("an alias of one kana is told of, in either width; a kanji or two kana are not", async () => {
  const products = join(tempFolder(), "products.csv");
  writeFileSync(products, "code,name,aliases\nP1,うめ,う｜ｳ\nP2,極,きわみ\n");
  const { notes } = await loadMaster({ products });
  expect(notes).toEqual([
    expect.stringMatching(/^P1（うめ）の「う」は、かな 1 文字です/),
    expect.stringMatching(/^P1（うめ）の「ｳ」は、かな 1 文字です/),
  ]);
});
