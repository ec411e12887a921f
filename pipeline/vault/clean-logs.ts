import { z } from "zod";
import type { Home } from "../home.ts";
import { Action } from "../schema/action.ts";
import { EnrichedRecord } from "../schema/enriched-record.ts";
import { keyOfPlace, type SourcePlace } from "../schema/origin.ts";
import { RawRecord } from "../schema/raw-record.ts";
import { forgetEnriched, forgetRaw } from "./forget-words.ts";
import { redactReport } from "./redact-report.ts";

/**
 * Takes the words of voices out of the embedded streams, record by record: offsets and counts stay, so whatever is
 * built from them is the same as before.
 */
export async function cleanLogs(
  { streams }: Pick<Home, "streams">,
  voiceIds: ReadonlySet<string>,
): Promise<void> {
  const places = new Set<string>();
  for await (const { records } of streams.raw.readFrom(0)) {
    for (const record of records.filter((one) => isAbout(one, voiceIds))) {
      places.add(keyOfPlace(RawRecord.parse(record).origin));
    }
  }
  await cleanPlaces(streams.raw, places);
  await streams.enriched.rewrite(
    exchange(
      (record) => isAbout(record, voiceIds),
      (record) => forgetEnriched(EnrichedRecord.parse(record)),
    ),
  );
  await streams.actions.rewrite(
    exchange(
      (record) => isAbout(record, voiceIds) || Titled.parse(record).type === "report-made",
      (record) => forgetAction(Action.parse(record), voiceIds),
    ),
  );
}

/** A record that could not be read and was retried stands there twice, both times with its words. */
async function cleanPlaces(
  raw: Home["streams"]["raw"],
  places: ReadonlySet<string>,
): Promise<void> {
  await raw.rewrite(
    exchange(
      (record) => places.has(keyOfPlace(Placed.parse(record).origin)),
      (record) => forgetRaw(RawRecord.parse(record)),
    ),
  );
}

/** Takes what records that are no voices hold out of the sealed stream in home. */
export async function cleanLetters(
  { streams }: Pick<Home, "streams">,
  places: readonly SourcePlace[],
): Promise<void> {
  await cleanPlaces(streams.raw, new Set(places.map(keyOfPlace)));
}

const Placed = z.object({ origin: z.object({ stream: z.string(), offset: z.number() }) });
const Titled = z.object({ type: z.string() });
/** Where a record of any stream names its voice. A quick look: most records are about another. */
const About = z.object({
  voiceId: z.string().optional(),
  voice: z.object({ voiceId: z.string() }).optional(),
});

function isAbout(record: unknown, voiceIds: ReadonlySet<string>): boolean {
  const { voiceId, voice } = About.parse(record);
  const id = voiceId ?? voice?.voiceId;
  return id !== undefined && voiceIds.has(id);
}

function exchange(matches: (record: unknown) => boolean, forget: (record: unknown) => unknown) {
  return (records: readonly unknown[]) =>
    records.some(matches)
      ? records.map((record) => (matches(record) ? forget(record) : record))
      : undefined;
}

function forgetAction(action: Action, voiceIds: ReadonlySet<string>): Action {
  if (action.type === "awareness-added") return { ...action, reason: "―" };
  if (action.type === "awareness-followed") return { ...action, text: "―" };
  if (action.type === "awareness-withdrawn") return { ...action, reason: "―" };
  if (action.type === "segment-tagged") return { ...action, textHash: "―", wordsHash: "―" };
  if (action.type !== "report-made" || action.value === "") return action;
  return { ...action, value: redactReport(action.value, voiceIds) };
}
