import { expect, test } from "vitest";
import { judgementSheets, placeOfKey, readMark } from "../../../pipeline/cli/judgement-sheet.ts";
import { uuidOf } from "../../support/enriched-voice.ts";

test.each([
  { marks: ["○", "〇", "◯", "⭕", "⭕️", "o", "O", "Ｏ", " ○ ", "　〇", "まる"], said: true },
  { marks: ["×", "✕", "✖", "✖️", "❌", "x", "X", "ｘ", "ばつ", "ﾊﾞﾂ"], said: false },
  { marks: ["", " ", "　", "\n"], said: null },
  { marks: ["?", "△", "○×", "はい", "1", "0"], said: undefined },
])("the marks $marks say $said", ({ marks, said }) => {
  for (const mark of marks) expect(readMark(mark), mark).toBe(said);
});

test("a tag is found again by what stands in the hidden column, and the table says nothing of how sure the machine is", () => {
  const place = {
    ...{ voiceId: uuidOf("v1"), revision: "0123456789abcdef", start: 0, end: 12 },
    ...{ head: "food-maker", label: "package.opening", headVersion: "fedcba9876543210" },
  };
  const tag = { place, text: "=HYPERLINK()", around: "〔=HYPERLINK()〕", tag: "開けにくさ" };
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
