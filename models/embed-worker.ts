import { KizukiError } from "../pipeline/errors.ts";
import { loadEncoder } from "./encoder.ts";
import { EncoderChoice } from "./encoder-folder.ts";

export type EmbedReply =
  | { readonly vectors: readonly Int8Array[] }
  /** The encoder is missing or broken: no retry helps. */
  | { readonly failed: string };

/** The edge of a process of `embedTexts`: loads the encoder, then answers one list of texts at a time. */
async function main(): Promise<void> {
  const encoder = await loadEncoder(EncoderChoice.parse(JSON.parse(process.argv[2] ?? "null")));
  process.on("message", (texts: readonly string[]) => {
    encoder.encodeAll(texts).then((vectors) => send({ vectors }), fail);
  });
  send({ vectors: [] });
}

function send(reply: EmbedReply): void {
  process.send?.(reply);
}

function fail(cause: unknown): void {
  send({
    failed: cause instanceof KizukiError ? cause.message : `思わぬ誤りです: ${String(cause)}`,
  });
}

// A parent that was killed leaves no orphan behind.
process.on("disconnect", () => process.exit(0));
main().catch((cause: unknown) => {
  fail(cause);
  // The channel to the parent would keep this process alive.
  process.disconnect();
});
