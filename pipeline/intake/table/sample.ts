/** A file's columns and first rows. */
export class Sample {
  readonly columns: readonly string[];
  private readonly rows: readonly ReadonlyMap<string, string>[];

  constructor(rows: readonly ReadonlyMap<string, string>[]) {
    this.rows = rows;
    // A line of JSON Lines may lack keys that another has.
    this.columns = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  }

  cells(column: string): string[] {
    return this.rows.map((row) => (row.get(column) ?? "").trim());
  }

  /** Several columns as one, a blank between them. */
  joined(columns: readonly string[]): string[] {
    return this.rows.map((row) =>
      columns
        .map((column) => row.get(column) ?? "")
        .join(" ")
        .trim(),
    );
  }

  written(column: string): string[] {
    return this.cells(column).filter((cell) => cell !== "");
  }

  /** Whether 95% of the rows hold, or all but one: a typing error makes no other column. */
  mostly(column: string, holds: (cell: string) => boolean): boolean {
    const misses = this.cells(column).filter((cell) => !holds(cell)).length;
    return misses < this.rows.length && misses <= Math.max(1, this.rows.length * 0.05);
  }

  /**
   * Whether the column tells records apart. Half of them is enough: a log of corrections holds each record
   * twice, with other words, and a category has far fewer values.
   */
  tellsApart(column: string): boolean {
    return new Set(this.written(column)).size * 2 >= this.rows.length;
  }

  /** Whether people filled the column with sentences of their own, whatever it is called. */
  isFreeText(column: string): boolean {
    const written = this.written(column);
    if (new Set(written).size * FEWEST_DIFFERENT < written.length) return false;
    if (this.japaneseLength(column) < SENTENCE_LENGTH) return false;
    return written.filter(isSentence).length * 2 >= written.length;
  }

  /** Japanese characters of a written cell, on average. */
  japaneseLength(column: string): number {
    const written = this.written(column);
    const total = written.reduce((sum, cell) => sum + (cell.match(JAPANESE)?.length ?? 0), 0);
    return total / Math.max(1, written.length);
  }
}

/** Below this a column of texts is no free text: 良い, 普通, 商品について. */
export const SENTENCE_LENGTH = 6;

/** A category's values come again and again: fewer than one in thirty rows has one of its own. */
const FEWEST_DIFFERENT = 30;

/** A fifth of a sentence is hiragana, of a name or an address less; and it ends as one, or has an end within it. */
function isSentence(cell: string): boolean {
  const hiragana = cell.match(/\p{Script=Hiragana}/gu)?.length ?? 0;
  if (hiragana * 5 < (cell.match(JAPANESE)?.length ?? 0)) return false;
  return /[。！？!?♪]|(?:[いうくすつぬむるただねよなかん])$/.test(cell) && hiragana > 1;
}

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/gu;
