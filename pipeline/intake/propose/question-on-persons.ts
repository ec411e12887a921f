import type { Sample } from "../table/sample.ts";
import { isUnnamed } from "./name-columns.ts";

/** @returns what a person has to look at where a file without a header is named by what it holds, in Japanese */
export function questionOnPersons(sample: Sample): string[] {
  const guessed = sample.columns.filter((column) => GUESSED.has(column));
  const unknown = sample.columns.filter((column) => isUnnamed(column) && mayName(sample, column));
  return [
    ...(guessed.length > 0
      ? [
          `「${guessed.join("」「")}」は、中身から人の名前や連絡先と見て、そう名付けました。違うときは、説明の names の名前を書き換えてください`,
        ]
      : []),
    ...(unknown.length > 0
      ? [
          `「${unknown.join("」「")}」に何があるか、中身からはわかりません。お客様の氏名や連絡先なら、説明の names の名前を「氏名」「電話番号」などに書き換えてください（本文にある同じ名前や番号も伏せ、kizuki vault find で探せます）`,
        ]
      : []),
  ];
}

/** Names given by content, but those of numbers, mail addresses and addresses, which are nothing else. */
const GUESSED = new Set(["氏名", "フリガナ", "担当者", "連絡先"]);

/** Whether rows have short words of their own there, as persons' names are that no list knows. */
function mayName(sample: Sample, column: string): boolean {
  const written = sample.written(column);
  const short = written.filter(
    (cell) => cell.length <= LONGEST_NAME && /^[\p{L}\s・()（）]+$/u.test(cell),
  );
  return written.length > 0 && short.length * 2 >= written.length && sample.tellsApart(column);
}

const LONGEST_NAME = 20;
