import { expect, test } from "vitest";
import { LinesConfig, lineNames } from "../../pipeline/lines-config.ts";

const line = (name: string) => ({ name, products: ["しお*"] });

test.each([
  { why: "it would be the list beside the whole's report", lines: [line("voices")] },
  { why: "some file systems hold it for that list", lines: [line("Voices")] },
  { why: "it is what the rest is called", lines: [line("その他")] },
  { why: "it is what the whole is called", lines: [line("全体")] },
  { why: "it names a folder above", lines: [line("../菓子")] },
  { why: "a dot parts a line from its week", lines: [line("菓子.A")] },
  { why: "some file systems hold both for one", lines: [line("Snack"), line("ｓnack")] },
  { why: "nothing says what belongs to it", lines: [{ name: "菓子" }] },
])("a line is refused where $why", ({ lines }) => {
  expect(LinesConfig.safeParse(lines).success).toBe(false);
});

test("lines keep their order, the rest comes last; without lines there is no rest", () => {
  const lines = LinesConfig.parse([line("飲料・水"), line("お菓子（関西）")]);
  expect(lineNames(lines)).toEqual(["飲料・水", "お菓子（関西）", "その他"]);
  expect(lineNames([])).toEqual([]);
});
