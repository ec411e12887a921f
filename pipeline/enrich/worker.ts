import { KizukiError } from "../errors.ts";
import { answerRequest, loadTools } from "./answer-request.ts";
import { type WorkerReply, type WorkerRequest, WorkerSettings } from "./worker-messages.ts";

/** The edge of a worker process: loads the models, then answers one request at a time. */
async function main(): Promise<void> {
  const tools = await loadTools(WorkerSettings.parse(JSON.parse(process.argv[2] ?? "{}")));
  process.on("message", (request: WorkerRequest) => {
    answerRequest(request, tools).then(
      (results) => send({ type: "done", results, rssBytes: process.memoryUsage.rss() }),
      fail,
    );
  });
  send({ type: "ready" });
}

function send(reply: WorkerReply): void {
  process.send?.(reply);
}

function fail(cause: unknown): void {
  const message = cause instanceof KizukiError ? cause.message : `思わぬ誤りです: ${String(cause)}`;
  send({ type: "failed", message });
}

// A parent that was killed leaves no orphan behind.
process.on("disconnect", () => process.exit(0));
// Ctrl-C reaches the whole group; the parent decides when a worker ends.
process.on("SIGINT", () => undefined);
main().catch((cause: unknown) => {
  fail(cause);
  // The channel to the parent would keep this process alive.
  process.disconnect();
});
