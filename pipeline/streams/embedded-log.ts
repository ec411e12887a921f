import { type FileHandle, mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { StorageError } from "../errors.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import { decodeHeader, decodePayload, encodeFrame, type FrameHeader, type Seal } from "./frame.ts";
import { indexBehind, type PlacedFrame, readFrame, rewriteFrames, scanFile } from "./frame-file.ts";

/** A file of a stream is closed and a new one begun past this size, so that old ones can be moved away. */
const ROTATE_BYTES = 256 * 1024 * 1024;

export type FrameEntry = PlacedFrame & { readonly file: string };

export type LogExtent = { readonly file: string; readonly sizeBytes: number };

export type Batch = FrameHeader & {
  readonly records: readonly unknown[];
  /** Of the frame, packed. */
  readonly sizeBytes: number;
};

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
  #frames: FrameEntry[] = [];
  readonly #inTurn = oneAtATime();
  #handle: FileHandle | undefined;
  #file = "";
  #size = 0;
  /** Offset of the newest file's first record: what counts where no frame is left. */
  #base = 0;

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
    return last === undefined ? this.#base : last.offset + last.count;
  }

  /**
   * The stream as it stands at this moment: its files, oldest first, and how many bytes of each count. Files only
   * grow, so who copies that much of each has what a kill at this moment would have left.
   */
  get extents(): readonly LogExtent[] {
    const bytes = new Map<string, number>();
    for (const { file, end } of this.#frames) bytes.set(file, end);
    // An empty file says by its name how far the stream went.
    if (this.#file !== "") bytes.set(this.#file, this.#size);
    return [...bytes].map(([file, sizeBytes]) => ({ file, sizeBytes }));
  }

  /**
   * Reads every frame once: its checksum, and of the newest also what it holds, so that the key is proved too.
   *
   * @throws StorageError where a byte has changed
   */
  async verify(): Promise<void> {
    for (const frame of this.#frames) {
      const parts = await readFrame(this.#pathOf(frame), frame);
      if (frame === this.#frames.at(-1)) {
        decodePayload(parts.header, parts.payload, this.#seal);
      }
    }
  }

  /** Marks of the newest frame that carries this one. */
  newestMark(mark: string): number | undefined {
    return this.#frames.findLast((frame) => frame.marks[mark] !== undefined)?.marks[mark];
  }

  /**
   * Writes records as one frame: all of them or none. Returns when they are on the disk.
   *
   * @returns what `readFrom` would read there
   */
  async append(records: readonly unknown[], marks: FrameHeader["marks"]): Promise<Batch> {
    return await this.#inTurn(() => this.#append(records, marks));
  }

  async #append(records: readonly unknown[], marks: FrameHeader["marks"]): Promise<Batch> {
    const header = { offset: this.nextOffset, count: records.length, marks };
    const bytes = await encodeFrame(header, records, this.#seal);
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
    return { ...header, records, sizeBytes: bytes.length };
  }

  /** Frames that hold records from `offset` on, oldest first; a first frame may begin before it. */
  async *readFrom(offset: number): AsyncGenerator<Batch> {
    for (let next = offset; ; ) {
      const from = next;
      // In turn: a file may be written anew, or removed, between two frames.
      const batch = await this.#inTurn(() => this.#readNext(from));
      if (batch === undefined) return;
      yield batch;
      next = batch.offset + batch.count;
    }
  }

  /**
   * Exchanges records where they stand: offsets, counts and marks stay. A file that holds one is written anew and comes
   * to its place by one rename. What was cut off from unfinished appends goes.
   *
   * @param change as many records as it is given; undefined where they stay as they are
   */
  async rewrite(
    change: (records: readonly unknown[]) => readonly unknown[] | undefined,
  ): Promise<void> {
    for (const file of new Set(this.#frames.map((frame) => frame.file))) {
      await this.#inTurn(() => this.#rewriteFile(file, change));
    }
    for (const name of await readdir(this.#directory)) {
      if (!name.endsWith(".log")) await rm(join(this.#directory, name));
    }
  }

  /** Ends the newest file, so that it grows old: whoever calls it each night has a file for each day. */
  async rotate(): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#size > 0) await this.#beginFile();
    });
  }

  /**
   * Removes files that were written to last before an instant.
   *
   * @param done files with a record from this offset on stay
   * @returns how many records went
   */
  async dropBefore(instant: Date, done: number): Promise<number> {
    return await this.#inTurn(async () => {
      let dropped = 0;
      for (const file of new Set(this.#frames.map((frame) => frame.file))) {
        const frames = this.#frames.filter((frame) => frame.file === file);
        const end = Math.max(...frames.map(({ offset, count }) => offset + count));
        const { mtime } = await stat(join(this.#directory, file));
        if (mtime >= instant || end > done) break;
        if (file === this.#file) await this.#beginFile();
        this.#frames = this.#frames.filter((frame) => frame.file !== file);
        await rm(join(this.#directory, file));
        dropped += frames.reduce((sum, { count }) => sum + count, 0);
      }
      return dropped;
    });
  }

  /** In turn: what an append under way is packed into comes to the disk first. */
  async close(): Promise<void> {
    await this.#inTurn(() => this.#closeFile());
  }

  async #closeFile(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }

  async #readNext(offset: number): Promise<Batch | undefined> {
    const frame = this.#frames[indexBehind(this.#frames, offset)];
    return frame && (await this.#read(frame));
  }

  async #read(frame: FrameEntry): Promise<Batch> {
    const { header, payload, where } = await readFrame(this.#pathOf(frame), frame);
    return {
      ...decodeHeader(header, where),
      records: decodePayload(header, payload, this.#seal),
      sizeBytes: frame.end - frame.position,
    };
  }

  #pathOf({ file }: FrameEntry): string {
    return join(this.#directory, file);
  }

  async #rewriteFile(
    file: string,
    change: (records: readonly unknown[]) => readonly unknown[] | undefined,
  ): Promise<void> {
    const frames = this.#frames.filter((frame) => frame.file === file);
    const changed = new Map<FrameEntry, Buffer>();
    for (const frame of frames) {
      const { records, sizeBytes: _, ...header } = await this.#read(frame);
      const exchanged = change(records);
      if (exchanged === undefined) continue;
      changed.set(frame, await encodeFrame(header, exchanged, this.#seal));
    }
    if (changed.size === 0) return;
    const moved = await rewriteFrames(join(this.#directory, file), frames, changed);
    this.#frames = this.#frames.map((frame) => moved.get(frame) ?? frame);
    if (file !== this.#file) return;
    await this.#closeFile();
    this.#size = this.#frames.at(-1)?.end ?? 0;
  }

  async #beginFile(): Promise<void> {
    await this.#closeFile();
    this.#base = this.nextOffset;
    this.#file = `${String(this.#base).padStart(20, "0")}.log`;
    this.#size = 0;
    await (await open(join(this.#directory, this.#file), "w", 0o600)).close();
  }

  async #writable(): Promise<FileHandle> {
    if (this.#handle !== undefined && this.#size < ROTATE_BYTES) return this.#handle;
    if (this.#file === "" || this.#size >= ROTATE_BYTES) await this.#beginFile();
    try {
      this.#handle = await open(join(this.#directory, this.#file), "r+");
    } catch (cause) {
      throw new StorageError(`${join(this.#directory, this.#file)} を開けません。`, { cause });
    }
    return this.#handle;
  }

  async #scan(file: string, newest: boolean): Promise<void> {
    const frames = await scanFile(join(this.#directory, file), newest);
    this.#frames.push(...frames.map((frame) => ({ ...frame, file })));
    this.#file = file;
    this.#size = frames.at(-1)?.end ?? 0;
    this.#base = Number.parseInt(file, 10);
  }
}
