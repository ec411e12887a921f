import { type Decoder, decoderFor, type Encoding } from "./encoding.ts";

/** More bytes than any character has in any encoding, with the escapes around it. */
export const TAIL_BYTES = 16;

/** One encoding that a file may be in, as long as every byte fits it. */
export class EncodingCandidate {
  readonly name: Encoding;
  /** Bytes of half a character at the very end. */
  cutOffBytes = 0;
  failed = false;
  /** Offset up to which the bytes were decoded. */
  decodedUntil: number;
  /** Whether a character outside ASCII was decoded: the evidence that tells UTF-8 and ISO-2022-JP from plain ASCII. */
  sawMultibyte = false;
  /** Whether ISO-2022-JP's way into kanji stands in the text. */
  sawJisEscape = false;
  private sawOther = false;
  private readonly decoder: Decoder;
  /** Kept back, so that the last characters can be told apart byte by byte. */
  private tail = Buffer.alloc(0);
  private kana = 0;
  private halfKana = 0;
  private wide = 0;

  constructor(name: Encoding, bomBytes: number) {
    this.name = name;
    this.decodedUntil = bomBytes;
    this.decoder = decoderFor(name);
  }

  feed(bytes: Uint8Array): void {
    if (this.failed) return;
    const all = Buffer.concat([this.tail, bytes]);
    const end = Math.max(0, all.length - TAIL_BYTES);
    this.tail = all.subarray(end);
    this.decode(all.subarray(0, end));
  }

  finish(): void {
    let begun = this.decodedUntil;
    for (let at = 0; at < this.tail.length && !this.failed; at += 1) {
      if (this.decode(this.tail.subarray(at, at + 1)) !== "") begun = this.decodedUntil;
    }
    if (this.failed || this.endsWhole(begun)) return;
    this.cutOffBytes = this.decodedUntil - begun;
  }

  /**
   * Whether kana make up as much of it as of any Japanese text. Half-width kana of CP932 read as EUC-JP are rare kanji;
   * those of EUC-JP itself are 漆, 酌 and 湿 in CP932, a few of which are words, many of which are none.
   */
  isJapanese(): boolean {
    const kana = this.kana + (this.halfKana < LEAST_HALF_KANA ? 0 : this.halfKana);
    return kana > this.wide * JAPANESE_SHARE;
  }

  /** Whether it is text, and all of it that is not ASCII are half-width kana and their marks. */
  isHalfKana(): boolean {
    return this.sawMultibyte && !this.sawOther;
  }

  private decode(bytes: Uint8Array): string {
    try {
      const text = this.decoder.decode(bytes, { stream: true });
      this.decodedUntil += bytes.length;
      this.notice(text);
      return text;
    } catch {
      this.failed = true;
      return "";
    }
  }

  private notice(text: string): void {
    if (this.name === "euc-jp" && this.wide < ENOUGH) {
      const start = text.slice(0, ENOUGH);
      this.kana += start.match(KANA)?.length ?? 0;
      this.halfKana += start.match(HALF_KANA)?.length ?? 0;
      this.wide += start.match(NOT_ASCII)?.length ?? 0;
    }
    this.sawMultibyte ||= text.search(NOT_ASCII) >= 0;
    this.sawOther ||= NOT_HALF_KANA.test(text);
    this.sawJisEscape ||= text.includes("\u001b$B") || text.includes("\u001b$@");
  }

  private endsWhole(begun: number): boolean {
    try {
      this.decoder.decode();
    } catch {
      return false;
    }
    // ICU lets a last 0x83 of EUC-JP go without a word. The last escape of ISO-2022-JP is no character, and none is lost.
    return begun === this.decodedUntil || this.name === "iso-2022-jp";
  }
}

const KANA = /[ぁ-んァ-ヶー]/g;
const HALF_KANA = /[\uff66-\uff9f]/g;
/** A control character is of no text: an archive begins with two bytes of kana, too. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const NOT_HALF_KANA = /[\u0000-\u0008\u000e-\u001f\u007f-\uff60\uffa0-\uffff]/;
/** Two or three words: as CP932 it would be as many kanji of one row of 189, and no other. */
const LEAST_HALF_KANA = 8;
const NOT_ASCII = /[\u0080-\uffff]/g;
const JAPANESE_SHARE = 0.2;
/** Characters that are looked at for kana. */
const ENOUGH = 65_536;
