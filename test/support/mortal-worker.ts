import type { WorkerReply, WorkerRequest } from "../../pipeline/enrich/worker-messages.ts";

/** A worker that dies of the segment "poison" and tags the others with their own text. */
function send(reply: WorkerReply): void {
  process.send?.(reply);
}

process.on("message", (request: WorkerRequest) => {
  if (request.type !== "score") return;
  if (request.items.some(({ text }) => text === "poison")) process.exit(1);
  send({
    type: "done",
    rssBytes: request.items.some(({ text }) => text === "fat") ? 4e9 : 1,
    encodedMs: request.items.map(() => 3),
    results: request.items.map(({ text }) => ({
      status: "ok",
      value: [{ head: String(process.pid), label: text, confidence: 1, isShown: true }],
    })),
  });
});
process.on("disconnect", () => process.exit(0));
send({ type: "ready" });
