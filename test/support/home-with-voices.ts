import { loadConfig } from "../../pipeline/config.ts";
import { RAW_NEXT } from "../../pipeline/enrich/raw-next.ts";
import { type Home, type HomeOptions, openHome } from "../../pipeline/home.ts";
import { keysFromText } from "../../pipeline/keys.ts";
import type { EnrichedVoice } from "../../pipeline/schema/enriched-record.ts";
import { enrichedVoice, recordsOf } from "./enriched-voice.ts";
import { TEST_KEY } from "./run-kizuki.ts";

/** Opens a home of tests. @param file its kizuki.yaml */
export function openTestHome(
  home: string,
  options: HomeOptions & { readonly file?: string; readonly clock?: () => Date } = {},
): Promise<Home> {
  const config = loadConfig({ home, file: options.file, workingFolder: home });
  const clock = options.clock ?? (() => new Date("2026-01-05T03:00:00+09:00"));
  return openHome(config, keysFromText(TEST_KEY), clock, options);
}

type PublishedVoice = readonly [
  name: string,
  text: string,
  receivedAt: string,
  changes?: Partial<EnrichedVoice>,
];

/** Publishes voices as intake and enrichment would, without models, one frame a file; then loads them. */
export async function publishVoices(
  home: Home,
  file: string,
  voices: readonly PublishedVoice[],
): Promise<void> {
  const { raw, enriched } = home.streams;
  const records = recordsOf(
    file,
    voices.map(([name, text, receivedAt, changes]) =>
      enrichedVoice(name, text, { receivedAt, ...changes }),
    ),
  );
  await raw.append(
    records.map(({ origin }) => ({
      status: "skip",
      origin,
      reason: "stands for the sealed words",
    })),
    {},
  );
  await enriched.append(records, { [RAW_NEXT]: raw.nextOffset });
  await home.loader.loadEnriched(enriched);
}

/** Publishes one dead letter. */
export async function publishDeadLetter(
  home: Home,
  letter: { readonly file: string; readonly row: number; readonly at: string },
): Promise<void> {
  const { file, row, at } = letter;
  const origin = { stream: `file:${file}`, source: "test", file, offset: row - 2, row };
  const dead = { origin, step: "intake", reason: "unreadable date", column: "日付", epoch: 2, at };
  await home.streams.dead.append([dead], {});
  await home.loader.loadDeadLetters(home.streams.dead);
}

export const VOICES = [
  ["a", "駐車場が遠い", "2025-12-30T10:00:00+09:00"],
  ["b", "景色がよい", "2025-12-31T23:30:00+09:00"],
  ["c", "味がよい", "2026-01-01T00:30:00+09:00"],
] as const;
