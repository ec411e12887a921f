import type { ByteSource } from "../files/byte-source.ts";
import { CR, LF } from "../table/line-break.ts";
import { type Decoder, decoderFor, type Encoding } from "./encoding.ts";
import { TAIL_BYTES } from "./encoding-candidate.ts";

/** Where a file stops being text in one encoding. */
export type Undecodable = {
  /** From 0. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  readonly byte: number;
};

/**
 * Finds the first byte that cannot be decoded. A decoder does not say where it failed, so a little before the end of
 * what was decoded it begins to be fed byte by byte.
 *
 * @param decodedUntil the bytes before this offset can be decoded
 */
export async function findUndecodable(
  bytes: ByteSource,
  { encoding, decodedUntil }: { encoding: Encoding; decodedUntil: number },
): Promise<Undecodable> {
  const probe = new Probe(encoding);
  let at = 0;
  for await (const chunk of bytes.read()) {
    const known = Math.max(0, Math.min(chunk.length, decodedUntil - TAIL_BYTES - at));
    at += chunk.length;
    if (known > 0) probe.pass(chunk.subarray(0, known));
    for (const byte of chunk.subarray(known)) {
      if (!probe.decodes(byte)) return probe.character;
    }
  }
  return probe.character;
}

class Probe {
  /** Where the character that is being read begins. */
  character: Undecodable = { offset: 0, line: 1, byte: 0 };
  private readonly decoder: Decoder;
  private offset = 0;
  private line = 1;
  private previous = 0;
  private isInside = false;

  constructor(encoding: Encoding) {
    this.decoder = decoderFor(encoding);
  }

  /** Takes bytes that can be decoded. */
  pass(bytes: Uint8Array): void {
    this.countLines(this.decoder.decode(bytes, { stream: true }));
    this.offset += bytes.length;
  }

  decodes(byte: number): boolean {
    if (!this.isInside) this.character = { offset: this.offset, line: this.line, byte };
    try {
      const text = this.decoder.decode(Uint8Array.of(byte), { stream: true });
      this.isInside = text === "";
      this.countLines(text);
      this.offset += 1;
      return true;
    } catch {
      return false;
    }
  }

  private countLines(text: string): void {
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      if (unit === CR || (unit === LF && this.previous !== CR)) this.line += 1;
      this.previous = unit;
    }
  }
}
