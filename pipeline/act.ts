import type { Home } from "./home.ts";
import type { Action } from "./schema/action.ts";

/** Writes actions to the journal `voc.actions` first, then loads them: the warehouse is a projection. */
export async function act(
  { kafka, streams, loader }: Pick<Home, "kafka" | "streams" | "loader">,
  ...actions: Action[]
): Promise<void> {
  if (kafka !== undefined) {
    await Promise.all(actions.map((action) => kafka.act(action)));
    return;
  }
  if (actions.length > 0) await streams.actions.append(actions, {});
  await loader.loadActions(streams.actions);
}
