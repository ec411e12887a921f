import { z } from "zod";
import { InputError } from "../errors.ts";
import { firstProblems } from "../first-problems.ts";
import { DayCell } from "./record/day-cell.ts";
import { readTable } from "./table/read-table.ts";

/** What was sold of a product, or how many visited a place, on the days [from, until). */
export type ExposureLine = {
  readonly subject: string;
  readonly from: string;
  readonly until: string;
  readonly units: number;
};

export type Exposure = {
  readonly kind: "product" | "place";
  /** What a unit is called, such as 個 or 人. */
  readonly unit: string;
  readonly lines: readonly ExposureLine[];
};

/** A row as it stands in the file: all cells are text. */
const Row = z
  .object({
    product: z.string().trim().min(1, "期待: 商品の名前").optional(),
    place: z.string().trim().min(1, "期待: 場所の名前").optional(),
    from: DayCell,
    until: DayCell,
    units: z
      .string()
      .trim()
      .regex(/^\d[\d,]*(\.\d+)?$/, "期待: 0 以上の数")
      .transform((text) => Number(text.replaceAll(",", ""))),
  })
  .refine(
    ({ from, until }) => from < until,
    "期待: until は from より後（until の日は含みません）",
  );

/**
 * Reads sales or visitors: a table with the columns product or place, from, until and units.
 *
 * @throws InputError naming the first mistakes with line and column
 */
export async function readExposure(file: string, unit: string): Promise<Exposure> {
  const rows: z.infer<typeof Row>[] = [];
  const problems: string[] = [];
  for await (const record of readTable(file)) {
    const row = Row.safeParse("cells" in record ? Object.fromEntries(record.cells) : {});
    if (row.success) rows.push(row.data);
    else problems.push(`${record.row} 行目 ${problemOf(row.error)}`);
  }
  const hasProducts = rows.some(({ product }) => product !== undefined);
  const lines = rows.flatMap(({ product, place, ...line }) => {
    const subject = hasProducts ? product : place;
    return subject === undefined ? [] : [{ ...line, subject }];
  });
  if (lines.length < rows.length || (hasProducts && rows.some(({ place }) => place !== undefined)))
    problems.push("見出しに product か place のどちらか一つが要ります");
  if (problems.length > 0) throw wrongTable(file, problems);
  return { kind: hasProducts ? "product" : "place", unit, lines };
}

function problemOf({ issues: [issue] }: z.ZodError): string {
  return issue === undefined ? "" : `${issue.path.join(".")} ${issue.message}`;
}

function wrongTable(file: string, problems: readonly string[]): InputError {
  return new InputError(
    `販売数の表 ${file} に ${problems.length} 件の誤りがあります。期待: 列 product（または place）、from、until、units。\n${firstProblems(problems)}`,
  );
}
