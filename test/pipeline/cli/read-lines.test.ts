import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { readLineGroups } from "../../../pipeline/cli/read-lines.ts";

/** 「味が悪い」 in CP932. */
const CP932 = Buffer.from("96a182aa88ab82a2", "hex");

test.each([
  {
    why: "a character and a line end may be cut by the pieces of a stream",
    pieces: [Buffer.from("味\r\n").subarray(0, 2), Buffer.from("味\r\n").subarray(2), "二行目"],
    lines: ["味", "二行目"],
  },
  {
    why: "a byte order mark is no part of the first line",
    pieces: ["\ufeff{}\n{}\n"],
    lines: ["{}", "{}"],
  },
  {
    why: "a line as Windows writes it is read as such, also beside one in UTF-8",
    pieces: [Buffer.concat([CP932, Buffer.from("\n")]), "味が良い\n"],
    lines: ["味が悪い", "味が良い"],
  },
  {
    why: "an empty line is a line, the end of the last one is not",
    pieces: ["\n\nあ\n"],
    lines: ["", "", "あ"],
  },
])("$why", async ({ pieces, lines }) => {
  const read: string[] = [];
  for await (const group of readLineGroups(
    Readable.from(pieces.map((piece) => Buffer.from(piece))),
    2,
  )) {
    read.push(...group);
  }
  expect(read).toEqual(lines);
});
