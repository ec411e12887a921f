import { expect, test } from "vitest";
import { RECORD_LIMIT } from "../../../../pipeline/intake/table/line-break.ts";
import { brief, readAll } from "../read-all.ts";
import { useTempFolder } from "../temp-folder.ts";

const write = useTempFolder();
const read = (text: string, chunkBytes?: number) =>
  readAll(write, text, { format: "json", ...(chunkBytes !== undefined && { chunkBytes }) });

const cases: { why: string; text: string; expected: string[] }[] = [
  {
    why: "a JSON array is read however its lines are broken, and its records are numbered",
    text: '[{"a":1},\n {\n  "a": "x}],{",\n  "b": {"c":[{"d":1}]}\n },{"a":"\\\\\\""}]\n',
    expected: ["1:1", '2:x}],{|{"c":[{"d":1}]}', '3:\\"'],
  },
  {
    why: "objects one after another are read like an array",
    text: '{\n"a":1\n}\n{\n"a":2\n}',
    expected: ["1:1", "2:2"],
  },
  {
    why: "a JSON array that is not closed says so behind its last record",
    text: '[{"a":1},{"a":2},\n',
    expected: ["1:1", "2:2", "3!unclosed array"],
  },
  {
    why: "an array that ends inside a record loses that record alone",
    text: '[{"a":1},{"a":"x',
    expected: ["1:1", "2!invalid JSON"],
  },
  {
    why: "what is broken in an array costs its own element",
    text: '[{"a":tru},{"a":1},7,"x,{}",null,{"a":"x},\n{"a":"y"},{"a":3}}]',
    expected: [
      "1!invalid JSON",
      "2:1",
      "3!not a JSON object",
      "4!not a JSON object",
      "5!not a JSON object",
      "6!invalid JSON",
      "7:y",
      "8:3",
      "9!invalid JSON",
    ],
  },
  { why: "an empty array has no record", text: " [ ]\n", expected: [] },
];

test.each(cases)("$why", async ({ text, expected }) => {
  const whole = await read(text);
  expect(brief(whole)).toEqual(expected);
  for (const chunkBytes of [1, 2, 3, 5, 7])
    expect(brief(await read(text, chunkBytes))).toEqual(expected);
});

test("a record longer than any may be is one reject, and the ones behind it are read", async () => {
  const long = "声".repeat(2 * RECORD_LIMIT);
  const records = await read(`[{"a":1},{"a":"${long}"},{"a":3}]`);
  expect(brief(records)).toEqual(["1:1", "2!record too long", "3:3"]);
});

test("what a brace with a million blanks behind it may go on with is looked for once", async () => {
  const records = await read(`[{"a":}${" ".repeat(1_000_000)}x,{"a":1}]`);
  expect(brief(records).at(-1)).toMatch(/:1$/);
});

test("an array of a hundred thousand records keeps to batches", async () => {
  const records = await read(`[${'{"a":"声"},'.repeat(100_000)}{"a":"末"}]`);
  expect(records).toHaveLength(100_001);
});
