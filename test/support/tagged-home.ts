import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Home } from "../../pipeline/home.ts";
import type { EnrichedSegment, EnrichedVoice } from "../../pipeline/schema/enriched-record.ts";
import { enrichedVoice } from "./enriched-voice.ts";
import { openTestHome, publishVoices } from "./home-with-voices.ts";
import { tempFolder } from "./temp-folder.ts";

export const TEXT = "駐車場が遠い。トイレはきれいです。";

/** A home of tourism, the Monday after the week of its voices. */
export async function openTaggedHome(
  folder = join(tempFolder(), "home"),
  taxonomies = "tourism",
): Promise<Home> {
  const file = `${folder}.yaml`;
  writeFileSync(file, `taxonomies: [${taxonomies}]\n`);
  let minutes = 0;
  const clock = () => new Date(Date.UTC(2026, 0, 12, 3, minutes++));
  return await openTestHome(folder, { file, clock });
}

/** A voice cut at these code points; each piece is negative, a complaint and about parking, says the machine. */
export function cutVoice(
  name: string,
  ends: readonly number[],
  changes: Partial<EnrichedVoice> = {},
): Partial<EnrichedVoice> {
  const text = changes.text ?? TEXT;
  const [segment] = enrichedVoice(name, text).segments;
  if (segment === undefined) throw new Error("no segment");
  const pieces: EnrichedSegment[] = ends.map((end, index) => ({
    ...segment,
    ...{ start: ends[index - 1] ?? 0, end, terms: [] },
  }));
  return { ...changes, segments: pieces };
}

/** Publishes one voice of the week 2026-W02. */
export async function publish(
  home: Home,
  file: string,
  voice: {
    readonly name: string;
    readonly text?: string;
    readonly changes: Partial<EnrichedVoice>;
  },
): Promise<void> {
  const { name, text = TEXT, changes } = voice;
  await publishVoices(home, file, [[name, text, "2026-01-07T10:00:00+09:00", changes]]);
}
