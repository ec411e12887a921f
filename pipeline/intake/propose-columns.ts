import {
  columnsFor,
  isPersonalName,
  isStaffName,
  isVerbatimName,
  looksPersonal,
} from "./column-words.ts";
import { type Found, guessSource, isPersonal, SENTENCE_LENGTH } from "./guess-source.ts";
import { parseReceivedAt } from "./parse-received-at.ts";
import { Sample } from "./sample.ts";
import { normalizeValue, type SourceDescription } from "./source.ts";

/** What a column is taken for, and why so. */
export type Proposal = {
  readonly column: string;
  /** In Japanese, as a person calls it. */
  readonly role: string;
  /** 高: name and content agree. 中: one of them says so. 低: nothing else fits better. */
  readonly confidence: "高" | "中" | "低";
};

/** A proposal for every column, and a description of what is sure enough to be written down. */
export function proposeColumns(rows: readonly ReadonlyMap<string, string>[]): {
  readonly proposals: readonly Proposal[];
  readonly found: Found;
  readonly reasons: readonly string[];
} {
  const sample = new Sample(rows);
  const guess = guessSource(rows);
  const reasons = guess.status === "unsure" ? guess.reasons : [];
  const found = completed(sample, guess.status === "unsure" ? guess : foundIn(guess.source));
  const proposals = sample.columns.map((column) => ({ column, ...roleOf(sample, column, found) }));
  return { proposals, found, reasons };
}

function foundIn({ columns, channel, attributes }: SourceDescription): Found {
  return { columns, channel, attributes };
}

/** Where names say nothing, the content does: a column of dates, and the longest texts. */
function completed(sample: Sample, found: Found): Found {
  const { receivedAt, verbatim } = found.columns;
  const free = sample.columns.filter(
    (column) => !Object.values(found.columns).flat().includes(column),
  );
  const dated = receivedAt ?? free.find((column) => sample.mostly(column, isDate));
  const [longest] = free
    .filter((column) => column !== dated && !isStaffName(column) && !isPersonal(sample, column))
    .map((column) => ({ column, length: sample.japaneseLength(column) }))
    .filter(({ length }) => length >= SENTENCE_LENGTH)
    .sort((a, b) => b.length - a.length);
  const said = verbatim ?? longest?.column;
  const taken = [dated, said].flat();
  return {
    ...found,
    columns: {
      ...found.columns,
      ...(dated !== undefined && { receivedAt: dated }),
      ...(said !== undefined && { verbatim: said }),
    },
    attributes: found.attributes.filter((column) => !taken.includes(column)),
  };
}

function isDate(cell: string): boolean {
  const read = parseReceivedAt(cell);
  return typeof read === "object" || read === "ambiguous date" || read === "date without year";
}

const ROLE_NAMES = {
  id: "受付番号（声を見分ける番号）",
  receivedAt: "受付日時",
  verbatim: "お客様の言葉（原文）",
  rating: "評価",
  product: "商品",
  place: "店舗・場所",
  lot: "ロット",
  customerKey: "お客様番号（暗号にして残す）",
} as const;

function roleOf(sample: Sample, column: string, found: Found): Omit<Proposal, "column"> {
  for (const [role, name] of Object.entries(ROLE_NAMES)) {
    const columns: readonly unknown[] = [Reflect.get(found.columns, role)].flat();
    if (columns.includes(column))
      return { role: name, confidence: confidenceOf(sample, column, role) };
  }
  if (typeof found.channel === "object" && found.channel.column === column) {
    return { role: "チャネル（受付の方法）", confidence: "高" };
  }
  if (isPersonal(sample, column)) {
    const isBoth = isPersonalName(column) && looksPersonal(sample.cells(column));
    return { role: "個人情報（取り込まない）", confidence: isBoth ? "高" : "中" };
  }
  if (isStaffName(column) && !found.attributes.includes(column)) {
    return { role: "相談室の言葉（取り込まない）", confidence: "高" };
  }
  if (!found.attributes.includes(column)) return { role: "取り込まない", confidence: "低" };
  return attributeRole(sample, column);
}

function confidenceOf(sample: Sample, column: string, role: string): Proposal["confidence"] {
  if (role === "verbatim") {
    const isLong = sample.japaneseLength(column) >= SENTENCE_LENGTH;
    return isVerbatimName(column) ? (isLong ? "高" : "中") : "低";
  }
  if (role === "receivedAt") return columnsFor(role, sample.columns).includes(column) ? "高" : "中";
  // These are found by name, and an id and a rating by their content too.
  return role === "id" || role === "rating" ? "高" : "中";
}

/** Attributes that their content gives away. */
const CONTENTS: readonly (readonly [string, RegExp, (cell: string) => boolean])[] = [
  ["性別", /性別/, (cell) => /^(?:男|女|男性|女性|その他|不明|無回答|回答しない|[MF])$/.test(cell)],
  ["年代", /年代|年齢/, (cell) => /^(?:\d0代.*|\d0歳.*|\d{1,2}歳?|不明|無回答)$/.test(cell)],
  ["JANコード", /jan|バーコード/i, isJan],
];

function attributeRole(sample: Sample, column: string): Omit<Proposal, "column"> {
  const cells = sample.written(column).map(normalizeValue);
  for (const [name, names, holds] of CONTENTS) {
    const isNamed = names.test(column);
    const isHeld = cells.length > 0 && cells.every(holds);
    if (isNamed && isHeld) return { role: `属性（${name}）`, confidence: "高" };
    if (isNamed || (isHeld && name !== "年代"))
      return { role: `属性（${name}）`, confidence: "中" };
  }
  return { role: "属性", confidence: "中" };
}

/** The last digit of a JAN of 8 or 13 digits checks the others. */
function isJan(cell: string): boolean {
  if (!/^(?:\d{8}|\d{13})$/.test(cell)) return false;
  const digits = [...cell].reverse().map(Number);
  return (
    digits.reduce((sum, digit, place) => sum + digit * (place % 2 === 0 ? 1 : 3), 0) % 10 === 0
  );
}

/** Columns whose long numbers a spreadsheet has cut: 4.90123E+12 holds six of thirteen digits. */
export function cutNumbers(rows: readonly ReadonlyMap<string, string>[]): readonly string[] {
  const sample = new Sample(rows);
  return sample.columns.filter((column) =>
    sample.written(column).some((cell) => /^\d\.\d+E\+\d{2}$/i.test(normalizeValue(cell))),
  );
}
