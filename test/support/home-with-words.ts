import { RAW_NEXT } from "../../pipeline/enrich/raw-next.ts";
import type { Home } from "../../pipeline/home.ts";
import type { EnrichedVoice } from "../../pipeline/schema/enriched-record.ts";
import type { RawRecord } from "../../pipeline/schema/raw-record.ts";
import type { RawVoice } from "../../pipeline/schema/raw-voice.ts";
import { keepRaw } from "../../pipeline/vault/keep-raw.ts";
import { enrichedVoice, recordsOf, revisionOf, uuidOf } from "./enriched-voice.ts";

/** A voice as intake would give it; its words are not masked. */
export function rawVoice(
  name: string,
  verbatim: string,
  changes: Partial<RawVoice> = {},
): RawVoice {
  return {
    voiceId: uuidOf(name),
    revision: revisionOf(verbatim),
    source: "test",
    sourceId: name,
    channel: "phone",
    receivedAt: "2025-07-30T10:00:00+09:00",
    receivedPrecision: "instant",
    verbatim,
    attributes: {},
    ...changes,
  };
}

/** @returns records of one source, numbered as they stand */
export function rawRecords(stream: string, voices: readonly RawVoice[]): RawRecord[] {
  return voices.map((voice, offset) => ({
    status: "ok",
    origin: { stream, source: "test", file: `${stream}.csv`, offset, row: offset + 2 },
    voice,
  }));
}

/** Takes voices in as a file's import would, without models: sealed, masked, loaded, and in the vault. */
export async function takeIn(
  home: Home,
  stream: string,
  voices: readonly RawVoice[],
  changes: Partial<EnrichedVoice> = {},
): Promise<void> {
  const { raw, enriched } = home.streams;
  await raw.append(rawRecords(stream, voices), { [`next:${stream}`]: voices.length });
  const texts = voices.map(({ verbatim, ...voice }) =>
    enrichedVoice(
      voice.sourceId ?? "",
      verbatim.replaceAll(/\d{3}-\d{4}-\d{4}/g, "【電話番号1】"),
      {
        ...voice,
        ...changes,
      },
    ),
  );
  await enriched.append(recordsOf(stream, texts), { [RAW_NEXT]: raw.nextOffset });
  await home.loader.loadEnriched(enriched);
  await keepRaw(home);
}
