import type { RawRecord } from "../schema/raw-record.ts";

/**
 * What a frame of `voc.raw` holds at most. Three are enriched at once, and what is enriched is some hundred times as
 * large as its words: 250 voices of 19,000 characters, 512 records a frame, took 2.2 GB, and worker after worker.
 */
const MOST = { records: 512, units: 256 * 1024 };

/** Cuts records into frames, in order. One that is larger than a frame stands alone. */
export function framesOf(records: readonly RawRecord[]): RawRecord[][] {
  const frames: RawRecord[][] = [];
  let units = 0;
  for (const record of records) {
    const own = unitsOf(record);
    const frame = frames.at(-1);
    if (frame && frame.length < MOST.records && units + own <= MOST.units) {
      frame.push(record);
      units += own;
    } else {
      frames.push([record]);
      units = own;
    }
  }
  return frames;
}

/** UTF-16 units of what is long in it. */
function unitsOf(record: RawRecord): number {
  return record.status === "ok" ? record.voice.verbatim.length : 0;
}
