import { shortId } from "../../pipeline/schema/short-id.ts";
import { FORGOTTEN_TEXT } from "../../pipeline/vault/forget-words.ts";
import { formatCount } from "../format-japanese.ts";
import type { Voices } from "../voices/voice.ts";

/** Those that the report shows; of one that was forgotten since, not even the number. */
export function numberedVoices(ids: readonly string[], voices: Voices): string[] {
  return ids.filter((id) => {
    const voice = voices[id];
    return voice !== undefined && voice.text !== FORGOTTEN_TEXT;
  });
}

/** @param count of all, named or not; nothing where none is named */
export function voiceNumbers(ids: readonly string[], count: number): string {
  return ids.length === 0 ? "" : `番号 ${ids.map(shortId).join("、")}${moreVoices(ids, count)}`;
}

export function moreVoices(ids: readonly string[], count: number): string {
  return count > ids.length ? `、ほか${formatCount(count - ids.length)}件` : "";
}
