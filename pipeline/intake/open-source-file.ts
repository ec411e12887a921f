import { createHash } from "node:crypto";
import { basename } from "node:path";
import { InputError } from "../errors.ts";
import type { RawRecord } from "../schema/raw-record.ts";
import { maskFileName } from "../text/mask-field.ts";
import { decodeFile } from "./decode-file.ts";
import { guessFormat } from "./guess-format.ts";
import { guessSource } from "./guess-source.ts";
import { recordMapper } from "./map-record.ts";
import { type ProvenFile, proveEncoding } from "./prove-encoding.ts";
import { type Format, readRecords } from "./read-records.ts";
import { Sample } from "./sample.ts";
import type { SourceDescription } from "./source.ts";
import { sourceName } from "./source-name.ts";
import type { SourceRecord } from "./split-records.ts";
import { unsureSource } from "./unsure-source.ts";

export type SourceFile = {
  /** "file:", the SHA-256 of the bytes, ":" and 8 hex digits of the description they were read with. */
  readonly stream: string;
  /** What the streams of the same bytes begin with, whatever they were read with. */
  readonly content: string;
  readonly file: string;
  /** `undefined` only for an empty file that came without one. */
  readonly source: SourceDescription | undefined;
  readonly encoding: "utf-8" | "utf-8-bom" | "cp932";
  readonly format: Format;
  readonly sizeBytes: number;
  /** There is not a single record. That is no mistake: a day may bring no voice. `notes` says it. */
  readonly isEmpty: boolean;
  /** What staff should know: what a guess left out, or that the file is empty. In Japanese. */
  readonly notes: readonly string[];
  /** The records from this offset on, in order. The same bytes and source always give the same records. */
  records(from: number): AsyncIterable<readonly RawRecord[]>;
  /** How far the latest `records` has read. */
  progress(): { readonly bytesRead: number; readonly sizeBytes: number };
};

/**
 * Opens one file of voices: proves its encoding, tells its format, and guesses its source where none is given.
 *
 * @throws InputError where the file cannot be read for what it is
 */
export async function openSourceFile({
  path,
  source: described,
  identityKey,
}: {
  path: string;
  source?: SourceDescription;
  identityKey: Buffer;
}): Promise<SourceFile> {
  const proven = await proveEncoding(path, described && { wish: described.encoding });
  const { sizeBytes, bomBytes } = proven;
  const content = `file:${proven.sha256}`;
  const format = await formatOf(proven, described);
  const first = await firstRecords(proven, format);
  const isEmpty = first.length === 0;
  const { source, notes } = isEmpty
    ? { source: described, notes: [emptyNote(proven)] }
    : sourceOf(proven, first, { described, format });
  // A corrected description reads the same bytes anew: what it rejected before gets another chance.
  const place = { stream: `${content}:${hashOf(source)}`, file: maskFileName(basename(path)) };
  let bytesRead = 0;
  return {
    ...place,
    content,
    source,
    encoding: bomBytes > 0 ? "utf-8-bom" : proven.encoding,
    format,
    sizeBytes,
    isEmpty,
    notes,
    async *records(from) {
      if (source === undefined) return;
      const map = recordMapper({ ...place, source, identityKey });
      const onBytes = (read: number) => {
        bytesRead = read;
      };
      for await (const batch of readRecords(proven, { format, onBytes })) {
        // The ones before are mapped too: they count as occurrences of their words.
        const records = batch.map(map).filter(({ origin }) => origin.offset >= from);
        if (records.length > 0) yield records;
      }
    },
    progress: () => ({ bytesRead, sizeBytes }),
  };
}

function hashOf(source: SourceDescription | undefined): string {
  return createHash("sha256")
    .update(JSON.stringify(source ?? null))
    .digest("hex")
    .slice(0, 8);
}

function emptyNote({ sizeBytes, bomBytes }: ProvenFile): string {
  const what = sizeBytes === bomBytes ? "空のファイルです" : "見出しのほかにデータの行がありません";
  return `${what}。取り込むものはありません。`;
}

async function formatOf(
  proven: ProvenFile,
  described: SourceDescription | undefined,
): Promise<Format> {
  if (described !== undefined && described.format !== "auto") return described.format;
  for await (const start of decodeFile(proven)) return guessFormat(proven.path, start);
  return "csv";
}

/** Enough rows for a guess, in one batch. */
async function firstRecords(proven: ProvenFile, format: Format): Promise<readonly SourceRecord[]> {
  for await (const batch of readRecords(proven, { format })) return batch;
  return [];
}

function sourceOf(
  { path }: ProvenFile,
  first: readonly SourceRecord[],
  { described, format }: { described: SourceDescription | undefined; format: Format },
): { source: SourceDescription; notes: readonly string[] } {
  const rows = first.flatMap((record) => ("cells" in record ? [record.cells] : []));
  const { columns } = new Sample(rows);
  if (described !== undefined) {
    if (rows.length > 0) refuseMissingColumns(path, columns, wantedColumns(described, format));
    return { source: described, notes: [] };
  }
  const guess = guessSource(rows);
  if (guess.status === "sure") return guess;
  const { reasons, ...found } = guess;
  throw unsureSource(path, { name: sourceName(columns), columns, reasons, found });
}

function wantedColumns(
  { columns, attributes, channel }: SourceDescription,
  format: Format,
): readonly string[] {
  // A line of JSON Lines leaves out what it has no value for.
  if (format === "jsonl") return [columns.receivedAt, columns.verbatim];
  const channelColumn = typeof channel === "object" ? [channel.column] : [];
  const mapped = Object.values(columns)
    .flat()
    .filter((column) => column !== undefined);
  return [...new Set([...mapped, ...attributes, ...channelColumn])];
}

/** A misspelt column would else reject, or silently empty, every record of the file. */
function refuseMissingColumns(
  path: string,
  seen: readonly string[],
  wanted: readonly string[],
): void {
  const missing = wanted.filter((column) => !seen.includes(column));
  if (missing.length === 0) return;
  throw new InputError(
    `${path}: 取込元の説明にある列がファイルにありません: ${missing.join("、")}。` +
      `ファイルの見出し: ${seen.join("、")}`,
  );
}
