import { createHash } from "node:crypto";

/** 96 bits that stand for a value where the value itself, an address or an id, must not stand in the clear. */
export function shortHash(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 16);
}
