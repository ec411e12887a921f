import type { CellFormat } from "./cell-formats.ts";
import { clockText, isSerial, serialText } from "./excel-serial.ts";

/** A cell as the sheet's XML has it. */
export type CellXml = {
  /** `t`: n where it is absent. */
  readonly type: string;
  readonly value: string;
  readonly inline: string;
  readonly hasFormula: boolean;
  readonly format: CellFormat | undefined;
};

/** Stands for a formula whose result was never saved, as files made by programs have them. */
const NO_RESULT = "#CALC!";

/** Stands for a shared string that the workbook does not hold: an empty cell would hide that words are lost. */
const NO_STRING = "#REF!";

/** @param shared gives a shared string by its number @returns the text that a person sees in the cell, as near as can be */
export function cellText(
  { type, value, inline, hasFormula, format }: CellXml,
  { shared, epoch }: { shared: (index: number) => string | undefined; epoch: 1900 | 1904 },
): string {
  if (type === "inlineStr") return inline;
  if (value === "") return hasFormula && type !== "str" ? NO_RESULT : "";
  if (type === "s") return shared(Number(value)) ?? NO_STRING;
  if (type === "b") return value === "1" ? "TRUE" : "FALSE";
  if (type !== "n") return value;
  return numberText(value, { format, epoch });
}

function numberText(
  written: string,
  { format, epoch }: { format: CellFormat | undefined; epoch: 1900 | 1904 },
): string {
  const value = Number(written);
  if (!Number.isFinite(value)) return written;
  if (format?.shows === "date" && isSerial(value)) return serialText(value, epoch);
  if (format?.shows === "hours" && isSerial(value)) return clockText(Math.round(value * 86_400));
  return plainNumber(value).padStart(format?.paddedDigits ?? 0, "0");
}

/** 4.901234567894E12 is 4901234567894, and 0.30000000000000004 is 0.3: Excel shows fifteen digits. */
function plainNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return BigInt(value).toString();
  return String(Number(value.toPrecision(15)));
}
