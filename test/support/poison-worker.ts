import type { WorkerReply, WorkerRequest } from "../../pipeline/enrich/worker-messages.ts";
import { enrichedVoice } from "./enriched-voice.ts";

/** A worker without models: dies of 「落ちる」, eats memory at 「食べる」, never answers 「止まる」. */
function send(reply: WorkerReply): void {
  process.send?.(reply);
}

function endureNothing(verbatim: string): void {
  if (verbatim.includes("落ちる")) process.exit(1);
  if (verbatim.includes("止まる")) for (;;) Math.random();
  const eaten: number[][] = [];
  while (verbatim.includes("食べる")) eaten.push(new Array(1_000_000).fill(Math.random()));
}

process.on("message", (request: WorkerRequest) => {
  if (request.type !== "enrich") return;
  for (const { verbatim } of request.items) endureNothing(verbatim);
  send({
    type: "done",
    rssBytes: 1,
    encodedMs: request.items.map(() => 1),
    results: request.items.map(({ verbatim, known: _known, contacts: _contacts, ...voice }) => ({
      status: "ok",
      value: { ...enrichedVoice("", verbatim), ...voice, text: verbatim },
    })),
  });
});
process.on("disconnect", () => process.exit(0));
send({ type: "ready" });
