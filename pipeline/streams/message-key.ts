import type { Action } from "../schema/action.ts";
import type { RecordOf, StreamName } from "../schema/message.ts";
import { keyOfPlace } from "../schema/origin.ts";

/**
 * What decides the partition of a record, and so its order: all of one voice have one key, whichever source sent its
 * revisions. A record that never became a voice has its origin's coordinates.
 */
export function messageKey<Name extends StreamName>(stream: Name, record: RecordOf[Name]): string {
  return KEYS[stream](record);
}

const KEYS: { readonly [Name in StreamName]: (record: RecordOf[Name]) => string } = {
  "voc.raw": (record) =>
    record.status === "ok" ? record.voice.voiceId : keyOfPlace(record.origin),
  "voc.enriched": (record) => {
    if (record.status === "ok") return record.voice.voiceId;
    return "voiceId" in record ? record.voiceId : keyOfPlace(record.origin);
  },
  "voc.dead": (letter) => keyOfPlace(letter.origin),
  "voc.actions": keyOfAction,
};

function keyOfAction(action: Action): string {
  if ("voiceId" in action) return action.voiceId;
  if (action.type === "dead-letter-discarded") return keyOfPlace(action);
  if (action.type === "source-pulled") return action.name;
  if (action.type === "vault-read") return action.record;
  if (action.type === "voices-forgotten") return action.type;
  return action.type === "taxonomy-described" ? action.taxonomy : `${action.job}:${action.period}`;
}
