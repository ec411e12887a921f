import { basename } from "node:path";
import { InputError } from "../../errors.ts";
import { CHUNK_BYTES, readBytes, statFile } from "./read-bytes.ts";

/** Bytes that can be read again from their beginning: a file, what a gzip holds, an entry of a ZIP. */
export type ByteSource = {
  /** The file on the disk. */
  readonly path: string;
  /** For messages: the path, and the entry in it. */
  readonly label: string;
  /** What staff know it by: the file's name, and the entry in it. Not masked yet. */
  readonly name: string;
  /** What is yielded is valid until the next is asked for. */
  read(chunkBytes?: number): AsyncGenerator<Uint8Array>;
  /** @throws InputError where the file on the disk is not the one that was opened */
  refuseChanged(): Promise<void>;
};

/** The bytes of a file as they lie on the disk. */
export async function fileBytes(path: string): Promise<ByteSource> {
  const { sizeBytes, modifiedMs } = await statFile(path);
  return {
    path,
    label: path,
    // A Mac writes が as two characters.
    name: basename(path).normalize("NFC"),
    read: (chunkBytes = CHUNK_BYTES) => readBytes(path, { start: 0, end: sizeBytes, chunkBytes }),
    async refuseChanged() {
      const now = await statFile(path);
      if (now.sizeBytes !== sizeBytes || now.modifiedMs !== modifiedMs) {
        throw changedFile(path, sizeBytes);
      }
    },
  };
}

/** Record numbers mean something only while the bytes are those that were hashed. */
export function changedFile(label: string, sizeBytes: number, cause?: unknown): InputError {
  return new InputError(
    `${label}: 読んでいる間にファイルが変わりました（調べた時は ${sizeBytes} バイト）。` +
      "書き出しが終わってから、もう一度取り込んでください。",
    { cause },
  );
}

/** @returns the first bytes, fewer where there are no more */
export async function firstBytes(source: ByteSource, count: number): Promise<Uint8Array> {
  let first = new Uint8Array();
  for await (const chunk of source.read(count)) {
    first = Buffer.concat([first, chunk]);
    if (first.length >= count) break;
  }
  return first.subarray(0, count);
}

/** @throws InputError where there are more bytes than that */
export async function allBytes(source: ByteSource, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of source.read()) {
    sizeBytes += chunk.length;
    if (sizeBytes > limitBytes) {
      throw new InputError(
        `${source.label}: 大きすぎて開けません（${limitBytes / 1024 / 1024} MB まで）。圧縮を解いてから取り込んでください。`,
      );
    }
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks);
}
