import { createHash } from "node:crypto";
import type { Reporter } from "../../reporter.ts";
import type { RawRecord } from "../../schema/raw-record.ts";
import type { RawVoice } from "../../schema/raw-voice.ts";
import { maskField, maskFileName } from "../../text/mask/mask-field.ts";
import { DEFAULT_MASK_RULES, type MaskRules } from "../../text/mask/mask-rules.ts";
import type { Encoding } from "../encoding/encoding.ts";
import type { KnownOtherwise } from "../known-otherwise.ts";
import { type GuessedFile, guessSource } from "../propose/guess-source.ts";
import { headerTurnedUp } from "../propose/header-turned-up.ts";
import { proposedName } from "../propose/source-name.ts";
import { unsureSource } from "../propose/unsure-source.ts";
import { BATCH_RECORDS } from "../read-records.ts";
import { lostDigits } from "../record/lost-digits.ts";
import { recordMapper } from "../record/map-record.ts";
import { splitAnswers } from "../record/split-answers.ts";
import type { RecordSource } from "../record-source.ts";
import type { SourceDescription } from "../source.ts";
import {
  headerNews,
  refuseGarbledHeader,
  refuseMissingColumns,
  refuseOpenDates,
} from "../table/compare-header.ts";
import { Sample } from "../table/sample.ts";
import { rowsOf, type SourceRecord } from "../table/split-records.ts";
import { type ConfiguredSource, sourceOfHeader } from "./configured-source.ts";
import { refuseNoTable } from "./refuse-no-table.ts";

export type SourceFile = {
  /** "file:", the SHA-256 of the bytes, ":" and 8 hex digits of the description they were read with. */
  readonly stream: string;
  /** What the streams of the same bytes begin with, whatever they were read with. */
  readonly content: string;
  readonly file: string;
  /** `undefined` only for an empty file that came without one. */
  readonly source: SourceDescription | undefined;
  readonly encoding: RecordSource["encoding"];
  readonly format: RecordSource["format"];
  readonly sizeBytes: number;
  /** There is not a single record. That is no mistake: a day may bring no voice. `notes` says it. */
  readonly isEmpty: boolean;
  /** What staff should know: what a guess left out, or that the file is empty. In Japanese. */
  readonly notes: readonly string[];
  /** The records from this offset on, in order. The same bytes and source always give the same records. */
  records(from: number): AsyncIterable<readonly RawRecord[]>;
  /** How far the latest `records` has read. */
  progress(): { readonly bytesRead: number; readonly sizeBytes: number; readonly rowsRead: number };
};

export type OpenOptions = {
  readonly source?: SourceDescription | undefined;
  /** What a person says of it; overrules the description. */
  readonly encoding?: Encoding | undefined;
  readonly identityKey: Buffer;
  /** For the file's name; without it what masks where nothing is set. */
  readonly mask?: MaskRules;
  /** Names of the sources that voices came from; what nobody described and is like one of them goes by its name. */
  readonly knownSources?: () => Promise<readonly string[]>;
  /** How voices of a file without a header differ from what is known by their ids. */
  readonly knownOtherwise?: (voices: readonly RawVoice[]) => Promise<KnownOtherwise>;
  /** Descriptions of the config: a file with the header of just one of them goes by it, where nobody said another. */
  readonly configured?: readonly ConfiguredSource[];
  /** Hears how far a workbook is looked through. */
  readonly reporter?: Reporter | undefined;
};

/**
 * Gives records their source: the described one, or what they let guess.
 *
 * @throws InputError where they cannot be read for what they are
 */
