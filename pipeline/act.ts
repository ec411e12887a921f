import type { Home } from "./home.ts";
import type { Action } from "./schema/action.ts";
import type { Batch, EmbeddedLog } from "./streams/embedded-log.ts";
import type { ReadableStream } from "./warehouse/loader.ts";

/** Writes actions to the journal `voc.actions` first, then loads them: the warehouse is a projection. */
export async function act(
  { kafka, streams, loader }: Pick<Home, "kafka" | "streams" | "loader">,
  ...actions: Action[]
): Promise<void> {
  if (kafka !== undefined) {
    await Promise.all(actions.map((action) => kafka.act(action)));
    return;
  }
  if (actions.length === 0) return;
  const written = await streams.actions.append(actions, {});
  await loader.loadActions(withBatch(streams.actions, written));
}

/** The stream with what was just written still at hand: the megabytes of a report need not be unpacked again. */
function withBatch(log: EmbeddedLog, batch: Batch): ReadableStream {
  return {
    name: log.name,
    get nextOffset() {
      return log.nextOffset;
    },
    async *readFrom(offset) {
      // What an earlier action left unloaded comes first, and then the batch with it.
      if (offset === batch.offset) yield batch;
      else yield* log.readFrom(offset);
    },
  };
}
