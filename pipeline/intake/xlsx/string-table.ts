import { InputError } from "../../errors.ts";

const BLOCK_BYTES = 4 * 1024 ** 2;
/** A million cells of 200 characters are 400 MB; the limit keeps a workbook under 1.5 GB of memory. */
const MOST_BYTES = 768 * 1024 ** 2;

/**
 * The strings that a workbook's cells refer to by number. They lie outside of the garbage collector's heap, two bytes a
 * character: a million strings as objects cost twice that and are walked at each collection.
 */
export class StringTable {
  private readonly blocks: Buffer[] = [];
  /** Where each string begins, as if the blocks were one. */
  private readonly starts: number[] = [];
  private readonly sizes: number[] = [];
  private end = 0;

  /** @param label the workbook, for the message */
  add(text: string, label: string): void {
    const size = text.length * 2;
    const left = this.blocks.length * BLOCK_BYTES - this.end;
    if (size > BLOCK_BYTES || this.end + size > MOST_BYTES) throw tooLarge(label);
    if (size > left) {
      this.end = this.blocks.length * BLOCK_BYTES;
      this.blocks.push(Buffer.allocUnsafeSlow(BLOCK_BYTES));
    }
    this.blocks.at(-1)?.write(text, this.end % BLOCK_BYTES, "utf16le");
    this.starts.push(this.end);
    this.sizes.push(size);
    this.end += size;
  }

  /** @returns `undefined` where there is no string of that number */
  get(index: number): string | undefined {
    const start = this.starts[index];
    const size = this.sizes[index];
    if (start === undefined || size === undefined) return undefined;
    if (size === 0) return "";
    const at = start % BLOCK_BYTES;
    return this.blocks[Math.floor(start / BLOCK_BYTES)]?.toString("utf16le", at, at + size);
  }
}

function tooLarge(label: string): InputError {
  return new InputError(
    `${label}: 文字が多すぎて開けません（${MOST_BYTES / 1024 ** 2} MB まで）。シートを分けるか、CSV で保存してから取り込んでください。`,
  );
}
