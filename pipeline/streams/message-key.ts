import type { RecordOf, StreamName } from "../schema/message.ts";
import type { Origin } from "../schema/origin.ts";

/**
 * What decides the partition of a record, and so its order: all of one voice have one key, whichever source sent its
 * revisions. A record that never became a voice has its origin's coordinates.
 */
export function messageKey<Name extends StreamName>(stream: Name, record: RecordOf[Name]): string {
  return KEYS[stream](record);
}

const KEYS: { readonly [Name in StreamName]: (record: RecordOf[Name]) => string } = {
  "voc.raw": (record) => (record.status === "ok" ? record.voice.voiceId : keyOf(record.origin)),
  "voc.enriched": (record) =>
    record.status === "ok" ? record.voice.voiceId : keyOf(record.origin),
  "voc.dead": (letter) => keyOf(letter.origin),
  "voc.actions": (action) =>
    action.type === "awareness-added" ? action.voiceId : `${action.job}:${action.period}`,
};

function keyOf({ stream, offset }: Origin): string {
  return `${stream}:${offset}`;
}
