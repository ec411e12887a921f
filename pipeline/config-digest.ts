import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";

/** Tells one kizuki.yaml from another; empty where there is none. */
export function configDigest(file: string | undefined): string {
  if (file === undefined || !existsSync(file)) return "";
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}
