import { KizukiError } from "../errors.ts";
import { answerRequest, loadTools } from "./answer-request.ts";
import { type WorkerReply, type WorkerRequest, WorkerSettings } from "./worker-messages.ts";

/** The edge of a worker process: loads the models, then answers one request at a time. */
async function main(): Promise<void> {
  const encodedMs: number[] = [];
  const settings = WorkerSettings.parse(JSON.parse(process.argv[2] ?? "{}"));
  const tools = await loadTools(settings, async (run, texts) => {
    const startMs = performance.now();
    const result = await run();
    const each = (performance.now() - startMs) / texts;
    encodedMs.push(...Array.from({ length: texts }, () => each));
    return result;
  });
  process.on("message", (request: WorkerRequest) => {
    answerRequest(request, tools).then(
      (results) =>
        send({
          type: "done",
          results,
          rssBytes: process.memoryUsage.rss(),
          encodedMs: encodedMs.splice(0),
        }),
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
// Node would print the message of what was thrown, which may quote a voice; the parent sees that the process died.
process.on("uncaughtException", () => process.exit(1));
main().catch((cause: unknown) => {
  fail(cause);
  // The channel to the parent would keep this process alive.
  process.disconnect();
});
