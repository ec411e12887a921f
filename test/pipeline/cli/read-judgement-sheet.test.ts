import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { COLUMNS, judgementSheets, placeOfKey } from "../../../pipeline/cli/judgement-sheet.ts";
import { readJudgementSheet } from "../../../pipeline/cli/read-judgement-sheet.ts";
import { renderXlsx } from "../../../reports/formats/render-xlsx.ts";
import { uuidOf } from "../../support/enriched-voice.ts";
import { type Cell, type SheetOptions, workbookBytes } from "../../support/files/workbook-bytes.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const HEADER = Object.values(COLUMNS);
const KEY = `${uuidOf("v1")}|0123456789abcdef|0|12|emotion|怒り|fedcba9876543210`;
const ROW: readonly Cell[] = ["おいしい。", "〔おいしい。〕", "喜び", "○", KEY];

function saved(bytes: Buffer | string, name = "判定.xlsx"): string {
  const path = join(tempFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

const book = (...sheets: SheetOptions[]) => saved(workbookBytes({ sheets }));
const sheet = (rows: readonly (readonly Cell[])[], options = {}): SheetOptions => {
  return { name: "判定", rows: [HEADER, ...rows], ...options };
};

test("sorted, filtered, with another sheet in front and columns moved or left out, a table is read as it was", async () => {
  const [read] = await readJudgementSheet(book(sheet([ROW])));
  const around = HEADER.indexOf(COLUMNS.around);
  const narrow = [HEADER, ROW].map((row) => row.filter((_, at) => at !== around).reverse());
  const variants = [
    book({ name: "説明", rows: [["こと"], ["内容"]] }, sheet([ROW])),
    book(sheet([ROW], { hiddenRows: [2], hiddenColumns: [5] })),
    book({ name: "判定", rows: narrow }),
  ];
  for (const path of variants) expect(await readJudgementSheet(path)).toEqual([read]);
});

test("rows in which nothing is said are no open rows, and marks far below the table are told at once", async () => {
  const blank = [" ", "", "", "　", null];
  expect(await readJudgementSheet(book(sheet([ROW, blank, blank])))).toHaveLength(1);
  const below = Array.from({ length: 10_001 }, () => [null, null, null, "○"]);
  await expect(readJudgementSheet(book(sheet(below)))).rejects.toThrow(
    /読んだもの: 10000 行より多い/,
  );
});

test("a second column of marks is refused: nobody knows which of the two counts", async () => {
  const path = book({
    name: "判定",
    rows: [
      [...HEADER, COLUMNS.mark],
      [...ROW, "×"],
    ],
  });
  await expect(readJudgementSheet(path)).rejects.toThrow(/合っていますか.* が二つ以上/);
});

test("a formula is what it came to, and no mark where nobody saved that", async () => {
  const formula = (value: string): Cell => ({
    xml: (at) => `<c r="${at}" t="str"><f>CHAR(9675)</f><v>${value}</v></c>`,
  });
  const bare: Cell = { xml: (at) => `<c r="${at}"><f>CHAR(9675)</f></c>` };
  const marks = [formula("×"), bare].map((mark) => ROW.with(3, mark));
  const lines = await readJudgementSheet(book(sheet(marks)));
  expect(lines.map(({ mark }) => mark)).toEqual(["×", "#CALC!"]);
});

test.each([
  { why: "CSV under the name of a workbook", bytes: `${HEADER.join(",")}\n` },
  { why: "UTF-16", bytes: Buffer.from(`\ufeff${HEADER.join("\t")}\n`, "utf16le") },
  { why: "nothing", bytes: "" },
])("$why is told for what it is not", async ({ bytes }) => {
  await expect(readJudgementSheet(saved(bytes))).rejects.toThrow(
    /Excel ブックではないファイル、期待: tag sample が書き/,
  );
});

test("words that look like Excel's own escapes come back as they were", async () => {
  const text = "型番 _x0041_ と _x000D_ と _x005F_、=1+1、＝CMD、＠x";
  const place = placeOfKey(KEY);
  if (place === undefined) throw new Error("no place");
  const sheets = judgementSheets([{ place, text, around: `〔${text}〕`, tag: "喜び" }], []);
  const [read] = await readJudgementSheet(saved(await renderXlsx(sheets, "#000000")));
  expect(read).toMatchObject({ text, key: expect.stringContaining(`${KEY}|`) });
});

test("a key whose numbers no text has is no place", () => {
  expect(placeOfKey(KEY.replace("|12|", "|9999999999|"))).toBeUndefined();
});
