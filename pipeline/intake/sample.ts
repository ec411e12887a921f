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

  written(column: string): string[] {
    return this.cells(column).filter((cell) => cell !== "");
  }

  /** Whether 95% of the rows hold, or all but one: a typing error makes no other column. */
  mostly(column: string, holds: (cell: string) => boolean): boolean {
    const misses = this.cells(column).filter((cell) => !holds(cell)).length;
    return misses < this.rows.length && misses <= Math.max(1, this.rows.length * 0.05);
  }

  /** Whether hardly a cell is empty or stands twice: an export may hold a record twice. */
  isUnique(column: string): boolean {
    const misses = this.rows.length - new Set(this.written(column)).size;
    return misses <= (this.rows.length < 10 ? 0 : Math.max(1, this.rows.length * 0.05));
  }

  /** Japanese characters of a written cell, on average. */
  japaneseLength(column: string): number {
    const written = this.written(column);
    const total = written.reduce((sum, cell) => sum + (cell.match(JAPANESE)?.length ?? 0), 0);
    return total / Math.max(1, written.length);
  }
}

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/gu;
