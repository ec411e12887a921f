import { type FileHandle, open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { InputError } from "../../errors.ts";

export type ByteRange = {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** Size of one read. Tests make it small, so that borders fall inside characters. */
  readonly chunkBytes: number;
};

/** 256 KiB: larger reads were no faster, and a decoded chunk stays under a megabyte. */
export const CHUNK_BYTES = 256 * 1024;

/**
 * Yields the bytes of a file in order. One buffer is used for all of them: what is yielded is valid
 * until the next one is asked for.
 */
export async function* readBytes(path: string, range: ByteRange): AsyncGenerator<Uint8Array> {
  const handle = await openToRead(path);
  try {
    const buffer = new Uint8Array(range.chunkBytes);
    for (let at = range.start; at < range.end; ) {
      const wanted = Math.min(buffer.length, range.end - at);
      const { bytesRead } = await handle.read(buffer, 0, wanted, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (cause) {
    throw unreadable(path, cause);
  } finally {
    await handle.close();
  }
}

/** What tells whether a file is still the one that was scanned. */
export async function statFile(path: string): Promise<{ sizeBytes: number; modifiedMs: number }> {
  // Not through a handle: to open a named pipe is to wait for its writer.
  const stats = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  if (!stats.isFile()) throw new InputError(`${path}: ファイルではありません。`);
  return { sizeBytes: stats.size, modifiedMs: stats.mtimeMs };
}

async function openToRead(path: string): Promise<FileHandle> {
  try {
    return await open(path, "r");
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): InputError {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const why = WHY_UNREADABLE[code] ?? `ファイルを読めません（${code || String(cause)}）`;
  return new InputError(`${basename(path)}: ${why}。場所: ${path}`, { cause });
}

const DENIED = "読む権限がありません。ファイルの持ち主に権限をもらってください";
const WHY_UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: "見つかりません",
  ENOTDIR: "見つかりません",
  EACCES: DENIED,
  EPERM: DENIED,
  EISDIR: "ファイルではなくフォルダーです",
  EBUSY: "ほかのプログラムが使っています。閉じてから取り込んでください",
  EIO: "ディスクから読めません。別の場所に写してから取り込んでください",
};
