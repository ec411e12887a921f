import type { Home } from "../home.ts";
import type { RawRecord } from "../schema/raw-record.ts";
import { framesOf } from "./frames-of.ts";
import type { MappedCells } from "./record/map-cells.ts";
import { recordMapper } from "./record/map-record.ts";
import type { SourceDescription } from "./source.ts";
import { writeRaw } from "./write-raw.ts";

/** What one record says, or why it cannot be read. */
export type BroughtContent =
  | {
      readonly cells: ReadonlyMap<string, string>;
      /** What the source's description makes of them, where it was asked already. */
      readonly mapped?: MappedCells;
    }
  | {
      readonly problem: { readonly reason: string; readonly column?: string };
      /** What came, as far as it is text. Cut at 64 KiB, sealed with the stream. */
      readonly bytes: string;
    };

/** One record as a request, a mailbox or a feed brings it. */
export type BroughtRecord = BroughtContent & {
  /** Its place in the delivery's stream for ever: the same record has the same number when it is brought again. */
  readonly number: number;
};

/** Records that came together. */
export type Delivery = {
  /** Names where the numbers count, such as "imap:desk/INBOX:1735689600". It is kept: no word of a customer in it. */
  readonly stream: string;
  /** What staff read in the place of a file's name. */
  readonly name: string;
  readonly source: SourceDescription;
  readonly records: readonly BroughtRecord[];
};

/**
 * Writes what is no file to `voc.raw`: the one way of requests, mailboxes and feeds. Returns when all of it is on the
 * disk, or acknowledged. A record that comes again under the same stream and number is counted once; one that has an
 * id of its own is one voice however often it comes. A voice without an id is told apart by time, words, and which
 * occurrence of them it is in its delivery: who may cut the same records otherwise the next time gives them ids.
 *
 * @returns what each record became, by delivery, in order
 */
export async function takeInRecords(
  home: Home,
  deliveries: readonly Delivery[],
): Promise<RawRecord[][]> {
  const identityKey = home.identityKey();
  const mapped = deliveries.map((delivery) => mapDelivery(delivery, identityKey));
  for (const frame of framesOf(mapped.flat())) await writeRaw(home, frame, {});
  return mapped;
}

function mapDelivery(
  { stream, name, source, records }: Delivery,
  identityKey: Buffer,
): RawRecord[] {
  const map = recordMapper({ stream, file: name, source, identityKey });
  return records.map(({ number, ...record }) => {
    const place = { offset: number, row: number + 1 };
    if ("problem" in record) return map({ ...place, ...record });
    return map({ ...place, ...record, bytes: textOf(record.cells) });
  });
}

/** A line of JSON Lines: what a retry can read again. */
function textOf(cells: ReadonlyMap<string, string>): string {
  return JSON.stringify(Object.fromEntries(cells));
}
