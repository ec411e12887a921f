import { createHash } from "node:crypto";
import { z } from "zod";
import { cleanText } from "../../reports/formats/clean-text.ts";
import type { WorkbookSheet } from "../../reports/formats/workbook-sheets.ts";

/** A tag that a person is asked about. */
export type AskedTag = {
  readonly place: TagPlace;
  /** The segment, and its voice around it; masked. */
  readonly text: string;
  readonly around: string;
  /** As reports print it. */
  readonly tag: string;
};

/** Where a tag stands, and which head gave it. */
export const TagPlace = z.strictObject({
  voiceId: z.uuid(),
  revision: z.string().min(1),
  start: z.int32().nonnegative(),
  end: z.int32().positive(),
  head: z.string().min(1),
  label: z.string().min(1),
  headVersion: z.string().min(1),
});
export type TagPlace = z.infer<typeof TagPlace>;

/** A row of the workbook as a person left it. */
export const SheetLine = z.strictObject({
  /** As Excel numbers it. */
  row: z.number().int(),
  text: z.string(),
  tag: z.string(),
  mark: z.string(),
  key: z.string(),
});
export type SheetLine = z.infer<typeof SheetLine>;

export const JUDGEMENT_SHEET = "判定";

/** Headings, by which the columns are found again wherever they were moved to. */
export const COLUMNS = {
  text: "文",
  around: "声の前後",
  tag: "タグ",
  mark: "合っていますか（○か×）",
  key: "控え（消さないでください）",
} as const;

/** How sure the machine is stands nowhere: who knows it finds what it is sure of right. */
export function judgementSheets(
  tags: readonly AskedTag[],
  notes: readonly (readonly [string, string])[],
): WorkbookSheet[] {
  const titles = Object.values(COLUMNS);
  const text = (title: string) => ({ title, kind: "text" as const });
  return [
    {
      name: JUDGEMENT_SHEET,
      columns: titles.map(text),
      rows: tags.map(({ place, text, around, tag }) => [
        ...[text, around, tag, null],
        keyOf(place, text),
      ]),
      choices: { column: titles.indexOf(COLUMNS.mark), values: ["○", "×"] },
      hiddenColumn: titles.indexOf(COLUMNS.key),
    },
    { name: "説明", columns: [text("こと"), text("内容")], rows: notes },
  ];
}

const FIELDS = ["voiceId", "revision", "start", "end", "head", "label", "headVersion"] as const;

function keyOf(place: TagPlace, text: string): string {
  return [...FIELDS.map((field) => place[field]), textMark(text)].join("|");
}

export function isSameText(read: string, expected: string): boolean {
  return bareText(read) === bareText(expected);
}

/** Office programs change line breaks and blanks at the ends. */
function bareText(text: string): string {
  return cleanText(text).normalize("NFC").replace(/\s/g, "");
}

function textMark(text: string): string {
  return createHash("sha256").update(bareText(text)).digest("hex").slice(0, 16);
}

/** Whether a row has the segment as it was written into the table; nobody knows in older ones. */
export function isAsAsked({ key, text }: { readonly key: string; readonly text: string }) {
  return key.trim().split("|")[FIELDS.length] === textMark(text);
}

/** @returns undefined where it was written over */
export function placeOfKey(key: string): TagPlace | undefined {
  const cells = key.trim().split("|");
  if (cells.length < FIELDS.length || cells.length > FIELDS.length + 1) return undefined;
  const fields = Object.fromEntries(FIELDS.map((field, index) => [field, cells[index]]));
  const { start, end } = fields;
  const place = TagPlace.safeParse({ ...fields, start: Number(start), end: Number(end) });
  return place.success ? place.data : undefined;
}

const RIGHT = ["○", "〇", "◯", "⭕", "o", "まる", "丸"];
const WRONG = ["×", "✕", "✖", "❌", "x", "ばつ", "バツ"];

/** @returns whether the tag is right; null where nothing is said, undefined where it is no mark we know */
export function readMark(cell: string): boolean | null | undefined {
  const mark = cell
    .normalize("NFKC")
    .replace(/\s|\uFE0F/g, "")
    .toLowerCase();
  if (mark === "") return null;
  if (RIGHT.includes(mark)) return true;
  return WRONG.includes(mark) ? false : undefined;
}
