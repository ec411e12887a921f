import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder that goes with the test. */
export function tempFolder(): string {
  const folder = sharedFolder();
  onTestFinished(() => removeFolder(folder));
  return folder;
}

/** A folder for several tests; who makes it removes it. */
export function sharedFolder(): string {
  return mkdtempSync(join(tmpdir(), "kizuki-test-"));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
