import { basename } from "node:path";
import { InputError } from "../../errors.ts";
import type { Reporter } from "../../reporter.ts";
import { HeadlessError } from "../propose/headless.ts";
import type { RecordSource } from "../record-source.ts";
import type { EncodingWish, SourceDescription } from "../source.ts";
import type { Names } from "../table/scan-delimited.ts";
import type { SourceRecord } from "../table/split-records.ts";
import { textRecords } from "../table/text-records.ts";
import { openSheets } from "../xlsx/open-sheets.ts";
import { isOfficeDocument } from "../xlsx/open-workbook.ts";
import { allBytes, type ByteSource, fileBytes, firstBytes } from "./byte-source.ts";
import { gunzipBytes } from "./gunzip-bytes.ts";
import { sourceOfHeadless } from "./headless-source.ts";
import { type Archive, type ArchiveEntry, openArchive } from "./open-archive.ts";
import {
  firstRecords,
  type OpenOptions,
  openSourceFile,
  type SourceFile,
} from "./open-source-file.ts";
import { refuseOldOffice } from "./refuse-old-office.ts";

/** Hears what is left out of a file. In Japanese. */
type Tell = (news: { readonly file: string; readonly note: string }) => void;

/** What is made of each table that a file holds. */
export type Opening<T> = {
  readonly described: SourceDescription | undefined;
  /** What a person says of the text files; overrules the description. */
  readonly encoding?: EncodingWish | undefined;
  /** What the columns are called of a file without a header; overrules the description. */
  readonly names?: Names | undefined;
  open(records: RecordSource): Promise<T>;
  readonly tell: Tell;
  /** Hears how far a workbook is looked through. */
  readonly reporter?: Reporter | undefined;
};

/** The least that has to be known of a table, to leave out those without a record. */
export type Table = Pick<SourceFile, "file" | "isEmpty">;

/** Opens all that a file holds as voices. @param tell is told what is left out */
export async function* openSourceFiles(
  path: string,
  options: OpenOptions,
  tell: Tell,
): AsyncGenerator<SourceFile | InputError> {
  try {
    yield* openAs(path, options, tell);
  } catch (cause) {
    if (!(cause instanceof HeadlessError) || options.source !== undefined) throw cause;
    const { configured = [], encoding, identityKey, knownOtherwise } = options;
    const read = (source: SourceDescription) => firstOf(path, source, encoding);
    const how = { configured, encoding, identityKey, read, knownOtherwise };
    const source = await sourceOfHeadless(path, cause, how);
    const note = `見出しがなく、列の数と中身が合うので、kizuki.yaml の取り込み元「${source.name}」として読みます`;
    tell({ file: basename(path), note });
    yield* openAs(path, { ...options, source }, tell);
  }
}

function openAs(
  path: string,
  options: OpenOptions,
  tell: Tell,
): AsyncGenerator<SourceFile | InputError> {
  const open = (records: RecordSource) => openSourceFile(records, options);
  const { source: described, encoding, reporter } = options;
  return openTables(path, { described, encoding, open, tell, reporter });
}

async function firstOf(
  path: string,
  described: SourceDescription,
  encoding: EncodingWish | undefined,
): Promise<readonly SourceRecord[]> {
  const open = async (records: RecordSource) => {
    const first = await firstRecords(records);
    return { file: records.name, isEmpty: first.length === 0, first };
  };
  for await (const table of openTables(path, { described, encoding, open, tell: () => {} })) {
    if (!(table instanceof InputError)) return table.first;
  }
  return [];
}

/**
 * Opens all that a file holds: itself, the sheets of a workbook, what a gzip or a ZIP holds. Each is good until the
 * next is asked for. What is in a ZIP and cannot be read is yielded as the reason; the rest is opened all the same.
 *
 * @throws InputError where nothing can be read
 */
export async function* openTables<T extends Table>(
  path: string,
  opening: Opening<T>,
): AsyncGenerator<T | InputError> {
  yield* openBytes(await fileBytes(path), { ...opening, isInside: false });
}

