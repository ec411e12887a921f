import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

/** The kernel's limit for the path of a socket is 108 bytes, its end included. */
const LONGEST_SOCKET_PATH = 100;

/** Where `serve` listens: in home, or by a name made from home's where that path is too long. */
export function socketPath(home: string): string {
  const path = join(home, "kizuki.sock");
  if (Buffer.byteLength(path) <= LONGEST_SOCKET_PATH) return path;
  const name = createHash("sha256").update(home).digest("hex").slice(0, 16);
  return join(tmpdir(), `kizuki-${name}.sock`);
}

/** One line from a command to `serve`. */
export const SocketRequest = z.strictObject({
  command: z.string(),
  options: z.unknown(),
  /** Of the kizuki.yaml that the command read. */
  configDigest: z.string().optional(),
});
export type SocketRequest = z.infer<typeof SocketRequest>;

/** Lines from `serve` to a command: news while it works, then a result or an error. */
export const SocketReply = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("line"), text: z.string() }),
  z.strictObject({
    type: z.literal("begin"),
    label: z.string(),
    total: z.number(),
    unit: z.enum(["件", "バイト"]),
  }),
  z.strictObject({ type: z.literal("advance"), count: z.number() }),
  z.strictObject({ type: z.literal("end") }),
  z.strictObject({ type: z.literal("stage"), name: z.string() }),
  z.strictObject({ type: z.literal("result"), result: z.unknown() }),
  z.strictObject({ type: z.literal("error"), message: z.string(), exitCode: z.number().int() }),
]);
export type SocketReply = z.infer<typeof SocketReply>;
