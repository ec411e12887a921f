import { fileURLToPath } from "node:url";
import { shippedEncoder } from "../../models/encoder-folder.ts";
import type { WorkerSettings } from "../../pipeline/enrich/worker-messages.ts";
import { WorkerPool } from "../../pipeline/enrich/worker-pool.ts";
import { MaskSettings } from "../../pipeline/text/mask/mask-rules.ts";

export const POISON_WORKER = fileURLToPath(new URL("poison-worker.ts", import.meta.url));

/** Of workers that load no encoder. */
export const WORKER_SETTINGS: WorkerSettings = {
  encoder: shippedEncoder("base"),
  taxonomies: [],
  heads: {},
  offsets: {},
  mask: MaskSettings.parse({}),
  epoch: 1,
  encodes: false,
};

/** One worker that enriches without models. */
export function poolWithoutModels(): WorkerPool {
  return new WorkerPool(1, WORKER_SETTINGS, { script: POISON_WORKER });
}
