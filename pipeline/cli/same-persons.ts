import { z } from "zod";
import type { Home } from "../home.ts";
import { keepAll } from "../vault/keep-all.ts";
import { marksWithin } from "../vault/marks-within.ts";
import { query } from "../warehouse/query.ts";

/**
 * Living voices that other sources brought and that would stay out, came they after these were forgotten: most likely
 * the same persons'. Asked before, for afterwards nobody can tell.
 *
 * @returns their ids, none of those given
 */
export async function samePersonsVoices(
  home: Home,
  voiceIds: readonly string[],
): Promise<string[]> {
  await keepAll(home);
  const marks = new Set<string>();
  for await (const [, mark] of marksWithin(home, voiceIds)) marks.add(mark);
  const Row = z.strictObject({ voice_id: z.string() });
  const params = { ids: JSON.stringify(voiceIds) };
  const { reader } = home.warehouse;
  const rows = await query(reader, "questions/voices_of_same_days.sql", params, Row);
  const named = new Set(voiceIds);
  const others = rows.map(({ voice_id }) => voice_id).filter((id) => !named.has(id));
  const found = new Set<string>();
  for await (const [id, mark] of marksWithin(home, others)) if (marks.has(mark)) found.add(id);
  return [...found];
}
