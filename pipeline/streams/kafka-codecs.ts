import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { decompress as decompressZstd } from "fzstd";
import kafkajs from "kafkajs";
import { decompress as decompressLz4 } from "lz4js";
import { uncompress as decompressSnappy } from "snappyjs";
import { GZIP_LEVEL } from "./frame.ts";

// Node finds not all names in a CommonJS module: these two only on its default.
const { CompressionCodecs, CompressionTypes } = kafkajs;

/** What snappy-java, and so every Java client, writes before its blocks; librdkafka writes one bare block. */
const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
/** What 128 enriched voices come to. Each piece takes its turn in another thread, twenty of zlib's own 16 KB half as long again. */
const UNPACKED_BYTES = 256 * 1024;
/** Magic, version, least compatible version. */
const XERIAL_HEADER_BYTES = 16;

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/**
 * Teaches kafkajs to read what other clients compress: with GZIP alone, one batch in another codec ends a consumer
 * for good. All three are JavaScript without install scripts. Kizuki itself writes GZIP, so they do not compress.
 */
export function registerCodecs(): void {
  CompressionCodecs[CompressionTypes.GZIP] = () => ({
    compress: ({ buffer }: { readonly buffer: Buffer }) => pack(buffer, { level: GZIP_LEVEL }),
    decompress: (bytes: Buffer) => unpack(bytes, { chunkSize: UNPACKED_BYTES }),
  });
  CompressionCodecs[CompressionTypes.LZ4] = readOnly("lz4", (bytes) => decompressLz4(bytes));
  CompressionCodecs[CompressionTypes.ZSTD] = readOnly("zstd", (bytes) => decompressZstd(bytes));
  CompressionCodecs[CompressionTypes.Snappy] = readOnly("snappy", decompressXerial);
}

function readOnly(name: string, decompress: (bytes: Uint8Array) => Uint8Array) {
  return () => ({
    async compress(): Promise<Buffer> {
      throw new Error(`kizuki writes no ${name}`);
    },
    async decompress(bytes: Buffer): Promise<Buffer> {
      const plain = decompress(bytes);
      return Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength);
    },
  });
}

function decompressXerial(bytes: Uint8Array): Uint8Array {
  const framed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!framed.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC)) {
    return decompressSnappy<Uint8Array>(bytes);
  }
  const blocks: Uint8Array[] = [];
  let position = XERIAL_HEADER_BYTES;
  while (position < framed.length) {
    const start = position + 4;
    position = start + framed.readUInt32BE(position);
    blocks.push(decompressSnappy<Uint8Array>(framed.subarray(start, position)));
  }
  return Buffer.concat(blocks);
}