type Context<T> = Opening<T> & {
  /** Within a ZIP already. */
  readonly isInside: boolean;
  /** The bytes lie in no file of their own: what needs them at random places has to hold them. */
  readonly isPacked?: boolean;
};

async function* openBytes<T extends Table>(
  bytes: ByteSource,
  context: Context<T>,
): AsyncGenerator<T | InputError> {
  const kind = kindOf(await firstBytes(bytes, 8));
  if (kind === "gzip") yield* openBytes(gunzipBytes(bytes), { ...context, isPacked: true });
  else if (kind === "zip") yield* openPacked(bytes, context);
  else {
    if (kind === "old office") await refuseOldOffice(bytes);
    yield await context.open(await textRecords(bytes, context.described, context));
  }
}

/** The bytes decide, not the file's name. */
export function kindOf(first: Uint8Array): "gzip" | "zip" | "old office" | "text" {
  const begins = (...bytes: number[]) => bytes.every((byte, index) => first[index] === byte);
  if (begins(0x1f, 0x8b)) return "gzip";
  // PK, and a first entry or the end of an archive without any.
  if (begins(0x50, 0x4b, 0x03, 0x04) || begins(0x50, 0x4b, 0x05, 0x06)) return "zip";
  return begins(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1) ? "old office" : "text";
}

/** A workbook in a ZIP is held in memory whole, as it is packed. */
const MOST_HELD_BYTES = 256 * 1024 ** 2;

async function* openPacked<T extends Table>(
  bytes: ByteSource,
  context: Context<T>,
): AsyncGenerator<T | InputError> {
  const held = context.isPacked === true ? await allBytes(bytes, MOST_HELD_BYTES) : undefined;
  const archive = await openArchive(bytes, held);
  try {
    if (isOfficeDocument(archive)) {
      const tell = (note: string) => context.tell({ file: bytes.name, note });
      const { described, names, open, reporter } = context;
      yield* await openSheets(bytes, archive, { described, names, open, tell, reporter });
    } else if (context.isInside) throw nested(bytes.label);
    else yield* openEntries(bytes, archive, context);
  } finally {
    archive.close();
  }
}

async function* openEntries<T extends Table>(
  bytes: ByteSource,
  { entries }: Archive,
  context: Context<T>,
): AsyncGenerator<T | InputError> {
  const files = entries.filter(({ entryName }) => !isLitter(entryName));
  const readable = files.filter(({ entryName }) => READABLE.test(entryName));
  if (readable.length === 0) throw nothingInside(bytes.label, files);
  const left = files.filter((entry) => !readable.includes(entry)).map(({ entryName }) => entryName);
  if (left.length > 0) {
    context.tell({ file: bytes.name, note: `表でないものは取り込みません: ${left.join("、")}` });
  }
  for (const entry of readable) {
    try {
      if (entry.isEncrypted) throw encrypted(entry.label);
      yield* openBytes(entry, { ...context, isInside: true, isPacked: true });
    } catch (cause) {
      if (!(cause instanceof InputError)) throw cause;
      yield cause;
    }
  }
}

const READABLE = /\.(?:csv|tsv|txt|tab|jsonl|ndjson|json|xlsx|xlsm|xls|gz|zip)$/i;

/** What Macs and Windows leave in archives beside the files. */
function isLitter(entryName: string): boolean {
  return /(?:^|\/)(?:__MACOSX\/|\.(?!\.?\/)|Thumbs\.db$|desktop\.ini$)/i.test(entryName);
}

function nested(label: string): InputError {
  return new InputError(
    `${label}: ZIP の中の ZIP は開きません。取り出してから取り込んでください。`,
  );
}

function encrypted(label: string): InputError {
  return new InputError(
    `${label}: パスワードが付いています。パスワードを使って取り出してから取り込んでください。`,
  );
}

function nothingInside(label: string, files: readonly ArchiveEntry[]): InputError {
  const names = files.slice(0, 10).map(({ entryName }) => entryName);
  return new InputError(
    `${label}: 取り込める表が入っていません（入っているもの: ${names.join("、") || "なし"}）。CSV、TSV、JSON、Excel を入れてください。`,
  );
}
