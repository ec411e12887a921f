import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError } from "../../../pipeline/errors.ts";
import { proveEncoding } from "../../../pipeline/intake/encoding/prove-encoding.ts";
import { fileBytes } from "../../../pipeline/intake/files/byte-source.ts";
import type { Format } from "../../../pipeline/intake/files/guess-format.ts";
import { readRecords } from "../../../pipeline/intake/read-records.ts";
import { brief, type ReadOptions, readAll } from "./read-all.ts";
import { useTempFolder } from "./temp-folder.ts";

const write = useTempFolder();
const read = (contents: string | Uint8Array, options: ReadOptions = {}) =>
  readAll(write, contents, options);

const cases: { why: string; text: string; format?: Format; expected: string[] }[] = [
  {
    why: "lines are numbered with the header",
    text: "a,b\n1,x\n2,y\n",
    expected: ["2:1|x", "3:2|y"],
  },
  { why: "the last line needs no break", text: "a,b\n1,x", expected: ["2:1|x"] },
  {
    why: "CR LF, LF and CR all end a line",
    text: "a,b\r\n1,x\n2,y\r3,z",
    expected: ["2:1|x", "3:2|y", "4:3|z"],
  },
  {
    why: "blank lines are no records but have numbers",
    text: "\na,b\n\n1,x\n \n\r\n2,y\n",
    expected: ["4:1|x", "7:2|y"],
  },
  {
    why: "a quoted cell keeps breaks, commas and quotes",
    text: 'a,b\n1,"x\r\ny,""z"""\n2,y\n',
    expected: ['2:1|x\r\ny,"z"', "4:2|y"],
  },
  { why: "cells are not trimmed", text: "a,b\n1, 　x \n", expected: ["2:1| 　x "] },
  {
    why: "a quote inside a plain cell is a character",
    text: 'a,b\n1,5" の皿\n',
    expected: ['2:1|5" の皿'],
  },
  {
    why: "too many cells spoil one record",
    text: "a,b\n1,x\n2,y,z\n3,w\n",
    expected: ["2:1|x", "3!too many cells", "4:3|w"],
  },
  {
    why: "too few cells spoil one record",
    text: "a,b\n1\n3,w\n",
    expected: ["2!too few cells", "3:3|w"],
  },
  {
    why: "text behind a closing quote spoils one record",
    text: 'a,b\n1,"x"y\n3,w\n',
    expected: ["2!broken quote", "3:3|w"],
  },
  {
    why: "an unclosed quote spoils its line, not the file",
    text: 'a,b\n1,"x\n2,y\n3,z\n',
    expected: ["2!unclosed quote", "3:2|y", "4:3|z"],
  },
  {
    why: "an unclosed quote meets the next opening one",
    text: 'a,b\n1,"x\n2,"y"\n3,z\n',
    expected: ["2!broken quote", "3:2|y", "4:3|z"],
  },
  {
    why: "an unclosed quote closed by accident gives its lines back",
    text: 'a,b,c\n1,"x,0\n2,y,0\n3,y,"\n4,z,0\n',
    expected: ["2!unclosed quote", "3:2|y|0", "4!unclosed quote", "5:4|z|0"],
  },
  {
    why: "too many cells around a line break are one record",
    text: 'a,b\n1,"x\ny",z\n3,w\n',
    expected: ["2!too many cells", "4:3|w"],
  },
  {
    why: "tabs part cells in TSV, commas do not",
    text: "a\tb\n1\tx,y\n",
    format: "tsv",
    expected: ["2:1|x,y"],
  },
  {
    why: "NUL, emoji and bidi marks are text",
    text: "a,b\n\0,😀\u202e\n",
    expected: ["2:\0|😀\u202e"],
  },
  {
    why: "JSON Lines keep nested values as JSON",
    text: '{"a":1.5,"b":{"c":[1]}}\n\n{"a":null,"b":true}',
    format: "jsonl",
    expected: ['1:1.5|{"c":[1]}', "3:|true"],
  },
  {
    why: "a line that is no JSON, or no object, spoils one record",
    text: '{"a":1}\n{"a":\n[1]\n"x"\n{"a":2}\n',
    format: "jsonl",
    expected: ["1:1", "2!invalid JSON", "3!not a JSON object", "4!not a JSON object", "5:2"],
  },
  {
    why: "an id beyond 2^53 would come out as another one",
    text: '{"id":12345678901234567890}\n',
    format: "jsonl",
    expected: ["1!number out of range"],
  },
  {
    why: "JSON nested 200,000 deep spoils one record",
    text: `{"a":${"[".repeat(2e5)}${"]".repeat(2e5)}}\n{"a":1}\n`,
    format: "jsonl",
    expected: ["1!invalid JSON", "2:1"],
  },
];

test.each(cases)("$why", async ({ text, format = "csv", expected }) => {
  expect(brief(await read(text, { format }))).toEqual(expected);
});

test.each(cases.filter(({ text }) => text.length < 100))(
  "where reads end makes no difference: $why",
  async ({ text, format = "csv" }) => {
    const whole = await read(text, { format });
    for (const chunkBytes of [1, 2, 3, 5, 7]) {
      expect(await read(text, { format, chunkBytes })).toEqual(whole);
    }
  },
);

test("no byte of the file is in no record, whatever is broken in it", async () => {
  const body = '1,"x\n2,y,z\n3,"a"b\n4,"q\n5,ok\n6\n';
  const records = await read(`a,b\n${body}`);
  expect(records.map(({ bytes }) => bytes).join("")).toBe(body);
});

test("a JSON key called __proto__ is a column like any other", async () => {
  const [record] = await read('{"__proto__":{"x":1},"a":"1"}\n', { format: "jsonl" });
  expect(record !== undefined && "cells" in record && [...record.cells]).toEqual([
    ["__proto__", '{"x":1}'],
    ["a", "1"],
  ]);
});

