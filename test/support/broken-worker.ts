import type { WorkerReply } from "../../pipeline/enrich/worker-messages.ts";

/** A worker on a broken machine: it dies of whatever it is asked. */
const ready: WorkerReply = { type: "ready" };
process.on("message", () => process.exit(1));
process.on("disconnect", () => process.exit(0));
process.send?.(ready);
