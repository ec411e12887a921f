import type { Reporter } from "../../reporter.ts";
import type { ByteSource } from "../files/byte-source.ts";
import type { ArchiveEntry } from "../files/open-archive.ts";

/** A part of a workbook that tells how far it is read: a sheet of a million rows takes seconds. */
export function toldPart(part: ArchiveEntry, label: string, reporter: Reporter): ByteSource {
  return {
    ...part,
    async *read() {
      reporter.begin(label, part.sizeBytes, "バイト");
      try {
        for await (const chunk of part.read()) {
          reporter.advance(chunk.length);
          yield chunk;
        }
      } finally {
        reporter.end();
      }
    },
  };
}