export async function openSourceFile(
  records: RecordSource,
  { source: asked, encoding: said, identityKey, mask, knownSources, configured = [] }: OpenOptions,
): Promise<SourceFile> {
  const { sizeBytes, encoding, format } = records;
  const content = `file:${records.sha256}`;
  const first = await firstRecords(records);
  const isEmpty = first.length === 0;
  const file = maskFileName(records.name, mask);
  const matched =
    asked === undefined
      ? sourceOfHeader(records, first, { configured, encoding: said })
      : undefined;
  const described = asked ?? matched;
  const { source: found, notes } = isEmpty
    ? { source: described, notes: [emptyNote(records)] }
    : sourceOf(records, first, {
        described,
        encoding: said,
        file,
        mask,
        known: described === undefined ? ((await knownSources?.()) ?? []) : [],
      });
  const source = inEncoding(found, said);
  // A corrected description reads the same bytes anew: what it rejected before gets another chance.
  const place = { stream: `${content}:${hashOf(source)}`, file };
  let bytesRead = 0;
  let rowsRead = 0;
  return {
    ...place,
    content,
    source,
    encoding,
    format,
    sizeBytes,
    isEmpty,
    notes: [...records.notes, ...matchNotes(matched), ...notes].map((note) =>
      maskField(note, mask && { rules: mask }),
    ),
    async *records(from) {
      if (source === undefined) return;
      const map = recordMapper({ ...place, source, identityKey });
      const split = splitAnswers(source, identityKey);
      const onBytes = (read: number) => {
        bytesRead = read;
      };
      rowsRead = 0;
      for await (const batch of records.read(onBytes)) {
        rowsRead += batch.length;
        // The ones before are mapped too: they count as occurrences of their words.
        const mapped = batch
          .flatMap(split)
          .map(map)
          .filter(({ origin }) => origin.offset >= from);
        if (mapped.length > 0) yield mapped;
      }
    },
    progress: () => ({ bytesRead, sizeBytes, rowsRead }),
  };
}

function matchNotes(matched: SourceDescription | undefined): readonly string[] {
  if (matched === undefined) return [];
  return [`見出しが同じなので、kizuki.yaml の取り込み元「${matched.name}」として読みます`];
}

/** Part of what the file is read with: bytes that were read as another encoding are read anew. */
function inEncoding(source: SourceDescription | undefined, encoding: Encoding | undefined) {
  return source === undefined || encoding === undefined ? source : { ...source, encoding };
}

function hashOf(source: SourceDescription | undefined): string {
  return createHash("sha256")
    .update(JSON.stringify(source ?? null))
    .digest("hex")
    .slice(0, 8);
}

function emptyNote({ sizeBytes, encoding }: RecordSource): string {
  const isBlank =
    sizeBytes <= (encoding === "utf-8-bom" ? 3 : encoding.startsWith("utf-16") ? 2 : 0);
  const what = isBlank ? "空のファイルです" : "見出しのほかにデータの行がありません";
  return `${what}。取り込むものはありません。`;
}

/** Enough rows for a guess, in one batch. */
export async function firstRecords(records: RecordSource): Promise<readonly SourceRecord[]> {
  for await (const batch of records.read(() => {})) return batch;
  return [];
}

function sourceOf(
  { path, label, format }: RecordSource,
  first: readonly SourceRecord[],
  {
    described,
    encoding,
    mask = DEFAULT_MASK_RULES,
    ...named
  }: GuessedFile & {
    described: SourceDescription | undefined;
    encoding: Encoding | undefined;
    mask: MaskRules | undefined;
  },
): { source: SourceDescription; notes: readonly string[] } {
  const rows = rowsOf(first);
  const sample = new Sample(rows);
  const { columns } = sample;
  refuseNoTable(label, sample, {
    format,
    mask,
    records: first.length,
    isWhole: first.length < BATCH_RECORDS || described === undefined,
  });
  refuseGarbledHeader(label, columns);
  if (described !== undefined) {
    if (rows.length === 0) return { source: described, notes: [] };
    refuseMissingColumns(label, columns, { described, format, mask });
    refuseOpenDates(label, sample, described);
    const news = [...headerNews(columns, described), ...headerTurnedUp(sample, described)];
    return { source: described, notes: [...news, ...lostDigits(sample)] };
  }
  const guess = guessSource(rows, named);
  if (guess.status === "sure")
    return { source: guess.source, notes: [...guess.notes, ...lostDigits(sample)] };
  throw unsureSource(label, {
    path,
    mask,
    name: proposedName(named.file, columns),
    columns,
    reasons: guess.reasons,
    found: guess.found,
    encoding,
  });
}
