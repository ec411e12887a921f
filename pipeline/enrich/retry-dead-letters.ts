import type { Home } from "../home.ts";
import { framesOf } from "../intake/frames-of.ts";
import { recordMapper } from "../intake/record/map-record.ts";
import type { SourceDescription } from "../intake/source.ts";
import { stayForgotten } from "../intake/stay-forgotten.ts";
import { scanJsonRecord } from "../intake/table/scan-json-record.ts";
import type { RawRecord } from "../schema/raw-record.ts";
import type { DeadLetterRow } from "../warehouse/read-dead-letters.ts";
import { type FoundRecords, findRawRecords } from "./find-raw-records.ts";

/** Why a dead letter was not even tried. */
export type Untried =
  /** `voc.raw` holds its record no more. */
  | "gone"
  /** The record could not be cut into cells, or is too long to be kept with them. */
  | "no cells"
  /** Nobody gave the description of its source. */
  | "no source";

export type Republished = {
  /** Letters whose records stand in `voc.raw` once more. */
  readonly tried: readonly DeadLetterRow[];
  readonly untried: readonly { readonly letter: DeadLetterRow; readonly why: Untried }[];
};

/**
 * Writes the records of dead letters to `voc.raw` once more, each as it is read now: what intake rejected by the
 * description of its source as it stands today, the others as they are. From there they go the way of every voice.
 *
 * @param sources descriptions by name
 */
export async function republishDeadLetters(
  home: Home,
  letters: readonly DeadLetterRow[],
  sources: ReadonlyMap<string, SourceDescription>,
): Promise<Republished> {
  const places = letters.map((letter) => ({
    stream: letter.origin_stream,
    offset: letter.origin_offset,
  }));
  const identityKey = home.identityKey();
  const found = await findRawRecords(home, places, identityKey);
  const map = mapperOf({ found, sources, identityKey });
  const tried: DeadLetterRow[] = [];
  const untried: { letter: DeadLetterRow; why: Untried }[] = [];
  const records: RawRecord[] = [];
  for (const letter of letters) {
    const record = found.recordAt(letter.origin_stream, letter.origin_offset);
    const read = record === undefined ? "gone" : map(record);
    if (typeof read === "string") untried.push({ letter, why: read });
    else {
      tried.push(letter);
      records.push({ ...read, retry: letter.tries });
    }
  }
  const { kafka, streams } = home;
  for (const frame of framesOf(records)) {
    const kept = await stayForgotten(home, frame);
    await (kafka === undefined ? streams.raw.append(kept, {}) : kafka.publishRaw(kept));
  }
  return { tried, untried };
}

/** @returns a function that reads a record as the descriptions say now; what intake had no trouble with stays */
function mapperOf({
  found,
  sources,
  identityKey,
}: {
  readonly found: FoundRecords;
  readonly sources: ReadonlyMap<string, SourceDescription>;
  readonly identityKey: Buffer;
}): (record: RawRecord) => RawRecord | Untried {
  const mappers = new Map<string, ReturnType<typeof recordMapper>>();
  return (record) => {
    if (record.status !== "reject") return record;
    const { origin, bytes } = record;
    const { stream, file, offset, row } = origin;
    const cells = cellsOf(record);
    if (cells === undefined) return "no cells";
    const source = sources.get(origin.source);
    if (source === undefined) return "no source";
    const countSame = found.countSame(stream);
    const map =
      mappers.get(stream) ?? recordMapper({ stream, file, source, identityKey, countSame });
    mappers.set(stream, map);
    return map({ offset, row, bytes, cells });
  };
}

type Reject = Extract<RawRecord, { status: "reject" }>;

/** Rejects from before cells were kept: a line of JSON Lines tells its columns by itself, a line of CSV does not. */
function cellsOf({ cells, bytes }: Reject): ReadonlyMap<string, string> | undefined {
  if (cells !== undefined) return new Map(Object.entries(cells));
  if (!bytes.trimStart().startsWith("{")) return undefined;
  const scanned = scanJsonRecord({ text: bytes, start: 0, isLast: true });
  return scanned.found === "record" ? scanned.cells : undefined;
}
