import { logPath, warehousePath } from "../../pipeline/home.ts";
import { silentReporter } from "../../pipeline/reporter.ts";
import { EmbeddedLog } from "../../pipeline/streams/embedded-log.ts";
import { rebuildWarehouse } from "../../pipeline/warehouse/rebuild-warehouse.ts";

/** Builds the warehouse of a closed home again from its logs, without the old one. */
export async function rebuildHome(home: string): Promise<void> {
  const open = (name: string) => EmbeddedLog.open({ name, root: logPath(home) });
  await rebuildWarehouse({
    path: warehousePath(home),
    openStreams: async () => ({
      dead: await open("voc.dead"),
      enriched: await open("voc.enriched"),
      actions: await open("voc.actions"),
    }),
    discardOld: true,
    stamp: "test",
    reporter: silentReporter,
  });
}
