import type { RawRecord } from "../../schema/raw-record.ts";
import { CLIP_BYTES, clipBytes } from "../files/clip-bytes.ts";
import type { SourceDescription } from "../source.ts";
import type { SourceRecord } from "../table/split-records.ts";
import { identifyVoice } from "./identify-voice.ts";
import { type MappedCells, mapCells } from "./map-cells.ts";
import { answerSource } from "./split-answers.ts";

export type MapContext = {
  readonly stream: string;
  readonly file: string;
  readonly source: SourceDescription;
  readonly identityKey: Buffer;
  /** Given where not every record of the file is mapped; see `occurrenceCounter`. */
  readonly countSame?: (wordsHash: string) => number;
};

/**
 * Makes the mapping of one file's records. It counts which occurrence of its words each voice without an id is,
 * so it has to be given every record of the file, in order, from the first. What the cells of a record say may be
 * known already.
 */
export function recordMapper(
  context: MapContext,
): (record: SourceRecord & { readonly mapped?: MappedCells | undefined }) => RawRecord {
  const { source, identityKey, stream, file } = context;
  const answers = answerSource(source);
  const keys = { identityKey, countSame: context.countSame ?? occurrenceCounter() };
  return (record) => {
    const { offset, row, bytes } = record;
    const origin = { stream, source: source.name, file, offset, row };
    const mapped =
      "problem" in record ? record.problem : (record.mapped ?? mapCells(record.cells, answers));
    if ("skip" in mapped) return { status: "skip", origin, reason: mapped.skip };
    if ("reason" in mapped) {
      const cells = "cells" in record ? cellsOf(record.cells) : {};
      return { status: "reject", origin, ...mapped, bytes: clipBytes(bytes), ...cells };
    }
    return { status: "ok", origin, voice: identifyVoice(mapped, keys) };
  };
}

/** Without its header a line of CSV is no record; cells longer than a reject may carry stay in the source file. */
function cellsOf(cells: ReadonlyMap<string, string>): { cells?: Record<string, string> } {
  const entries = [...cells].filter(([column]) => column !== "__proto__");
  const units = entries.reduce((sum, [column, cell]) => sum + column.length + cell.length, 0);
  return units * BYTES_A_UNIT > CLIP_BYTES ? {} : { cells: Object.fromEntries(entries) };
}

/** A UTF-16 unit is at most three bytes of UTF-8. */
const BYTES_A_UNIT = 3;

/** @returns a function that says how often it was given the same hash before */
export function occurrenceCounter(): (wordsHash: string) => number {
  const seen = new Map<string, number>();
  return (wordsHash) => {
    // 96 of 256 bits, held as 12 one-byte characters: no two words meet, and the map stays small.
    const key = Buffer.from(wordsHash.slice(0, 24), "hex").toString("latin1");
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    return occurrence;
  };
}
