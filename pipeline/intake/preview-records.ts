import type { RawRecord } from "../schema/raw-record.ts";
import { maskField } from "../text/mask-field.ts";
import { refuseMissingColumns, refuseOpenDates } from "./compare-header.ts";
import { recordMapper } from "./map-record.ts";
import type { RecordSource } from "./record-source.ts";
import { Sample } from "./sample.ts";
import type { SourceDescription } from "./source.ts";
import { splitAnswers } from "./split-answers.ts";
import type { SourceRecord } from "./split-records.ts";

const SHOWN = 5;
/** In characters of a text. */
const SHOWN_LENGTH = 60;

export type Preview = {
  readonly text: string;
  /** What kept records of those shown from being read, each thing once. */
  readonly unclear: readonly string[];
  /** Whether any record of them was read. */
  readonly isRead: boolean;
};

/**
 * Shows how the first records are read by a description, masked: nothing is stored, and ids are made with no key.
 *
 * @param reasonWords what staff read for the reasons of dead letters
 */
export function previewRecords(
  { label, name, format }: RecordSource,
  first: readonly SourceRecord[],
  {
    source,
    reasonWords,
  }: { source: SourceDescription; reasonWords: Readonly<Record<string, string>> },
): Preview {
  const identityKey = Buffer.alloc(32);
  const split = splitAnswers(source, identityKey);
  const map = recordMapper({ stream: "", file: name, source, identityKey });
  const sample = new Sample(first.flatMap((record) => ("cells" in record ? [record.cells] : [])));
  refuseMissingColumns(label, sample.columns, { described: source, format });
  refuseOpenDates(label, sample, source);
  const mapped = first.slice(0, SHOWN).flatMap(split).map(map).slice(0, SHOWN);
  const lines = mapped.map((record) => describe(record, reasonWords));
  return {
    text: ["", "はじめの行は次のように読めます:", ...lines].join("\n"),
    isRead: mapped.some(({ status }) => status === "ok"),
    unclear: [...new Set(mapped.flatMap((record) => unclearIn(record, reasonWords)))],
  };
}

function unclearIn(record: RawRecord, words: Readonly<Record<string, string>>): string[] {
  return record.status === "reject" ? [whyUnread(record, words)] : [];
}

type Unread = Pick<Extract<RawRecord, { status: "reject" }>, "column" | "reason">;

function whyUnread({ column, reason }: Unread, words: Readonly<Record<string, string>>): string {
  const where = column === undefined ? "" : `「${maskField(column)}」: `;
  return `${where}${words[reason] ?? reason}`;
}

function describe(record: RawRecord, words: Readonly<Record<string, string>>): string {
  const { row } = record.origin;
  if (record.status === "skip") return `  ${row} 行目: 本文がないので飛ばします`;
  if (record.status === "reject") {
    return `  ${row} 行目: 読めません（${whyUnread(record, words)}）`;
  }
  const { receivedAt, receivedPrecision, verbatim, voiceId: _, ...voice } = record.voice;
  const when =
    receivedPrecision === "date"
      ? receivedAt.slice(0, 10)
      : receivedAt.slice(0, 16).replace("T", " ");
  const more = [voice.product, voice.place, voice.lot, voice.rating?.toString()]
    .concat(Object.entries(voice.attributes).map(([column, value]) => `${column}=${value}`))
    .filter((value) => value !== undefined)
    .map((value) => clip(maskField(value)));
  return [
    `  ${row} 行目: ${when}「${clip(maskField(verbatim))}」`,
    ...(more.length > 0 ? [`      ${more.join("、")}`] : []),
  ].join("\n");
}

function clip(text: string): string {
  const line = text.replace(/\s+/g, " ");
  const letters = [...line];
  return letters.length <= SHOWN_LENGTH ? line : `${letters.slice(0, SHOWN_LENGTH).join("")}…`;
}
