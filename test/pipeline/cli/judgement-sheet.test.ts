import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { judgementSheets, placeOfKey, readMark } from "../../../pipeline/cli/judgement-sheet.ts";
import { readJudgementSheet } from "../../../pipeline/cli/read-judgement-sheet.ts";
import { allBytes, fileBytes } from "../../../pipeline/intake/files/byte-source.ts";
import { openArchive } from "../../../pipeline/intake/files/open-archive.ts";
import { renderXlsx } from "../../../reports/formats/render-xlsx.ts";
import { uuidOf } from "../../support/enriched-voice.ts";
import { tempFolder } from "../../support/temp-folder.ts";

test.each([
  { marks: ["○", "〇", "◯", "⭕", "⭕️", "o", "O", "Ｏ", " ○ ", "　〇", "まる"], said: true },
  { marks: ["×", "✕", "✖", "✖️", "❌", "x", "X", "ｘ", "ばつ", "ﾊﾞﾂ"], said: false },
  { marks: ["", " ", "　", "\n"], said: null },
  { marks: ["?", "△", "○×", "はい", "1", "0"], said: undefined },
])("the marks $marks say $said", ({ marks, said }) => {
  for (const mark of marks) expect(readMark(mark), mark).toBe(said);
});

const place = {
  ...{ voiceId: uuidOf("v1"), revision: "0123456789abcdef", start: 0, end: 12 },
  ...{ head: "food-maker", label: "package.opening", headVersion: "fedcba9876543210" },
};
const tag = { place, text: "=HYPERLINK()", around: "〔=HYPERLINK()〕", tag: "開けにくさ" };

test("in the workbook the marks are a list to choose from, the last column is hidden, and words are no formula", async () => {
  const path = join(tempFolder(), "判定.xlsx");
  writeFileSync(
    path,
    await renderXlsx(judgementSheets([tag, tag], [["この表", "二件"]]), "#336699"),
  );
  const archive = await openArchive(await fileBytes(path));
  const entry = archive.entries.find(({ entryName }) => entryName.endsWith("sheet1.xml"));
  const xml = entry === undefined ? "" : (await allBytes(entry, 1_000_000)).toString("utf8");
  archive.close();
  expect(xml).toContain(`sqref="D2:D3"><formula1>"○,×"</formula1>`);
  expect(xml).toMatch(/<col min="5" hidden="1"/);
  expect(xml).not.toContain("<f>");
  expect(await readJudgementSheet(path)).toEqual(
    [2, 3].map((row) => ({
      ...{ row, text: tag.text, tag: tag.tag, mark: "" },
      key: `${place.voiceId}|0123456789abcdef|0|12|food-maker|package.opening|fedcba9876543210|a15bc43ff393eb4c`,
    })),
  );
});

test("a tag is found again by what stands in the hidden column, and the table says nothing of how sure the machine is", () => {
  const [sheet] = judgementSheets([tag], []);
  const [row = []] = sheet?.rows ?? [];
  expect(sheet?.columns.every(({ kind }) => kind === "text")).toBe(true);
  expect(row.slice(0, 4)).toEqual(["=HYPERLINK()", "〔=HYPERLINK()〕", "開けにくさ", null]);
  expect(sheet?.hiddenColumn).toBe(4);
  expect(placeOfKey(String(row[4]))).toEqual(place);
  for (const broken of ["", "x", `${row[4]}|1`, String(row[4]).replace("|0|", "|zero|")]) {
    expect(placeOfKey(broken)).toBeUndefined();
  }
});
