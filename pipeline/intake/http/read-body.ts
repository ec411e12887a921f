import { type ParseError, parse } from "jsonc-parser";

/** What a body is written in, by its media type. */
type BodyFormat = "json" | "jsonl";

/** The values of a body, or where it cannot be read. Lines and columns from 1. */
type ReadBody =
  | { readonly values: readonly unknown[] }
  | { readonly line: number; readonly column?: number };

export function formatOf(contentType: string | undefined): BodyFormat | undefined {
  const type = (contentType ?? "").split(";")[0]?.trim().toLowerCase();
  if (type === "application/json") return "json";
  return type === "application/x-ndjson" || type === "application/jsonl" ? "jsonl" : undefined;
}

/** Reads one value or a list of them; of JSON Lines one value a line. */
export function readBody(bytes: Uint8Array, format: BodyFormat): ReadBody {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { line: lineOfBadByte(bytes) };
  }
  if (format === "jsonl") return readLines(text);
  const read = readJson(text);
  if ("line" in read) return read;
  return { values: Array.isArray(read.value) ? read.value : [read.value] };
}

function readLines(text: string): ReadBody {
  const values: unknown[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const read = readJson(line);
    if ("line" in read) return { ...read, line: index + 1 };
    values.push(read.value);
  }
  return { values };
}

function readJson(text: string): { value: unknown } | { line: number; column: number } {
  try {
    return { value: JSON.parse(text) };
  } catch {
    // V8's message quotes the text, and not always says where.
    return placeOf(text);
  }
}

function placeOf(text: string): { line: number; column: number } {
  const errors: ParseError[] = [];
  try {
    parse(text, errors, { disallowComments: true });
  } catch {
    // Nested too deep for it.
  }
  const before = text.slice(0, errors[0]?.offset ?? 0).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function lineOfBadByte(bytes: Uint8Array): number {
  const lines = Buffer.from(bytes).toString("utf8").split("\n");
  return lines.findIndex((line) => line.includes("\ufffd")) + 1;
}
