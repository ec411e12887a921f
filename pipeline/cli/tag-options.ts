import { z } from "zod";
import { requiredName } from "./required-text.ts";

/** Input as Japanese type it: １ is 1. */
export function folded(said: string): string {
  return said.normalize("NFKC").trim();
}

export const Voice = z.string().trim().min(1, "声の番号（--voice）を書いてください。");

export const Author = requiredName("名前（--author）");

/** 2, ２, or 「文 2」 as `tag show` prints it. A number: `serve` reads again what was read. */
export const SegmentNumber = z.union([z.string(), z.number()]).transform((said, context) => {
  const number = Number(folded(String(said)).replace(/^文/, ""));
  if (Number.isInteger(number) && number > 0) return number;
  context.addIssue(
    `文の番号（--segment） … 読んだもの: ${said}、期待: kizuki tag show にある 1 からの数。`,
  );
  return z.NEVER;
});

/** 2026-01-05; the year, month and day may stand apart otherwise: 2026/1/5, 2026年1月5日. */
export const Since = z.string().transform((said, context) => {
  const parts = /^(\d{4})[-ー−‐/.年](\d{1,2})[-ー−‐/.月](\d{1,2})日?$/.exec(folded(said));
  const date = (parts ?? [])
    .slice(1)
    .map((part) => part.padStart(2, "0"))
    .join("-");
  if (z.iso.date().safeParse(date).success) return date;
  context.addIssue(
    `日付（--since） … 読んだもの: ${said}、期待: 2026-01-05 のような、暦にある日付。`,
  );
  return z.NEVER;
});

/** How the number of something said begins. */
export const TagNumber = z.string().transform((said, context) => {
  const number = folded(said)
    .replace(/^番号\s*/, "")
    .toLowerCase();
  if (/^[0-9a-f-]{8,36}$/.test(number)) return number;
  context.addIssue(
    `確認の番号（--tag） … 読んだもの: ${said}、期待: kizuki tag list にある 8 桁の番号。`,
  );
  return z.NEVER;
});
