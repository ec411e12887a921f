import type { z } from "zod";
import { InputError } from "../errors.ts";
import { firstProblems } from "../first-problems.ts";
import { readTable } from "../intake/table/read-table.ts";
import type { SourceRecord } from "../intake/table/split-records.ts";
import type { MasterConfig } from "./master-config.ts";
import { type MasterEntry, ProductRow, placeRow } from "./master-entry.ts";

/** What companies write above these columns. Others are left alone: a product table holds prices and much else. */
const HEADINGS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    コード: "code",
    商品コード: "code",
    店舗コード: "code",
    窓口コード: "code",
    名前: "name",
    名称: "name",
    商品名: "name",
    店舗名: "name",
    店名: "name",
    窓口名: "name",
    ブランド: "brand",
    シリーズ: "line",
    分類: "line",
    商品分類: "line",
    JANコード: "jan",
    別名: "aliases",
    略称: "aliases",
    発売日: "soldFrom",
    終売日: "soldUntil",
    地域: "area",
    エリア: "area",
  }),
);

const TABLES = [
  { key: "products", called: "商品の表", Row: ProductRow, columns: "code、name" },
  { key: "stores", called: "店舗の表", Row: placeRow("store"), columns: "code、name" },
  { key: "desks", called: "窓口の表", Row: placeRow("desk"), columns: "code、name" },
] as const;

type Table = (typeof TABLES)[number];

/**
 * Reads the tables of products, stores and desks; nothing where none is named.
 *
 * @throws InputError naming the first mistakes of a file with row, column, what was read and what was expected
 */
export async function readMaster(config: MasterConfig | undefined): Promise<MasterEntry[]> {
  const entries: MasterEntry[] = [];
  for (const table of TABLES) {
    const file = config?.[table.key];
    if (file !== undefined) entries.push(...(await readEntries(file, table)));
  }
  return entries;
}

async function readEntries(file: string, { called, Row, columns }: Table): Promise<MasterEntry[]> {
  const entries: MasterEntry[] = [];
  const problems: string[] = [];
  const rows = new Map<string, number>();
  for await (const record of readTable(file)) {
    const cells = cellsOf(record);
    const parsed = Row.safeParse(cells);
    if (!parsed.success) {
      problems.push(`${record.row} 行目 ${problemOf(record, cells, parsed.error)}`);
      continue;
    }
    const { code } = parsed.data;
    const before = rows.get(code);
    if (before === undefined) entries.push(parsed.data);
    else {
      problems.push(
        `${record.row} 行目 code … 読んだもの: ${code}（${before} 行目にもあります）、期待: 一度だけのコード`,
      );
    }
    rows.set(code, before ?? record.row);
  }
  if (problems.length === 0) return entries;
  throw new InputError(
    `${called} ${file} に ${problems.length} 件の誤りがあります。要る列: ${columns}。\n${firstProblems(problems)}`,
  );
}

/** The cells that say something, by the names of their columns here. */
function cellsOf(record: SourceRecord): Record<string, string> {
  if (!("cells" in record)) return {};
  const cells = [...record.cells].flatMap(([heading, cell]) => {
    const name = heading.normalize("NFKC").trim();
    const text = cell.trim();
    return text === "" ? [] : [[HEADINGS.get(name) ?? name, text]];
  });
  return Object.fromEntries(cells);
}

function problemOf(
  record: SourceRecord,
  cells: Readonly<Record<string, string>>,
  { issues: [issue] }: z.ZodError,
): string {
  if (!("cells" in record)) {
    return '列に分けられない行です。引用符（"）の閉じ忘れや、列の過不足がないか確かめてください';
  }
  const column = String(issue?.path[0]);
  return `${column} … 読んだもの: ${cells[column] ?? "（空）"}、${issue?.message}`;
}
