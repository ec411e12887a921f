import type { ByteSource } from "./byte-source.ts";
import { decoderFor, type Encoding } from "./encoding.ts";
import { CR, LF } from "./line-break.ts";

/** Where a file stops being text in one encoding. */
export type Undecodable = {
  /** From 0. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  readonly byte: number;
};

/**
 * Finds the first byte that cannot be decoded. A decoder does not say where it failed, so from the last
 * safe place on it is fed byte by byte.
 *
 * @param cleanUntil the bytes before this offset are whole characters
 */
export async function findUndecodable(
  bytes: ByteSource,
  { encoding, cleanUntil }: { encoding: Encoding; cleanUntil: number },
): Promise<Undecodable> {
  const probe = new Probe(encoding, cleanUntil);
  for await (const chunk of bytes.read()) {
    for (const byte of chunk) {
      if (!probe.decodes(byte)) return probe.character;
    }
  }
  return probe.character;
}

class Probe {
  /** Where the character that is being read begins. */
  character: Undecodable = { offset: 0, line: 1, byte: 0 };
  private readonly decoder: InstanceType<typeof TextDecoder>;
  private readonly cleanUntil: number;
  private readonly one = new Uint8Array(1);
  private offset = 0;
  private line = 1;
  private previous = 0;
  private isInside = false;

  constructor(encoding: Encoding, cleanUntil: number) {
    this.decoder = decoderFor(encoding);
    this.cleanUntil = cleanUntil;
  }

  decodes(byte: number): boolean {
    if (!this.isInside) this.character = { offset: this.offset, line: this.line, byte };
    if (this.offset >= this.cleanUntil && !this.feed(byte)) return false;
    if (byte === CR || (byte === LF && this.previous !== CR)) this.line += 1;
    this.previous = byte;
    this.offset += 1;
    return true;
  }

  private feed(byte: number): boolean {
    this.one[0] = byte;
    try {
      this.isInside = this.decoder.decode(this.one, { stream: true }) === "";
      return true;
    } catch {
      return false;
    }
  }
}