test("well-formed CSV is read as csv-parse reads it", async () => {
  const cell = fc.string({
    unit: fc.constantFrom("a", "声", "😀", ",", '"', "\n", "\r\n", " ", "\t"),
  });
  const row = fc.tuple(fc.constantFrom("1", "2"), cell, cell, cell);
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      async (rows, crlf) => {
        const quoted = rows.map((cells) =>
          cells.map((value) => `"${value.replaceAll('"', '""')}"`),
        );
        const lines = ["h1,h2,h3,h4", ...quoted.map((cells) => cells.join(","))];
        const text = lines.join(crlf ? "\r\n" : "\n");
        const oracle: string[][] = parse(text, {
          from_line: 2,
          record_delimiter: crlf ? "\r\n" : "\n",
        });
        const mine = await read(text, { chunkBytes: 7 });
        expect(mine.map((record) => "cells" in record && [...record.cells.values()])).toEqual(
          oracle,
        );
      },
    ),
    { numRuns: 150, seed: 1 },
  );
});

describe("half a character at the end of the file", () => {
  test("rejects the last record and leaves the others", async () => {
    const bytes = Buffer.from("a,b\n1,声\n2,声あ").subarray(0, -1);
    const records = await read(bytes);
    expect(brief(records)).toEqual(["2:1|声", "3!cut-off character at end of file"]);
    expect(records[1]?.bytes).toBe("2,声\ufffd");
  });

  test("is a record of its own where it stands on a line of its own", async () => {
    const bytes = Buffer.from("a,b\n1,声\nあ").subarray(0, -1);
    expect(brief(await read(bytes))).toEqual(["2:1|声", "3!cut-off character at end of file"]);
  });

  test("does not hide in an unclosed quote", async () => {
    const bytes = Buffer.from('a,b\n1,"声\n2,声あ').subarray(0, -1);
    expect(brief(await read(bytes))).toEqual([
      "2!unclosed quote",
      "3!cut-off character at end of file",
    ]);
  });
});

describe("what is longer than a record may be", () => {
  const MEGA = 1024 * 1024;

  test("an unclosed quote before five megabytes of lines costs only its line", async () => {
    const lines = Array.from({ length: (5 * MEGA) / 16 }, () => "2,0123456789abc\n").join("");
    const records = await read(`a,b\n1,"x\n${lines}`);
    expect(brief(records.slice(0, 2))).toEqual(["2!unclosed quote", "3:2|0123456789abc"]);
    expect(records).toHaveLength(1 + (5 * MEGA) / 16);
  });

  test.each(["csv", "jsonl"] as const)(
    "a line of nine megabytes in %s is one reject of 64 KiB",
    async (format) => {
      const head = format === "csv" ? "a,b\n1,x\n" : '{"a":1}\n{"a":1}\n';
      const tail = format === "csv" ? "3,z" : '{"a":3}';
      const records = await read(
        `${head}${"声".repeat(3 * MEGA)}${"x".repeat(2 * MEGA)}\r\n${tail}`,
        { format },
      );
      const [before, after] = [records.at(-3), records.at(-1)];
      expect(before).toHaveProperty("cells");
      expect(records.at(-2)).toMatchObject({ row: 3, problem: { reason: "record too long" } });
      expect(Buffer.byteLength(records.at(-2)?.bytes ?? "")).toBeLessThanOrEqual(65_536);
      expect(after).toMatchObject({ row: 4 });
      expect(after).toHaveProperty("cells");
    },
  );

  test("a cell of a megabyte is read whole, in well under a second", async () => {
    const [record] = await read(`a,b\n1,"${"声".repeat(1_000_000)}"\n`);
    expect(record !== undefined && "cells" in record && record.cells.get("b")?.length).toBe(
      1_000_000,
    );
  });
});

test.each([
  { why: "two columns of one name", text: "id,本文,id\n", says: /見出し「id」が 2 列/ },
  { why: "a column without a name", text: "id,,本文\n", says: /2 列目の見出しが空/ },
  { why: "a header with an open quote", text: '"id,本文\n1,x\n', says: /見出しの行を読めません/ },
  { why: "NUL in the header", text: "i\0d\0,x\0\n", says: /UTF-16/ },
])("$why is an input error", async ({ text, says }) => {
  await expect(read(text)).rejects.toThrow(InputError);
  await expect(read(text)).rejects.toThrow(says);
});

test.each(["", "\n\n", "\ufeff", "a,b\n", "a,b"])("%j holds no record", async (text) => {
  expect(await read(text)).toEqual([]);
});

test("reading from any record on gives the same tail", async () => {
  const text = `a,b\n${Array.from({ length: 30 }, (_, n) => (n % 7 === 3 ? `${n}\n` : `${n},"x\ny"\n`)).join("")}`;
  const all = await read(text);
  for (let from = 0; from <= all.length; from += 1) {
    expect(await read(text, { from })).toEqual(all.slice(from));
  }
});

test("a batch is never larger than 512 records, nor much larger than four megabytes", async () => {
  const small = await proveEncoding(
    await fileBytes(await write("small.csv", `a,b\n${"1,x\n".repeat(1300)}`)),
  );
  const sizes: number[] = [];
  for await (const batch of readRecords(small, { format: "csv" })) sizes.push(batch.length);
  expect(sizes).toEqual([512, 512, 276]);
  const large = await proveEncoding(
    await fileBytes(await write("large.csv", `a,b\n${`1,${"x".repeat(1e6)}\n`.repeat(12)}`)),
  );
  for await (const batch of readRecords(large, { format: "csv" })) {
    expect(batch.length).toBeLessThanOrEqual(5);
  }
});
