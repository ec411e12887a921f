import { type FileHandle, open, rename, utimes } from "node:fs/promises";
import { dirname } from "node:path";
import { StorageError } from "../errors.ts";
import { sync } from "../sync-files.ts";
import {
  decodeHeader,
  decodePrefix,
  type FrameHeader,
  isIntact,
  MAGIC_BYTES,
  PREFIX_BYTES,
} from "./frame.ts";

/** A frame's header and where the frame stands in its file. */
export type PlacedFrame = FrameHeader & {
  readonly position: number;
  /** The byte after the last. */
  readonly end: number;
};

/**
 * Indexes one file by its headers, and cuts off an unfinished frame at the end of the newest.
 *
 * @throws StorageError where another than the newest ends in the middle of a frame
 */
export async function scanFile(path: string, newest: boolean): Promise<PlacedFrame[]> {
  const frames: PlacedFrame[] = [];
  const handle = await open(path, newest ? "r+" : "r");
  try {
    const { size } = await handle.stat();
    let position = 0;
    while (position < size) {
      const frame = await scanFrame(handle, { path, position, size, newest });
      if (frame === undefined) break;
      frames.push(frame);
      position = frame.end;
    }
    if (position < size && !newest) {
      throw new StorageError(`${path} の ${position} バイト目から先が壊れています。`);
    }
    if (position < size) await cutTail(handle, path, position, size);
    return frames;
  } finally {
    await handle.close();
  }
}

/** @throws StorageError where a byte of the frame has changed */
export async function readFrame(
  path: string,
  { position }: PlacedFrame,
): Promise<{ header: Buffer; payload: Buffer; where: string }> {
  const where = `${path} の ${position} バイト目`;
  const handle = await open(path, "r");
  try {
    const prefix = decodePrefix(await readAt(handle, position, PREFIX_BYTES));
    if (prefix === undefined) throw new StorageError(`${where} が読めません。記録が壊れています。`);
    const start = position + PREFIX_BYTES;
    const header = await readAt(handle, start, prefix.headerBytes);
    const payload = await readAt(handle, start + prefix.headerBytes, prefix.payloadBytes);
    if (!isIntact(prefix, header, payload)) {
      throw new StorageError(`${where} の検査値が合いません。記録が壊れています。`);
    }
    return { header, payload, where };
  } finally {
    await handle.close();
  }
}

/** @returns the frame that begins at a place; undefined where it was never finished */
async function scanFrame(
  handle: FileHandle,
  at: { path: string; position: number; size: number; newest: boolean },
): Promise<PlacedFrame | undefined> {
  const prefix = decodePrefix(await readAt(handle, at.position, PREFIX_BYTES));
  if (prefix === undefined) return undefined;
  const start = at.position + PREFIX_BYTES;
  const end = start + prefix.headerBytes + prefix.payloadBytes;
  if (end > at.size) return undefined;
  const header = await readAt(handle, start, prefix.headerBytes);
  // Only the last frame can be half written; the others are checked when they are read.
  if (at.newest && end === at.size) {
    const payload = await readAt(handle, start + prefix.headerBytes, prefix.payloadBytes);
    if (!isIntact(prefix, header, payload)) return undefined;
  }
  const where = `${at.path} の ${at.position} バイト目`;
  return { ...decodeHeader(header, where), position: at.position, end };
}

/** @returns index of the first frame that holds a record from `offset` on; their number where none does */
export function indexBehind(frames: readonly FrameHeader[], offset: number): number {
  let from = 0;
  let until = frames.length;
  while (from < until) {
    const middle = Math.floor((from + until) / 2);
    const frame = frames[middle];
    if (frame !== undefined && frame.offset + frame.count > offset) until = middle;
    else from = middle + 1;
  }
  return from;
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/**
 * Keeps what is cut off beside the log, sealed as it was, for someone who wants to look.
 *
 * @throws StorageError where another frame follows: that is no unfinished append, it is damage
 */
async function cutTail(
  handle: FileHandle,
  path: string,
  from: number,
  size: number,
): Promise<void> {
  const tail = await readAt(handle, from, size - from);
  if (tail.indexOf(MAGIC_BYTES, 1) > 0) {
    throw new StorageError(
      `${path} の ${from} バイト目から壊れていますが、その先に記録が続いています。控えから戻してください。何も切り捨てていません。`,
    );
  }
  const aside = await open(`${path}.${from}.torn.tmp`, "w", 0o600);
  await aside.writeFile(tail);
  await aside.close();
  await rename(`${path}.${from}.torn.tmp`, `${path}.${from}.torn`);
  await handle.truncate(from);
  await handle.datasync();
}

/**
 * Writes a file's frames anew, some of them with other bytes. Its age stays what it was.
 *
 * @returns where each frame stands now
 */
export async function rewriteFrames<Frame extends PlacedFrame>(
  path: string,
  frames: readonly Frame[],
  changed: ReadonlyMap<Frame, Buffer>,
): Promise<ReadonlyMap<Frame, Frame>> {
  const moved = new Map<Frame, Frame>();
  const source = await open(path, "r");
  const made = await open(`${path}.tmp`, "w", 0o600);
  try {
    let position = 0;
    for (const frame of frames) {
      const bytes =
        changed.get(frame) ?? (await readAt(source, frame.position, frame.end - frame.position));
      await made.writeFile(bytes);
      moved.set(frame, { ...frame, position, end: position + bytes.length });
      position += bytes.length;
    }
    await made.sync();
    const { atime, mtime } = await source.stat();
    await utimes(`${path}.tmp`, atime, mtime);
  } finally {
    await source.close();
    await made.close();
  }
  await rename(`${path}.tmp`, path);
  await sync(dirname(path));
  return moved;
}
