import type { Home } from "../home.ts";
import type { RawRecord } from "../schema/raw-record.ts";
import { forgetRaw } from "../vault/forget-words.ts";
import { marksOf } from "../vault/marks-of.ts";
import { forgottenAmong, livingAmong, marksAmong } from "../warehouse/load-forgotten.ts";

/**
 * Takes the words out of records whose voices were forgotten, also where another source brings them under other ids.
 * A voice that is there already, and was not forgotten beside them, stays.
 *
 * @returns the records in order
 */
export async function stayForgotten(
  { warehouse, identityKey }: Pick<Home, "warehouse" | "identityKey">,
  records: readonly RawRecord[],
): Promise<RawRecord[]> {
  const voices = records.flatMap((record) => (record.status === "ok" ? [record.voice] : []));
  const ids = await forgottenAmong(
    warehouse.reader,
    voices.map(({ voiceId }) => voiceId),
  );
  const marks = await marksAmong(warehouse.reader, () =>
    voices.map((voice) => marksOf(voice, identityKey())),
  );
  const living = await livingAmong(
    warehouse.reader,
    voices.flatMap(({ voiceId }, place) => (marks[place] ? [voiceId] : [])),
  );
  let next = 0;
  return records.map((record) => {
    if (record.status !== "ok") return record;
    const isMarked = marks[next++] ?? false;
    const { voiceId } = record.voice;
    return ids.has(voiceId) || (isMarked && !living.has(voiceId)) ? forgetRaw(record) : record;
  });
}
