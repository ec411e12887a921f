import type { Sample } from "../table/sample.ts";

/** Whether Excel showed a long number in few digits, and saved no more than it showed: 4.90123E+12 for a JAN. */
export function hasLostDigits(cell: string): boolean {
  return /^\d(?:\.\d{1,9})?E\+(?:0?[6-9]|[12]\d)$/i.test(cell.normalize("NFKC").trim());
}

/** @returns what to say, before anything is loaded, of columns whose numbers are no longer whole */
export function lostDigits(sample: Sample): readonly string[] {
  return sample.columns.flatMap((column) => {
    const cell = sample.written(column).find(hasLostDigits);
    if (cell === undefined) return [];
    return [
      `「${column}」に ${cell} のような値があります。Excel が桁の多い番号を縮めて保存したもので、元の番号には戻せません。番号の列を文字列にして、元のシステムから書き出し直してください`,
    ];
  });
}
