import { z } from "zod";
import { RAW_NEXT } from "../enrich/raw-next.ts";
import type { Home } from "../home.ts";
import { DAY_MS, jstInstant, monthsBefore } from "../period.ts";
import { type ForgetMode, MOST_FORGOTTEN } from "../schema/record-actions.ts";
import { goOn } from "../stop.ts";
import { forgetVoices } from "../vault/forget-voices.ts";
import { keepRaw } from "../vault/keep-raw.ts";
import { query } from "../warehouse/query.ts";

/**
 * Forgets all voices that are older than the company keeps them, page by page, and lets the sealed stream in home go
 * once the vault has what it held. Ended in the middle it goes on where it was.
 *
 * @param options.until JST date: months are counted back from it
 * @param options.clean takes the words out of files, and says of how many voices
 */
export async function ageOut(
  home: Home,
  options: {
    readonly months: number;
    readonly mode: ForgetMode;
    readonly rawDays: number;
    readonly until: string;
    readonly clean: (home: Home) => Promise<number>;
  },
): Promise<{ voices: number; rawRecords: number }> {
  const { months, mode, rawDays, until, clean } = options;
  const before = monthsBefore(until, months);
  const by = { mode, author: "kizuki", reason: `保存期間（${months} か月）を過ぎました` };
  await home.intakeInTurn(() => keepRaw(home));
  let voices = 0;
  for (;;) {
    goOn(home.stop);
    const page = await voicesBefore(home, before);
    if (page.length === 0) break;
    await home.intakeInTurn(() => forgetVoices(home, page, by));
    voices += page.length;
  }
  const vault = await home.vault();
  const letters = await vault.deleteOldLetters(jstInstant(before, 0));
  const cleaned = await home.intakeInTurn(() => clean(home));
  // Where a voice went, the vault is written anew already.
  if (letters > 0 && cleaned === 0) await home.intakeInTurn(() => vault.compact());
  const { raw, enriched } = home.streams;
  await raw.rotate();
  const done = Math.min(enriched.newestMark(RAW_NEXT) ?? 0, await vault.nextOffset(raw.name));
  const instant = new Date(home.clock().getTime() - rawDays * DAY_MS);
  return { voices, rawRecords: await raw.dropBefore(instant, done) };
}

async function voicesBefore({ warehouse }: Home, before: string): Promise<string[]> {
  const Row = z.strictObject({ voice_id: z.string() });
  const params = { before, limit: MOST_FORGOTTEN };
  const rows = await query(warehouse.reader, "questions/voices_before.sql", params, Row);
  return rows.map(({ voice_id }) => voice_id);
}
