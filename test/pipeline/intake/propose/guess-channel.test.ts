import { describe, expect, test } from "vitest";
import { guessed, rows } from "./guessed.ts";

describe("by which way voices came is told", () => {
  test.each([
    { why: "by the file's name", file: "電話受付票.csv", header: "番号|日付|声", is: "phone" },
    { why: "by an X in it", file: "x_posts.csv", header: "番号|日付|声", is: "social" },
    {
      why: "by the sheet's name",
      file: "声.xlsx（シート「メール」）",
      header: "番号|日付|声",
      is: "mail",
    },
    { why: "by the header", file: "a.csv", header: "受電番号|日付|声", is: "phone" },
    { why: "by the header", file: "a.csv", header: "レビューID|日付|声", is: "social" },
    { why: "by the header of a survey", file: "a.csv", header: "回答番号|日付|声", is: "survey" },
    { why: "and else it is not", file: "a.csv", header: "番号|日付|声", is: "other" },
    {
      why: "not by two ways at once",
      file: "電話とメール.csv",
      header: "番号|日付|声",
      is: "other",
    },
  ])("$why: $file, $header", ({ file, header, is }) => {
    const guess = guessed(rows(`${header}\n1|2025-07-01|味がとても良かったです`), file);
    expect(guess).toMatchObject({ status: "sure", source: { channel: is } });
  });

  test("a column of where people bought is no channel of the voice", () => {
    const table = `
回答番号|日付|チャネル|声
1|2025-07-01|店頭|味がとても良かったです
2|2025-07-01|通販|袋が開けにくいです`;
    expect(guessed(rows(table))).toMatchObject({
      source: { channel: "survey", attributes: ["チャネル"] },
    });
  });
});
