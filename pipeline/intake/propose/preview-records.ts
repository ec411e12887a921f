import type { RawRecord } from "../../schema/raw-record.ts";
import { shorten } from "../../text/code-points.ts";
import { knowingPersons } from "../../text/mask/known-persons.ts";
import { type FieldMasking, maskField } from "../../text/mask/mask-field.ts";
import { describeFuture, futureVoices } from "../future-voices.ts";
import { recordMapper } from "../record/map-record.ts";
import { splitAnswers } from "../record/split-answers.ts";
import type { RecordSource } from "../record-source.ts";
import type { SourceDescription } from "../source.ts";
import { refuseMissingColumns, refuseOpenDates } from "../table/compare-header.ts";
import { Sample } from "../table/sample.ts";
import { rowsOf, type SourceRecord } from "../table/split-records.ts";
import { noteOnId } from "./note-on-id.ts";

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

export type PreviewOptions = {
  readonly source: SourceDescription;
  /** What staff read for the reasons of dead letters. */
  readonly reasonWords: Readonly<Record<string, string>>;
  readonly masking: Masking;
  /** Date in Asia/Tokyo. */
  readonly today: string;
};

/** As the import will mask: the company's rules, and the words of sentences. */
export type Masking = Required<Pick<FieldMasking, "rules" | "analyze">>;

/**
 * Shows how the first records are read by a description, masked: nothing is stored, and ids are made with no key.
 */
export function previewRecords(
  { label, name, format }: RecordSource,
  first: readonly SourceRecord[],
  { source, reasonWords, masking, today }: PreviewOptions,
): Preview {
  const identityKey = Buffer.alloc(32);
  const split = splitAnswers(source, identityKey);
  const map = recordMapper({ stream: "", file: name, source, identityKey });
  const sample = new Sample(rowsOf(first));
  refuseMissingColumns(label, sample.columns, {
    described: source,
    format,
    mask: masking.rules,
  });
  refuseOpenDates(label, sample, source);
  const all = first.flatMap(split).map(map);
  const mapped = all.slice(0, SHOWN);
  const future = futureVoices(all, today);
  const { columns } = source;
  const used: readonly unknown[] = Object.values(columns).flat();
  const free = sample.columns.filter((column) => !used.includes(column));
  const lines = mapped.map((record) => describe(record, { reasonWords, masking }));
  return {
    text: [
      "",
      "はじめの行は次のように読めます:",
      ...lines,
      ...(columns.id === undefined
        ? noteOnId(sample, free).map((note) => maskField(note, masking))
        : []),
      ...(future > 0 ? [`はじめの ${first.length} 行に、${describeFuture(future)}`] : []),
    ].join("\n"),
    isRead: mapped.some(({ status }) => status === "ok"),
    unclear: [...new Set(mapped.flatMap((record) => unclearIn(record, { reasonWords, masking })))],
  };
}

type Shown = Pick<PreviewOptions, "reasonWords" | "masking">;

function unclearIn(record: RawRecord, shown: Shown): string[] {
  return record.status === "reject" ? [whyUnread(record, shown)] : [];
}

type Unread = Pick<Extract<RawRecord, { status: "reject" }>, "column" | "reason">;

function whyUnread({ column, reason }: Unread, { reasonWords, masking }: Shown): string {
  const where = column === undefined ? "" : `「${maskField(column, masking)}」: `;
  return `${where}${reasonWords[reason] ?? reason}`;
}

function describe(record: RawRecord, shown: Shown): string {
  const { row } = record.origin;
  if (record.status === "skip") return `  ${row} 行目: 本文がないので飛ばします`;
  if (record.status === "reject") {
    return `  ${row} 行目: 読めません（${whyUnread(record, shown)}）`;
  }
  const { receivedAt, receivedPrecision, verbatim, known, ...voice } = record.voice;
  const when =
    receivedPrecision === "date"
      ? receivedAt.slice(0, 10)
      : receivedAt.slice(0, 16).replace("T", " ");
  const { analyze } = shown.masking;
  const rules = knowingPersons(shown.masking.rules, known);
  const named = Object.entries(voice.attributes).map(
    ([column, value]) =>
      `${maskField(column, { rules })}=${maskField(value, { rules, column, analyze })}`,
  );
  const fields = Object.entries({
    評価: voice.rating?.toString(),
    商品: voice.product,
    "店舗・場所": voice.place,
    ロット: voice.lot,
  });
  const more = fields
    .flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${maskField(value, { rules })}`],
    )
    .concat(named)
    .map(clip);
  return [
    `  ${row} 行目: ${when}「${clip(maskField(verbatim, { rules, analyze }))}」`,
    ...(more.length > 0 ? [`      ${more.join("、")}`] : []),
  ].join("\n");
}

function clip(text: string): string {
  return shorten(text.replace(/\s+/g, " "), SHOWN_LENGTH);
}
