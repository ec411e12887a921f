import type { Home } from "../home.ts";
import type { ReencodedVoice, RetaggedVoice } from "../schema/enriched-record.ts";

type Tagged = RetaggedVoice | ReencodedVoice;

/** Writes new tags of stored voices to `voc.enriched`, then loads them: who writes them reads them. */
export async function publishTags(
  { kafka, streams, loader }: Pick<Home, "kafka" | "streams" | "loader">,
  frames: AsyncIterable<readonly Tagged[]> | Iterable<readonly Tagged[]>,
): Promise<void> {
  for await (const frame of frames) {
    await (kafka === undefined ? streams.enriched.append(frame, {}) : kafka.publishTags(frame));
  }
  await (kafka === undefined ? loader.loadEnriched(streams.enriched) : kafka.caughtUp());
}
