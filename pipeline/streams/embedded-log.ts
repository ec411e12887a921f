import { type FileHandle, mkdir, open, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { StorageError } from "../errors.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import {
  decodeHeader,
  decodePayload,
  decodePrefix,
  encodeFrame,
  type FrameHeader,
  isIntact,
  MAGIC_BYTES,
  PREFIX_BYTES,
  type Seal,
} from "./frame.ts";

/** A file of a stream is closed and a new one begun past this size, so that old ones can be moved away. */
const ROTATE_BYTES = 256 * 1024 * 1024;

export type FrameEntry = FrameHeader & {
  readonly file: string;
  readonly position: number;
  /** The byte after the last. */
  readonly end: number;
};

export type LogExtent = { readonly file: string; readonly sizeBytes: number };

export type Batch = FrameHeader & { readonly records: readonly unknown[] };

/**
 * One stream of the embedded default: append-only files of frames under `home/log/<name>/`. The twin of a
 * Kafka stream of one partition.
 *
 * An append is durable when it returns. What a crash left of an unfinished one is cut off at the next
 * opening: it was never acknowledged.
 */
export class EmbeddedLog {
  readonly name: string;
  readonly #directory: string;
  readonly #seal: Seal | undefined;
  readonly #frames: FrameEntry[] = [];
  readonly #inTurn = oneAtATime();
  #handle: FileHandle | undefined;
  #file = "";
  #size = 0;

  private constructor(name: string, directory: string, seal: Seal | undefined) {
    this.name = name;
    this.#directory = directory;
    this.#seal = seal;
  }

