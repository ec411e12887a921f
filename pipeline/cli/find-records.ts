import { z } from "zod";
import type { Home } from "../home.ts";
import { jstDate } from "../period.ts";
import type { Reporter } from "../reporter.ts";
import { keyOfPlace } from "../schema/origin.ts";
import { goOn } from "../stop.ts";
import { lookFor, type Wanted } from "../vault/look-for.ts";
import { openRecord, type SealedRecord } from "../vault/seal-record.ts";
import { query } from "../warehouse/query.ts";
import { readDeadLetters } from "../warehouse/read-dead-letters.ts";

/** Which of the words asked for were found, from 1. */
const words = z.array(z.number().int());

/** What the vault holds of the words asked for. */
export const FoundRecords = z.strictObject({
  /** Records that were looked through. */
  read: z.number().int(),
  /** Whether it ended before the last record because so many were found. */
  isCut: z.boolean(),
  voices: z.array(
    z.strictObject({
      voiceId: z.string(),
      receivedOn: z.string(),
      source: z.string(),
      words,
      /** Masked; null until it is enriched. */
      text: z.string().nullable(),
    }),
  ),
  letters: z.array(z.strictObject({ id: z.string(), file: z.string(), row: z.number(), words })),
});
export type FoundRecords = z.infer<typeof FoundRecords>;

/** A word that so many have said finds nobody. */
export const MOST_FOUND = 500;

type FoundVoice = Omit<FoundRecords["voices"][number], "text">;

/** Opens each record of the vault. */
export async function findRecords(
  home: Home,
  wanted: readonly Wanted[],
  reporter: Reporter,
): Promise<FoundRecords> {
  const voices = new Map<string, FoundVoice>();
  const places = new Map<string, number[]>();
  const find = lookFor(wanted, home.identityKey());
  let read = 0;
  let isCut = false;
  const look = (record: SealedRecord): void => {
    const content = openRecord(record, home.keys());
    const words = find(content).map((place) => place + 1);
    if (words.length === 0) return;
    if ("bytes" in content) return void places.set(keyOfPlace(record), words);
    const { voiceId, source, receivedAt } = content;
    const before = voices.get(voiceId)?.words ?? [];
    const receivedOn = jstDate(new Date(receivedAt));
    const all = [...new Set([...before, ...words])].sort();
    voices.set(voiceId, { voiceId, receivedOn, source, words: all });
  };
  await (await home.vault()).visit((page, of) => {
    goOn(home.stop);
    if (read === 0) reporter.begin("保管庫の原文を調べています", of);
    for (const record of page) look(record);
    read += page.length;
    reporter.advance(page.length);
    isCut = voices.size + places.size >= MOST_FOUND && read < of;
    return !isCut;
  });
  reporter.end();
  return {
    read,
    isCut,
    voices: await withTexts(home, [...voices.values()]),
    letters: await lettersAt(home, places),
  };
}

async function lettersAt(
  home: Home,
  places: ReadonlyMap<string, number[]>,
): Promise<FoundRecords["letters"]> {
  if (places.size === 0) return [];
  const letters = await readDeadLetters(home.warehouse, { withDiscarded: true });
  return letters.flatMap(({ id, file, origin_row, origin_stream, origin_offset }) => {
    const words = places.get(keyOfPlace({ stream: origin_stream, offset: origin_offset }));
    return words === undefined ? [] : [{ id, file, row: origin_row, words }];
  });
}

async function withTexts(
  { warehouse: { reader } }: Home,
  voices: readonly FoundVoice[],
): Promise<FoundRecords["voices"]> {
  const Row = z.strictObject({ voice_id: z.string(), text: z.string() });
  const params = { ids: JSON.stringify(voices.map(({ voiceId }) => voiceId)) };
  const rows = await query(reader, "questions/texts_of_voices.sql", params, Row);
  const texts = new Map(rows.map(({ voice_id, text }) => [voice_id, text]));
  return voices
    .map((voice) => ({ ...voice, text: texts.get(voice.voiceId) ?? null }))
    .sort((a, b) => b.receivedOn.localeCompare(a.receivedOn) || a.voiceId.localeCompare(b.voiceId));
}
