import type { Reporter } from "../../reporter.ts";
import type { ByteSource } from "../files/byte-source.ts";
import type { ArchiveEntry } from "../files/open-archive.ts";

/** A part of a workbook that tells how far it is read: a sheet of a million rows takes seconds. */
export function toldPart(part: ArchiveEntry, label: string, reporter: Reporter): ByteSource {
  return {
    ...part,
    async *read() {
      let untold = 0;
      reporter.begin(label, part.sizeBytes, "バイト");
      try {
        for await (const chunk of part.read()) {
          untold += chunk.length;
          if (untold >= STEP_BYTES) {
            reporter.advance(untold);
            untold = 0;
          }
          yield chunk;
        }
      } finally {
        reporter.advance(untold);
        reporter.end();
      }
    },
  };
}

/** Pieces are inflated by 16 KiB, and `serve` sends each step through its socket. */
const STEP_BYTES = 1024 ** 2;
