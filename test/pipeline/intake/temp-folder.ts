import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";

/** Gives a test file a folder of its own, and takes it away at the end. */
export function useTempFolder(): (name: string, bytes: string | Uint8Array) => Promise<string> {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "kizuki-intake-"));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });
  return async (name, bytes) => {
    const path = join(folder, name);
    await writeFile(path, bytes);
    return path;
  };
}
