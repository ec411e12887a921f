import type { SourceDescription } from "./source.ts";
import { splitSpeakers } from "./split-speakers.ts";

const CUSTOMER_WORDS =
  "お申し出内容 お申し出 お申出 申し出 申出 ご意見 お客様 お客さま 顧客 客 質問 お問い合わせ";
const DESK_WORDS = "対応内容 対応 ご対応 回答内容 回答 ご回答 返答 相談室 当社 弊社 当方 処置 担当";
const FRAMES = [
  ["【", "】"],
  ["［", "］"],
  ["[", "]"],
  ["＜", "＞"],
  ["<", ">"],
  ["■", ""],
  ["◆", ""],
  ["●", ""],
  ["", "："],
] as const;

/**
 * Finds by which marks the cells of one column hold the customer's words and the desk's: those of the table above that
 * the cells have.
 *
 * @returns `undefined` where fewer than a fifth of the cells have a word of the desk's
 */
export function findMarks(cells: readonly string[]): SourceDescription["marks"] {
  const marks = { customer: framed(CUSTOMER_WORDS), desk: framed(DESK_WORDS) };
  const mixed = cells.filter((cell) => splitSpeakers(cell, marks).desk !== "");
  if (mixed.length === 0 || mixed.length * 5 < cells.length) return undefined;
  const isUsed = (mark: string) => mixed.some((cell) => cell.replaceAll(":", "：").includes(mark));
  return { customer: marks.customer.filter(isUsed), desk: marks.desk.filter(isUsed) };
}

function framed(words: string): string[] {
  return words
    .split(" ")
    .flatMap((word) => FRAMES.map(([open, close]) => `${open}${word}${close}`));
}
