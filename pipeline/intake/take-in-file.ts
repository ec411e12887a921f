import { z } from "zod";
import { InputError } from "../errors.ts";
import type { Home } from "../home.ts";
import { jstDate } from "../period.ts";
import type { Reporter } from "../reporter.ts";
import { goOn } from "../stop.ts";
import { firstNotLoaded } from "../warehouse/loaded-records.ts";
import { query } from "../warehouse/query.ts";
import type { SourceFile } from "./files/open-source-file.ts";
import { framesOf } from "./frames-of.ts";
import { describeFuture, futureVoices } from "./future-voices.ts";
import { refuseKnownVoices } from "./refuse-known-voices.ts";
import { writeRaw } from "./write-raw.ts";

/** A source file that stands in `voc.raw`, whole. */
export type TakenFile = Pick<SourceFile, "file" | "stream" | "encoding"> & {
  /** Records. */
  readonly rows: number;
  /** What the file has of them: a row of a survey is a record for each answer. */
  readonly fileRows: number;
};

/** What the warehouse says of one source file. */
export const OriginRow = z.strictObject({
  origin_stream: z.string(),
  records: z.number().int(),
  voices: z.number().int(),
  /** Of the voices, those that were known with other words. */
  changed: z.number().int(),
  duplicates: z.number().int(),
  skipped: z.number().int(),
  /** Of the skipped, those of voices that were forgotten. */
  forgotten: z.number().int(),
  dead_letters: z.number().int(),
});
export type OriginRow = z.infer<typeof OriginRow>;

/**
 * Writes a file's records to `voc.raw` from where an earlier try stopped. The file's name in the streams is
 * the hash of its bytes, so the same file under another name is known.
 *
 * @param how.said notes that this command has told already; those that it tells now are added
 * @param how.anyway whether a person has seen that voices which another source brought too are others
 */
export async function takeInFile(
  home: Home,
  file: SourceFile,
  {
    reporter,
    said,
    anyway,
  }: {
    readonly reporter: Reporter;
    readonly said: Set<string>;
    readonly anyway?: boolean | undefined;
  },
): Promise<TakenFile> {
  await refuseOtherSource(home, file);
  let next = await firstNotWritten(home, file.stream);
  // Whoever goes on after a crash was asked before.
  if (next === 0 && !anyway) await refuseKnownVoices(home, file);
  for (const note of file.notes.filter((note) => !said.has(note))) {
    said.add(note);
    reporter.line(`${file.file}: ${note}`);
  }
  reporter.begin(`${file.file} を読み込み中`, file.sizeBytes, "バイト");
  let shown = 0;
  let future = 0;
  const today = jstDate(home.clock());
  for await (const records of file.records(next)) {
    goOn(home.stop);
    future += futureVoices(records, today);
    for (const frame of framesOf(records)) {
      next += frame.length;
      await writeRaw(home, frame, { [markOf(file.stream)]: next });
      reporter.stage("raw");
    }
    const { bytesRead } = file.progress();
    reporter.advance(bytesRead - shown);
    shown = bytesRead;
  }
  reporter.end();
  if (future > 0) reporter.line(`${file.file}: ${describeFuture(future)}`);
  const { encoding, stream } = file;
  return { file: file.file, stream, encoding, rows: next, fileRows: file.progress().rowsRead };
}

/** @returns the first record that need not have come to `voc.raw` yet; with Kafka what is on its way is written again */
async function firstNotWritten({ kafka, streams, warehouse }: Home, stream: string) {
  // Where the frames with the mark have gone by their age, what is loaded says it.
  const written = kafka === undefined ? streams.raw.newestMark(markOf(stream)) : undefined;
  return written ?? (await firstNotLoaded(warehouse, stream));
}

/** Kept with the frames of a file: how many of its records stand in `voc.raw`. */
function markOf(stream: string): string {
  return `next:${stream}`;
}

/** The same bytes as another source would bring every voice a second time, under other ids. */
async function refuseOtherSource(home: Home, file: SourceFile): Promise<void> {
  const name = file.source?.name ?? "";
  const Row = z.strictObject({ source: z.string() });
  const params = { content: file.content, source: name };
  const [other] = await query(home.warehouse.reader, "load/other_source.sql", params, Row);
  if (other === undefined) return;
  throw new InputError(
    `${file.file} は取り込み元「${other.source}」として取り込み済みです。「${name}」として取り込むと、同じ声が二重になります。列の対応を直したいときは、説明の name を ${other.source} にしてください。`,
  );
}

/** What is loaded of every source file, by stream. */
export async function readOrigins(home: Home): Promise<ReadonlyMap<string, OriginRow>> {
  const rows = await query(home.warehouse.reader, "load/origins.sql", {}, OriginRow);
  return new Map(rows.map((row) => [row.origin_stream, row]));
}
