import { z } from "zod";
import type { Home } from "../home.ts";
import { wordsHashOf } from "../intake/record/identify-voice.ts";
import { occurrenceCounter } from "../intake/record/map-record.ts";
import { keyOfPlace, type SourcePlace } from "../schema/origin.ts";
import { RawRecord } from "../schema/raw-record.ts";

export type FoundRecords = {
  /** The newest record of a place that was asked for; undefined where the stream holds none any more. */
  recordAt(stream: string, offset: number): RawRecord | undefined;
  /**
   * Goes on counting where the voices of a source that were read already end: a voice without an id is told apart by
   * which occurrence of its words it is.
   */
  countSame(stream: string): (wordsHash: string) => number;
};

/** Reads the sealed streams once, from their beginnings: a dead letter does not say where in them its record stands. */
export async function findRawRecords(
  { streams: { raw }, kafka }: Pick<Home, "streams" | "kafka">,
  places: readonly SourcePlace[],
  identityKey: Buffer,
): Promise<FoundRecords> {
  const wanted = new Set(places.map(keyOfPlace));
  const streams = new Set(places.map(({ stream }) => stream));
  const records = new Map<string, RawRecord>();
  const counters = new Map<string, (wordsHash: string) => number>();
  const counted = new Set<string>();
  const countSame = (stream: string) => {
    const counter = counters.get(stream) ?? occurrenceCounter();
    counters.set(stream, counter);
    return counter;
  };
  const count = (record: RawRecord, key: string): void => {
    if (record.status !== "ok" || record.voice.sourceId !== undefined || counted.has(key)) return;
    counted.add(key);
    countSame(record.origin.stream)(wordsHashOf(record.voice, identityKey));
  };
  const see = (record: RawRecord): void => {
    if (!streams.has(record.origin.stream)) return;
    const key = keyOfPlace(record.origin);
    if (wanted.has(key)) records.set(key, record);
    count(record, key);
  };
  for await (const frame of raw.readFrom(0)) z.array(RawRecord).parse(frame.records).forEach(see);
  await kafka?.readRaw(see);
  return { recordAt: (stream, offset) => records.get(keyOfPlace({ stream, offset })), countSame };
}
