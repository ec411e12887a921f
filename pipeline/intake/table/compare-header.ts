import { InputError } from "../../errors.ts";
import { maskField } from "../../text/mask/mask-field.ts";
import type { MaskRules } from "../../text/mask/mask-rules.ts";
import { GARBLING_WORDS, garbledBy } from "../encoding/garbled.ts";
import { foldColumnName } from "../propose/column-words.ts";
import { headless } from "../propose/headless.ts";
import { questionOnDates } from "../propose/question-on-dates.ts";
import type { RecordSource } from "../record-source.ts";
import type { SourceDescription } from "../source.ts";
import type { Sample } from "./sample.ts";

/** The columns that a file has to have. */
export function wantedColumns(
  { columns, attributes, channel }: SourceDescription,
  format: RecordSource["format"],
): readonly string[] {
  // An object leaves out what it has no value for.
  if (format === "jsonl" || format === "json") return [columns.receivedAt, columns.verbatim].flat();
  const channelColumn = typeof channel === "object" ? [channel.column] : [];
  const mapped = Object.values(columns)
    .flat()
    .filter((column) => column !== undefined);
  return [...new Set([...mapped, ...attributes, ...channelColumn])];
}

/** A misspelt column would else reject, or silently empty, every record of the file. */
export function refuseMissingColumns(
  label: string,
  seen: readonly string[],
  {
    described,
    format,
    mask,
  }: { described: SourceDescription; format: RecordSource["format"]; mask: MaskRules },
): void {
  const missing = wantedColumns(described, format).filter((column) => !seen.includes(column));
  if (missing.length === 0) return;
  const noHeader = headless({ columns: seen });
  // The first customer's cells stand there: none of them is quoted.
  if (noHeader !== undefined) throw new InputError(`${label}: ${noHeader}。`);
  const known = described.header ?? wantedColumns(described, format);
  const renamed = renamedColumns(
    missing,
    seen.filter((column) => !known.includes(column)),
  );
  const advice = renamed.map(([old, now]) => `「${old}」は「${now}」に変わったようです。`);
  // A customer may stand there all the same.
  const masked = (text: string) => maskField(text, { rules: mask });
  throw new InputError(
    `${label}: 取り込み元の説明にある列がファイルにありません: ${missing.join("、")}。${advice.map(masked).join("")}` +
      `ファイルの見出し: ${seen.map(masked).join("、")}`,
  );
}

/** @returns what to say, before anything is loaded, where a header is not the one that was described */
export function headerNews(
  seen: readonly string[],
  { header }: SourceDescription,
): readonly string[] {
  if (header === undefined) return [];
  const added = seen.filter((column) => !header.includes(column));
  const gone = header.filter((column) => !seen.includes(column));
  const renamed = renamedColumns(gone, added);
  const isRenamed = (column: string) => renamed.flat().includes(column);
  const named = (columns: readonly string[]) => columns.filter((column) => !isRenamed(column));
  const parts = [
    ...renamed.map(([old, now]) => `「${old}」が「${now}」に変わったようです`),
    ...named(added).map((column) => `「${column}」が増えました`),
    ...named(gone).map((column) => `「${column}」がなくなりました`),
  ];
  if (parts.length === 0) return [];
  return [
    `前と見出しが違います: ${parts.join("、")}。このままでよければ、説明の header を直してください`,
  ];
}

/** Pairs columns that are gone with new ones whose names have most of their letters in common. */
function renamedColumns(gone: readonly string[], added: readonly string[]): [string, string][] {
  return gone.flatMap((old) => {
    const [best] = added
      .map((now) => ({ now, likeness: likeness(foldColumnName(old), foldColumnName(now)) }))
      .filter(({ likeness: share }) => share >= ALIKE)
      .sort((a, b) => b.likeness - a.likeness);
    return best === undefined ? [] : [[old, best.now]];
  });
}

/** お申し出内容 and お申出内容 share 5 of 6 letters, 受付日 and 受付日時 3 of 4, 氏名 and 店名 1 of 2. */
const ALIKE = 0.6;

function likeness(one: string, other: string): number {
  const letters = [...other];
  const shared = [...one].filter((letter) => {
    const at = letters.indexOf(letter);
    if (at >= 0) letters.splice(at, 1);
    return at >= 0;
  });
  return shared.length / Math.max(1, [...one].length, [...other].length);
}

/** Names that are garbled say that the words below them are. */
export function refuseGarbledHeader(label: string, columns: readonly string[]): void {
  const why = garbledBy(columns.join(""));
  if (why === undefined) return;
  throw new InputError(
    `${label}: 見出し「${columns.join("、").slice(0, 100)}」が読めません。${GARBLING_WORDS[why]}です。取り込まずに止めました。元のシステムから書き出し直すか、送り手に文字コードを確かめてください。`,
  );
}

/** What dates leave open is asked once, before the first record. */
export function refuseOpenDates(label: string, sample: Sample, described: SourceDescription): void {
  const { columns, dates } = described;
  const question = questionOnDates(sample.joined([columns.receivedAt].flat()), dates);
  if (question === undefined) return;
  throw new InputError(`${label}: ${question.reason}。`);
}
