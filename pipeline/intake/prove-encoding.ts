import { createHash } from "node:crypto";
import { InputError } from "../errors.ts";
import { type ByteSource, firstBytes } from "./byte-source.ts";
import { decoderFor, type Encoding } from "./encoding.ts";
import { findUndecodable } from "./find-undecodable.ts";
import { CHUNK_BYTES } from "./read-bytes.ts";
import type { EncodingWish } from "./source.ts";

/** What one pass over every byte of a file has shown. */
export type ProvenFile = {
  readonly bytes: ByteSource;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly encoding: Encoding;
  /** 3 where the file begins with a UTF-8 byte order mark, else 0. */
  readonly bomBytes: number;
  /** Bytes of half a character at the very end, which are not decoded. */
  readonly cutOffBytes: number;
};

/**
 * Finds the encoding by decoding the whole file without loss, and its SHA-256 on the same way.
 * A character cut off at the end of the file is tolerated, so that the records before it are read.
 *
 * @throws InputError where no candidate decodes the file; it names the first bad byte for each
 */
export async function proveEncoding(
  bytes: ByteSource,
  { wish = "auto", chunkBytes = CHUNK_BYTES }: { wish?: EncodingWish; chunkBytes?: number } = {},
): Promise<ProvenFile> {
  const bomBytes = await inspectStart(bytes, wish);
  const candidates = candidatesFor(wish, bomBytes).map((name) => new Candidate(name, bomBytes));
  const hash = createHash("sha256");
  let at = 0;
  for await (const chunk of bytes.read(chunkBytes)) {
    hash.update(chunk);
    // A chunk may end inside the mark, so what lies before the text is cut by position.
    const text = chunk.subarray(Math.max(0, bomBytes - at));
    for (const candidate of candidates) candidate.feed(text);
    at += chunk.length;
  }
  for (const candidate of candidates) candidate.finish();
  const proven = choose(candidates);
  if (proven === undefined) throw await undecodable(bytes, candidates);
  return {
    bytes,
    sha256: hash.digest("hex"),
    sizeBytes: at,
    encoding: proven.name,
    bomBytes,
    cutOffBytes: proven.cutOffBytes,
  };
}

class Candidate {
  readonly name: Encoding;
  cutOffBytes = 0;
  failed = false;
  /** Offset up to which the bytes are whole characters: just after a byte that ends one in any encoding. */
  cleanUntil: number;
  /** Whether a character outside ASCII was decoded: the evidence that tells the two apart. */
  sawMultibyte = false;
  private readonly decoder: InstanceType<typeof TextDecoder>;
  private fed: number;
  private lastBytes: readonly number[] = [];

  constructor(name: Encoding, bomBytes: number) {
    this.name = name;
    this.fed = bomBytes;
    this.cleanUntil = bomBytes;
    this.decoder = decoderFor(name);
  }

  feed(bytes: Uint8Array): void {
    if (this.failed || bytes.length === 0) return;
    try {
      const text = this.decoder.decode(bytes, { stream: true });
      this.sawMultibyte ||= NOT_ASCII.test(text);
    } catch {
      this.failed = true;
      return;
    }
    this.cleanUntil = this.fed + afterLastPlainByte(bytes, this.cleanUntil - this.fed);
    this.fed += bytes.length;
    this.lastBytes = [...this.lastBytes, ...bytes.subarray(-4)].slice(-4);
  }

  finish(): void {
    if (this.failed) return;
    try {
      this.decoder.decode();
    } catch {
      this.cutOffBytes = this.name === "cp932" ? 1 : halfUtf8Bytes(this.lastBytes);
    }
  }
}

const NOT_ASCII = /[\u0080-\uffff]/;

/**
 * Bytes below 0x40 never stand inside a character: trail bytes begin at 0x40 in CP932, at 0x80 in UTF-8.
 * So decoding can begin anew after one of them.
 */
function afterLastPlainByte(bytes: Uint8Array, otherwise: number): number {
  for (let index = bytes.length - 1; index >= 0; index -= 1) {
    if ((bytes[index] ?? 0) < 0x40) return index + 1;
  }
  return otherwise;
}

function halfUtf8Bytes(lastBytes: readonly number[]): number {
  const fromEnd = [...lastBytes].reverse().findIndex((byte) => (byte & 0xc0) !== 0x80);
  return fromEnd + 1;
}

/**
 * A whole decode wins over one with half a character at the end, unless that one is UTF-8 which has
 * proved itself before: cut UTF-8 can look like whole CP932, the reverse hardly happens.
 */
function choose(candidates: readonly Candidate[]): Candidate | undefined {
  const able = candidates.filter((candidate) => !candidate.failed);
  const proved = able.find((candidate) => candidate.name === "utf-8" && candidate.sawMultibyte);
  return proved ?? able.find((candidate) => candidate.cutOffBytes === 0) ?? able[0];
}

function candidatesFor(wish: EncodingWish, bomBytes: number): readonly Encoding[] {
  if (bomBytes > 0) return ["utf-8"];
  return wish === "auto" ? ["utf-8", "cp932"] : [wish];
}

/** @returns the length of a UTF-8 byte order mark, or 0 */
async function inspectStart(source: ByteSource, wish: EncodingWish): Promise<number> {
  const first = await firstBytes(source, 4);
  const begins = (...bytes: number[]) => bytes.every((byte, index) => first[index] === byte);
  if (begins(0xff, 0xfe) || begins(0xfe, 0xff)) {
    throw new InputError(
      `${source.label}: 文字コードが UTF-16 です。UTF-16 はまだ読めません。Excel なら「CSV UTF-8（コンマ区切り）」で、` +
        "メモ帳なら文字コード UTF-8 で保存し直してください。",
    );
  }
  const bomBytes = begins(0xef, 0xbb, 0xbf) ? 3 : 0;
  if (bomBytes > 0 && wish === "cp932") {
    throw new InputError(
      `${source.label}: 先頭に UTF-8 の印（BOM）がありますが、説明の encoding は cp932 です。auto か utf-8 にしてください。`,
    );
  }
  return bomBytes;
}

async function undecodable(
  source: ByteSource,
  candidates: readonly Candidate[],
): Promise<InputError> {
  const faults: string[] = [];
  for (const { name, cleanUntil } of candidates) {
    const { offset, line, byte } = await findUndecodable(source, {
      encoding: name,
      cleanUntil,
    });
    const shown = byte.toString(16).toUpperCase().padStart(2, "0");
    faults.push(
      `${LABEL[name]} としては ${offset} バイト目（${line} 行目、0x${shown}）で読めなくなります`,
    );
  }
  return new InputError(
    `${source.label}: 文字コードがわかりません。${faults.join("。")}。バイトは 0 から、行は 1 から数えています。` +
      "UTF-8 で保存し直すか、送り手に文字コードを確かめてください。",
  );
}

const LABEL = { "utf-8": "UTF-8", cp932: "CP932（Shift_JIS）" } as const;
