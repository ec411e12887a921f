import { z } from "zod";
import { DayCell } from "../intake/record/day-cell.ts";
import { passesGtin } from "../text/mask/check-digits.ts";

const Code = z.string("期待: コード").min(1, "期待: コード").max(100, "期待: 100 文字以内");
const Name = z.string("期待: 名前").min(1, "期待: 名前").max(200, "期待: 200 文字以内");
const Word = z.string().max(200, "期待: 200 文字以内").optional();
const Day = DayCell.optional();

const Jan = z
  .string()
  .transform((text) => text.normalize("NFKC").replaceAll(/[ -]/g, ""))
  .refine(
    (text) => !/^\d(\.\d+)?E\+?\d+$/i.test(text),
    "期待: 桁のすべて（Excel が数値に直しています。列の書式を「文字列」にして入れ直してください）",
  )
  .refine((text) => /^(\d{13}|\d{8})$/.test(text), "期待: 13 桁か 8 桁の JAN コード")
  .refine(passesGtin, "期待: 検査数字（最後の桁）の合う JAN コード")
  .optional();

/** A product, a store or a desk, as the warehouse keeps it. */
export type MasterEntry = {
  readonly kind: "product" | "store" | "desk";
  readonly code: string;
  readonly name: string;
  readonly brand: string | null;
  readonly line: string | null;
  readonly jan: string | null;
  readonly area: string | null;
  readonly aliases: readonly string[];
  /** JST dates, both sold days; null: not said. */
  readonly soldFrom: string | null;
  readonly soldUntil: string | null;
};

const Aliases = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(/[｜|;；]/)
      .map((alias) => alias.trim())
      .filter((alias) => alias !== ""),
  )
  .refine((aliases) => aliases.every(({ length }) => length <= 200), "期待: それぞれ 200 文字以内");

/** A row of the products' table as it stands in the file: all cells are text, empty ones are left out. */
export const ProductRow = z
  .object({
    code: Code,
    name: Name,
    brand: Word,
    line: Word,
    jan: Jan,
    aliases: Aliases,
    soldFrom: Day,
    soldUntil: Day,
  })
  .refine(({ soldFrom, soldUntil }) => (soldFrom ?? "") <= (soldUntil ?? "9"), {
    path: ["soldUntil"],
    message: "期待: soldFrom と同じ日か、それより後（soldUntil の日を含みます）",
  })
  .transform(
    ({ brand, line, jan, soldFrom, soldUntil, ...row }): MasterEntry => ({
      ...row,
      kind: "product",
      brand: brand ?? null,
      line: line ?? null,
      jan: jan ?? null,
      area: null,
      soldFrom: soldFrom ?? null,
      soldUntil: soldUntil ?? null,
    }),
  );

/** A row of the table of stores or desks. */
export function placeRow(kind: "store" | "desk") {
  return z.object({ code: Code, name: Name, area: Word, aliases: Aliases }).transform(
    ({ area, ...row }): MasterEntry => ({
      ...row,
      kind,
      brand: null,
      line: null,
      jan: null,
      area: area ?? null,
      soldFrom: null,
      soldUntil: null,
    }),
  );
}
