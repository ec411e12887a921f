import { existsSync, readFileSync, rmSync } from "node:fs";
import { enrichStream } from "../../../pipeline/enrich/enrich-stream.ts";
import { keysFromText } from "../../../pipeline/keys.ts";
import { KafkaSettings } from "../../../pipeline/streams/kafka-settings.ts";
import { poolWithoutModels } from "../pool-without-models.ts";
import { TEST_KEY } from "../run-kizuki.ts";

/** A process that works as `kizuki enrich` does, without models: what is tested is the way, not the words. */
const settings = KafkaSettings.parse(JSON.parse(process.argv[2] ?? "{}"));
/** A file that tells it to die, or which signal it sends to itself at which stage. */
const order = process.argv[3] ?? "";
const pool = poolWithoutModels();
const worker = await enrichStream(settings, {
  keys: keysFromText(TEST_KEY),
  pool,
  calibration: "",
  clock: () => new Date(),
  concurrency: 2,
  stage: dieIfTold,
});
process.once("SIGTERM", () => {
  void worker.close().finally(() => process.exit(0));
});
await worker.failed;

/** Where nothing else is said between the acknowledgement and the commit, which no signal from outside would hit for sure. */
function dieIfTold(stage: string): void {
  if (!existsSync(order)) return;
  const [signal = "SIGKILL", at = "published"] = readFileSync(order, "utf8").match(/\w+/g) ?? [];
  if (stage !== at) return;
  rmSync(order);
  process.kill(process.pid, signal);
}
