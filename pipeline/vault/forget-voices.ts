import { randomUUID } from "node:crypto";
import { act } from "../act.ts";
import type { Home } from "../home.ts";
import type { SourcePlace } from "../schema/origin.ts";
import { MOST_FORGOTTEN, type VoicesForgotten } from "../schema/record-actions.ts";
import { maskWritten } from "../text/mask/mask-field.ts";
import { cleanLetters, cleanLogs } from "./clean-logs.ts";
import { keepAll } from "./keep-all.ts";
import { marksWithin } from "./marks-within.ts";

/**
 * Forgets voices: their keys are destroyed, their words go from the warehouse and from frozen reports, and a tombstone
 * keeps them out. A kill leaves whole pages done; `cleanHome` then takes the words out of files.
 */
export async function forgetVoices(
  home: Home,
  voiceIds: readonly string[],
  by: Pick<VoicesForgotten, "mode" | "author" | "reason">,
  stage: (name: "kept" | "journalled") => void = () => undefined,
): Promise<void> {
  // What the voices are known by is in their words, which are gone after this.
  await keepAll(home);
  stage("kept");
  const vault = await home.vault();
  for (let start = 0; start < voiceIds.length; start += MOST_FORGOTTEN) {
    const page = voiceIds.slice(start, start + MOST_FORGOTTEN);
    const action: VoicesForgotten = {
      type: "voices-forgotten",
      actionId: randomUUID(),
      at: home.clock().toISOString(),
      voiceIds: page,
      marks: await marksOfVoices(home, page),
      mode: by.mode,
      author: by.author,
      reason: maskWritten(by.reason, home.config.mask),
    };
    await act(home, action);
    stage("journalled");
    await vault.forget(page);
  }
}

/** @returns of all their revisions; none of a voice whose words the vault has no more */
async function marksOfVoices(home: Home, voiceIds: readonly string[]): Promise<string[]> {
  const marks = new Set<string>();
  for await (const [, mark] of marksWithin(home, voiceIds)) marks.add(mark);
  // In no order: which two are of one voice is nobody's business.
  return [...marks].sort();
}

/**
 * Takes the words of forgotten voices out of all that lies in home, also where a kill came between the two. Nothing to
 * do, nothing done.
 *
 * @param redactReports does it in the reports that were written
 * @returns how many voices that was about
 */
export async function cleanHome(
  home: Home,
  redactReports: (voiceIds: ReadonlySet<string>) => Promise<void>,
): Promise<number> {
  const vault = await home.vault();
  const voiceIds = await vault.uncleaned();
  if (voiceIds.length === 0) return 0;
  const forgotten = new Set(voiceIds);
  await home.reportInTurn(() => redactReports(forgotten));
  await cleanLogs(home, forgotten);
  await home.warehouse.checkpoint();
  // Last: a kill before it has all of this done once more.
  await vault.compact();
  await vault.setCleaned(voiceIds);
  return voiceIds.length;
}

/** Forgets what dead letters hold, also in files. After a kill the same call ends it. */
export async function forgetLetters(home: Home, places: readonly SourcePlace[]): Promise<void> {
  await keepAll(home);
  const vault = await home.vault();
  await vault.forgetPlaces(places);
  await cleanLetters(home, places);
  await vault.compact();
}
