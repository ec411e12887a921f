import { passesGtin } from "../../text/mask/check-digits.ts";
import { normalizeValue } from "../source.ts";
import { Sample, SENTENCE_LENGTH } from "../table/sample.ts";
import {
  columnsFor,
  isPersonalName,
  isStaffName,
  isVerbatimName,
  looksPersonal,
} from "./column-words.ts";
import { type ToldChannel, tellChannel } from "./guess-channel.ts";
import { type Found, type GuessedFile, guessSource, isPersonal } from "./guess-source.ts";

/** What a column is taken for, and why so. */
export type Proposal = {
  readonly column: string;
  /** In Japanese, as a person calls it. */
  readonly role: string;
  /** 高: name and content agree. 中: one of them says so. 低: nothing else fits better. */
  readonly confidence: "高" | "中" | "低";
};

/** A proposal for every column, and the description that is proposed. */
export function proposeColumns(
  rows: readonly ReadonlyMap<string, string>[],
  file: GuessedFile,
): {
  readonly proposals: readonly Proposal[];
  readonly found: Found;
  /** By which way the voices came, where no column says it. */
  readonly told: ToldChannel;
  readonly reasons: readonly string[];
} {
  const sample = new Sample(rows);
  const guess = guessSource(rows, file);
  const reasons = guess.status === "unsure" ? guess.reasons : [];
  const kept = withChannelKept(guess.found);
  const hasRating = kept.columns.rating !== undefined;
  const told = tellChannel(sample.columns, { names: [file.file], hasRating });
  const found = typeof kept.channel === "string" ? { ...kept, channel: told.channel } : kept;
  const proposals = sample.columns.map((column) => ({ column, ...roleOf(sample, column, found) }));
  return { proposals, found, told, reasons };
}

/** What a column says is more than the channel that it is read as: Instagram and X are one. It stays beside the voice. */
function withChannelKept(found: Found): Found {
  const { channel, attributes } = found;
  if (typeof channel === "string") return found;
  return { ...found, attributes: [channel.column, ...attributes] };
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
    return isVerbatimName(column) && isLong ? "高" : "中";
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

function isJan(cell: string): boolean {
  return /^(?:\d{8}|\d{13})$/.test(cell) && passesGtin(cell);
}
