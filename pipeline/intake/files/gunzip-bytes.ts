import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { InputError } from "../../errors.ts";
import type { ByteSource } from "./byte-source.ts";
import { refuseSwelling } from "./inflate-limits.ts";

/** What a gzip holds, inflated each time it is read. Nothing is written to the disk. */
export function gunzipBytes(outer: ByteSource): ByteSource {
  return {
    path: outer.path,
    label: outer.label,
    name: outer.name,
    refuseChanged: () => outer.refuseChanged(),
    async *read() {
      let packedBytes = 0;
      const counted = async function* () {
        for await (const chunk of outer.read()) {
          packedBytes += chunk.length;
          // The reader's buffer is used again while gunzip still holds the chunk.
          yield Buffer.from(chunk);
        }
      };
      const input = Readable.from(counted());
      const inflated = input.pipe(createGunzip());
      input.once("error", (cause) => inflated.destroy(cause));
      let plainBytes = 0;
      try {
        for await (const chunk of inflated) {
          plainBytes += chunk.length;
          refuseSwelling(outer.label, { plainBytes, packedBytes });
          yield chunk;
        }
      } catch (cause) {
        throw cause instanceof InputError ? cause : damaged(outer.label, cause);
      } finally {
        input.destroy();
      }
    },
  };
}

function damaged(label: string, cause: unknown): InputError {
  return new InputError(
    `${label}: gzip が壊れているか、途中で切れています。もう一度書き出してください。`,
    { cause },
  );
}