  static async open(options: {
    readonly name: string;
    readonly root: string;
    readonly seal?: Seal;
  }): Promise<EmbeddedLog> {
    const log = new EmbeddedLog(options.name, join(options.root, options.name), options.seal);
    await mkdir(log.#directory, { recursive: true });
    const files = (await readdir(log.#directory)).filter((file) => file.endsWith(".log")).sort();
    for (const [index, file] of files.entries()) await log.#scan(file, index === files.length - 1);
    return log;
  }

  /** The same stream under another root, such as a copy's. */
  reopen(root: string): Promise<EmbeddedLog> {
    const seal = this.#seal;
    return EmbeddedLog.open({ name: this.name, root, ...(seal !== undefined && { seal }) });
  }

  /** Offset that the next record will get. */
  get nextOffset(): number {
    const last = this.#frames.at(-1);
    return last === undefined ? 0 : last.offset + last.count;
  }

  /**
   * The stream as it stands at this moment: its files, oldest first, and how many bytes of each count. Files only
   * grow, so who copies that much of each has what a kill at this moment would have left.
   */
  get extents(): readonly LogExtent[] {
    const bytes = new Map<string, number>();
    for (const { file, end } of this.#frames) bytes.set(file, end);
    return [...bytes].map(([file, sizeBytes]) => ({ file, sizeBytes }));
  }

  /**
   * Reads every frame once: its checksum, and of the newest also what it holds, so that the key is proved too.
   *
   * @throws StorageError where a byte has changed
   */
  async verify(): Promise<void> {
    for (const frame of this.#frames) {
      const parts = await this.#readParts(frame);
      if (frame === this.#frames.at(-1)) {
        decodePayload(parts.header, parts.payload, this.#seal);
      }
    }
  }

  /** Marks of the newest frame that carries this one. */
  newestMark(mark: string): number | undefined {
    return this.#frames.findLast((frame) => frame.marks[mark] !== undefined)?.marks[mark];
  }

  /** Writes records as one frame: all of them or none. Returns when they are on the disk. */
  async append(records: readonly unknown[], marks: FrameHeader["marks"]): Promise<void> {
    await this.#inTurn(() => this.#append(records, marks));
  }

  async #append(records: readonly unknown[], marks: FrameHeader["marks"]): Promise<void> {
    const header = { offset: this.nextOffset, count: records.length, marks };
    const bytes = encodeFrame(header, records, this.#seal);
    const handle = await this.#writable();
    try {
      let written = 0;
      while (written < bytes.length) {
        const result = await handle.write(
          bytes,
          written,
          bytes.length - written,
          this.#size + written,
        );
        written += result.bytesWritten;
      }
      await handle.datasync();
    } catch (cause) {
      // A shorter frame written here next would leave the rest of this one standing behind it.
      await handle.truncate(this.#size).catch(() => undefined);
      throw new StorageError(
        `${join(this.#directory, this.#file)} に書けません（ディスクの空きと権限を確かめてください）。書きかけは取り消しました。`,
        { cause },
      );
    }
    const end = this.#size + bytes.length;
    this.#frames.push({ ...header, file: this.#file, position: this.#size, end });
    this.#size = end;
  }

  /** Frames that hold records from `offset` on, oldest first; a first frame may begin before it. */
  async *readFrom(offset: number): AsyncGenerator<Batch> {
    const first = this.#frames.findIndex((frame) => frame.offset + frame.count > offset);
    if (first < 0) return;
    for (let index = first; index < this.#frames.length; index += 1) {
      const frame = this.#frames[index];
      if (frame !== undefined) yield await this.#read(frame);
    }
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }

  async #read(frame: FrameEntry): Promise<Batch> {
    const { header, payload, where } = await this.#readParts(frame);
    return {
      ...decodeHeader(header, where),
      records: decodePayload(header, payload, this.#seal),
    };
  }

  async #readParts(frame: FrameEntry): Promise<{ header: Buffer; payload: Buffer; where: string }> {
    const where = `${join(this.#directory, frame.file)} の ${frame.position} バイト目`;
    const handle = await open(join(this.#directory, frame.file), "r");
    try {
      const prefixBytes = await readAt(handle, frame.position, PREFIX_BYTES);
      const prefix = decodePrefix(prefixBytes);
      if (prefix === undefined)
        throw new StorageError(`${where} が読めません。記録が壊れています。`);
      const start = frame.position + PREFIX_BYTES;
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

  async #writable(): Promise<FileHandle> {
    if (this.#handle !== undefined && this.#size < ROTATE_BYTES) return this.#handle;
    await this.#handle?.close();
    if (this.#file === "" || this.#size >= ROTATE_BYTES) {
      this.#file = `${String(this.nextOffset).padStart(20, "0")}.log`;
      this.#size = 0;
    }
    try {
      this.#handle = await open(
        join(this.#directory, this.#file),
        this.#size === 0 ? "w" : "r+",
        0o600,
      );
    } catch (cause) {
      throw new StorageError(`${join(this.#directory, this.#file)} を開けません。`, { cause });
    }
    return this.#handle;
  }

  /** Indexes one file by its headers, and cuts off an unfinished frame at the end of the newest. */
  async #scan(file: string, newest: boolean): Promise<void> {
    const path = join(this.#directory, file);
    const handle = await open(path, newest ? "r+" : "r");
    try {
      const { size } = await handle.stat();
      let position = 0;
      while (position < size) {
        const end = await this.#scanFrame(handle, { file, position, size, newest });
        if (end === undefined) break;
        position = end;
      }
      if (position < size && !newest) {
        throw new StorageError(`${path} の ${position} バイト目から先が壊れています。`);
      }
      if (position < size) await cutTail(handle, path, position, size);
      this.#file = file;
      this.#size = position;
    } finally {
      await handle.close();
    }
  }

  /** @returns where the frame ends; undefined where it was never finished */
  async #scanFrame(
    handle: FileHandle,
    at: { file: string; position: number; size: number; newest: boolean },
  ): Promise<number | undefined> {
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
    const where = `${join(this.#directory, at.file)} の ${at.position} バイト目`;
    this.#frames.push({
      ...decodeHeader(header, where),
      file: at.file,
      position: at.position,
      end,
    });
    return end;
  }
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
