import {
  type Entry,
  fromBufferPromise,
  getFileNameLowLevel,
  openPromise,
  type ZipFile,
} from "yauzl";
import { InputError } from "../../errors.ts";
import type { ByteSource } from "./byte-source.ts";
import { refuseSwelling } from "./inflate-limits.ts";

/** A ZIP whose entries can be read again and again until it is closed. A workbook is one too. */
export type Archive = {
  readonly entries: readonly ArchiveEntry[];
  close(): void;
};

export type ArchiveEntry = ByteSource & {
  /** Its name in the archive, with its folders. */
  readonly entryName: string;
  readonly sizeBytes: number;
  readonly isEncrypted: boolean;
};

/** More than any export has. Above it even the list is a burden. */
const MOST_ENTRIES = 10_000;

/**
 * Opens a ZIP and lists it. Nothing is unpacked to the disk: entries are inflated as they are read, and no entry
 * can hold more than the archive said of it.
 *
 * @param held the archive's bytes, where it lies in no file of its own
 * @throws InputError where it is damaged, or would fill the machine
 */
export async function openArchive(outer: ByteSource, held?: Buffer): Promise<Archive> {
  // The entries' sizes are what a bomb's limits rest on, so yauzl is told to check them while it inflates.
  const options = { decodeStrings: false, validateEntrySizes: true, autoClose: false };
  try {
    const zip =
      held === undefined
        ? await openPromise(outer.path, options)
        : await fromBufferPromise(held, options);
    try {
      return { entries: await listEntries(outer, zip), close: () => zip.close() };
    } catch (cause) {
      zip.close();
      throw cause;
    }
  } catch (cause) {
    throw cause instanceof InputError ? cause : damaged(outer.label, cause);
  }
}

async function listEntries(outer: ByteSource, zip: ZipFile): Promise<ArchiveEntry[]> {
  if (zip.entryCount > MOST_ENTRIES) {
    throw new InputError(
      `${outer.label}: ファイルが ${zip.entryCount} 個入っています（${MOST_ENTRIES} 個まで）。必要なものだけを取り出して取り込んでください。`,
    );
  }
  const entries: ArchiveEntry[] = [];
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    const entryName = nameOf(entry);
    if (entryName.endsWith("/")) continue;
    total += entry.uncompressedSize;
    const { uncompressedSize: plainBytes, compressedSize: packedBytes } = entry;
    refuseSwelling(outer.label, { plainBytes, packedBytes });
    // The total has no ratio: it is held against the limit of bytes alone.
    refuseSwelling(outer.label, { plainBytes: total, packedBytes: total });
    entries.push(archiveEntry(outer, zip, { entry, entryName }));
  }
  return entries;
}

function archiveEntry(
  outer: ByteSource,
  zip: ZipFile,
  { entry, entryName }: { entry: Entry; entryName: string },
): ArchiveEntry {
  const label = `${outer.label} の中の ${entryName}`;
  return {
    path: outer.path,
    label,
    name: `${outer.name}（${entryName}）`,
    entryName,
    sizeBytes: entry.uncompressedSize,
    isEncrypted: entry.isEncrypted(),
    refuseChanged: () => outer.refuseChanged(),
    async *read() {
      try {
        const stream = await zip.openReadStreamPromise(entry);
        for await (const chunk of stream) yield chunk;
      } catch (cause) {
        throw damaged(label, cause);
      }
    },
  };
}

/** Windows in Japan writes names in CP932 and says nothing; a Mac writes UTF-8, decomposed, and says nothing. */
function nameOf(entry: Entry): string {
  const { fileNameRaw, generalPurposeBitFlag, extraFields } = entry;
  const isSaid = (generalPurposeBitFlag & UTF8_NAME) !== 0;
  const name =
    isSaid || extraFields.some(({ id }) => id === UNICODE_PATH)
      ? getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false)
      : unsaidName(fileNameRaw);
  return name.replaceAll("\\", "/").normalize("NFC");
}

const UTF8_NAME = 0x800;
/** Info-ZIP's field for a name in UTF-8. */
const UNICODE_PATH = 0x7075;

function unsaidName(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("shift_jis").decode(bytes);
  }
}

function damaged(label: string, cause: unknown): InputError {
  return new InputError(
    `${label}: 壊れているか、途中で切れています。もう一度書き出すか、送り手に送り直してもらってください。`,
    { cause },
  );
}
