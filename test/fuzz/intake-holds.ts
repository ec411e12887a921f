import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../pipeline/errors.ts";
import { decodeFile } from "../../pipeline/intake/encoding/decode-file.ts";
import { proveEncoding } from "../../pipeline/intake/encoding/prove-encoding.ts";
import { type ByteSource, fileBytes, firstBytes } from "../../pipeline/intake/files/byte-source.ts";
import type { SourceFile } from "../../pipeline/intake/files/open-source-file.ts";
import { openSourceFiles } from "../../pipeline/intake/files/open-source-files.ts";
import { SourceDescription } from "../../pipeline/intake/source.ts";
import { textRecords } from "../../pipeline/intake/table/text-records.ts";

const source = SourceDescription.parse({
  name: "相談室",
  channel: "phone",
  columns: { id: "番号", receivedAt: "受付日時", verbatim: "お申し出内容" },
  dates: { firstDay: "2025-04-01" },
});

/**
 * Reads a file as intake does. It holds where every record comes out once, as a voice, without words, or as a dead
 * letter, and the same the second time.
 *
 * @returns how many records there were
 * @throws what intake must never throw, or what does not hold
 */
export async function intakeHolds(folder: string, bytes: Uint8Array): Promise<number> {
  const path = join(folder, "file");
  writeFileSync(path, bytes);
  let records = 0;
  await unlessInput(async () => {
    for await (const file of openSourceFiles(path, { source, identityKey: KEY }, () => {})) {
      if (!(file instanceof InputError)) records += await readsOnce(file);
    }
  });
  await unlessInput(() => losesNoText(path));
  return records;
}

const KEY = Buffer.alloc(32, 7);

async function unlessInput(read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    if (!/[ぁ-ん]/.test(cause.message)) throw new Error(`no Japanese: ${cause.message}`, { cause });
  }
}

async function readsOnce(file: SourceFile): Promise<number> {
  const first = await offsetsOf(file, 0);
  if (first.some((offset, index) => offset !== index)) throw new Error("offsets are not in order");
  const half = Math.floor(first.length / 2);
  const tail = await offsetsOf(file, half);
  if (tail.join() !== first.slice(half).join()) throw new Error("the second reading is another");
  return first.length;
}

async function offsetsOf(file: SourceFile, from: number): Promise<number[]> {
  const offsets: number[] = [];
  for await (const batch of file.records(from))
    offsets.push(...batch.map(({ origin }) => origin.offset));
  return offsets;
}

/** Every letter of a text below its header stands in one record. */
async function losesNoText(path: string): Promise<void> {
  const bytes = await fileBytes(path);
  if (await isPacked(bytes)) return;
  let text = "";
  for await (const piece of decodeFile(await proveEncoding(bytes))) text += piece;
  let read = "";
  for await (const batch of (await textRecords(bytes, undefined)).read(() => {})) {
    read += batch.map((record) => record.bytes).join("");
  }
  if (!lettersOf(text).endsWith(lettersOf(read)))
    throw new Error("records are not what the text is");
  const above = lettersOf(text).length - lettersOf(read).length;
  // The header, and what may stand above it.
  if (above > MOST_ABOVE) throw new Error(`${above} letters are in no record`);
}

const MOST_ABOVE = 1000;

async function isPacked(bytes: ByteSource): Promise<boolean> {
  const first = Buffer.from(await firstBytes(bytes, 2)).toString("hex");
  return first === "504b" || first === "1f8b";
}

/** What stands between the records of an array, and blank lines, is in none. */
function lettersOf(text: string): string {
  return text.replace(/[\s,"[\]\ufeff]/g, "");
}
