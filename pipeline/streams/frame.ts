import { promisify } from "node:util";
import { crc32, gunzipSync, gzip } from "node:zlib";
import { z } from "zod";
import { StorageError } from "../errors.ts";

const pack = promisify(gzip);

/** Of all records that are written: two thirds of the time of zlib's own level, for a twentieth more bytes. */
export const GZIP_LEVEL = 3;

/** Every frame begins with these. */
export const MAGIC_BYTES = Buffer.from("KZF1");
/** Bytes before the header: magic, header length, payload length, CRC-32 of header and payload. */
export const PREFIX_BYTES = 16;

/** What a frame says about itself without being opened. */
export const FrameHeader = z.strictObject({
  /** Offset of the frame's first record in its stream. */
  offset: z.number().int().nonnegative(),
  count: z.number().int().positive(),
  /** What the writer wants to find again without reading records, such as how far its own input was read. */
  marks: z.record(z.string(), z.number().int().nonnegative()),
});
export type FrameHeader = z.infer<typeof FrameHeader>;

export type FramePrefix = {
  readonly headerBytes: number;
  readonly payloadBytes: number;
  readonly crc: number;
};

/** Turns a frame's payload into bytes that only the key's owner reads; `aad` is the frame's header. */
export type Seal = {
  seal(plain: Buffer, aad: Buffer): Buffer;
  /** @throws StorageError when the bytes were sealed with another key, or changed */
  open(sealed: Buffer, aad: Buffer): Buffer;
};

/**
 * One append as bytes: prefix, JSON header, gzip of one JSON text a line (sealed where the stream is). Packed in a thread
 * of its own: a report's megabytes take as long as half its pages.
 */
export async function encodeFrame(
  header: FrameHeader,
  records: readonly unknown[],
  seal: Seal | undefined,
): Promise<Buffer> {
  const headerBuffer = Buffer.from(JSON.stringify(header));
  const lines = records.map((record) => JSON.stringify(record)).join("\n");
  const packed = await pack(lines, { level: GZIP_LEVEL });
  const payload = seal === undefined ? packed : seal.seal(packed, headerBuffer);
  const prefix = Buffer.alloc(PREFIX_BYTES);
  MAGIC_BYTES.copy(prefix);
  prefix.writeUInt32BE(headerBuffer.length, 4);
  prefix.writeUInt32BE(payload.length, 8);
  prefix.writeUInt32BE(crc32(payload, crc32(headerBuffer)), 12);
  return Buffer.concat([prefix, headerBuffer, payload]);
}

/** @returns undefined where the bytes are not the beginning of a frame */
export function decodePrefix(bytes: Buffer): FramePrefix | undefined {
  if (bytes.length < PREFIX_BYTES || !bytes.subarray(0, 4).equals(MAGIC_BYTES)) return undefined;
  return {
    headerBytes: bytes.readUInt32BE(4),
    payloadBytes: bytes.readUInt32BE(8),
    crc: bytes.readUInt32BE(12),
  };
}

export function isIntact(prefix: FramePrefix, header: Buffer, payload: Buffer): boolean {
  return crc32(payload, crc32(header)) === prefix.crc;
}

/** @returns the parsed JSON values of a frame, one a record */
export function decodePayload(header: Buffer, payload: Buffer, seal: Seal | undefined): unknown[] {
  const packed = seal === undefined ? payload : seal.open(payload, header);
  const records: unknown[] = [];
  for (const line of gunzipSync(packed).toString("utf8").split("\n"))
    records.push(JSON.parse(line));
  return records;
}

export function decodeHeader(bytes: Buffer, where: string): FrameHeader {
  try {
    return FrameHeader.parse(JSON.parse(bytes.toString("utf8")));
  } catch (cause) {
    throw new StorageError(`${where} の見出しが読めません。ファイルが壊れています。`, { cause });
  }
}
