import { expect, test } from "vitest";
import { openOne } from "../../../support/open-one.ts";
import { useTempFolder } from "../temp-folder.ts";

const write = useTempFolder();

test("the first line of a letter is not repeated with a telephone number in it", async () => {
  const path = await write("手紙.txt", "090-1234-5678 へお電話ください。\n袋が開けにくいです。\n");
  const opening = openOne(path, { identityKey: Buffer.alloc(32) });
  await expect(opening).rejects.toThrow("列が 1 つしかありません（1 行目: 【電話1】");
});
