import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, readSync, statSync, writeFileSync } from "node:fs";
import { z } from "zod";

/** What is smaller is read again in a few milliseconds each time. */
const SMALL_BYTES = 16 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;

/** By path: size, times and inode of a file when it was read, and its SHA-256. */
const Known = z.record(z.string(), z.strictObject({ mark: z.string(), sha256: z.string() }));

/**
 * @param digestsFile remembers what large files were when they were read: 300 MB take a quarter of a second. Where it cannot
 *   be written, they are read each time
 * @returns SHA-256 of the content, in hex digits
 */
export function fileDigest(path: string, digestsFile: string): string {
  const { size, mtimeMs, ctimeMs, ino } = statSync(path);
  if (size < SMALL_BYTES) return sha256Of(path);
  const mark = [size, mtimeMs, ctimeMs, ino].join(" ");
  const before = readKnown(digestsFile);
  const same = before[path];
  if (same?.mark === mark) return same.sha256;
  const sha256 = sha256Of(path);
  try {
    writeFileSync(digestsFile, JSON.stringify({ ...before, [path]: { mark, sha256 } }));
  } catch {
    // There may be no home on this machine.
  }
  return sha256;
}

function readKnown(path: string): z.infer<typeof Known> {
  try {
    return Known.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return {};
  }
}

/** Piece by piece: a model need not fit into memory twice. */
function sha256Of(path: string): string {
  const hash = createHash("sha256");
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  const file = openSync(path, "r");
  try {
    for (let read = -1; read !== 0; ) {
      read = readSync(file, chunk, 0, CHUNK_BYTES, null);
      hash.update(chunk.subarray(0, read));
    }
  } finally {
    closeSync(file);
  }
  return hash.digest("hex");
}
