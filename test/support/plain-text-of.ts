import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { constants, gunzipSync } from "node:zlib";

const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);

/** What anybody reads in the files of a folder, by file: the packed frames of streams unpacked; a sealed one says nothing. */
export function plainTextOf(folder: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const path = join(folder, file);
    if (!statSync(path).isFile()) continue;
    const bytes = readFileSync(path);
    texts.set(file, file.includes("voc.") ? gunzipFrames(bytes) : bytes.toString("utf8"));
  }
  return texts;
}

function gunzipFrames(bytes: Buffer): string {
  let text = bytes.toString("latin1");
  for (let at = bytes.indexOf(GZIP); at >= 0; at = bytes.indexOf(GZIP, at + 1)) {
    try {
      text += gunzipSync(bytes.subarray(at), { finishFlush: constants.Z_SYNC_FLUSH }).toString();
    } catch {
      // Not the beginning of a member, or the next frame follows it.
    }
  }
  return text;
}
