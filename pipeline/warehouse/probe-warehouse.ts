import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const CHILD = fileURLToPath(new URL("./probe-warehouse-child.ts", import.meta.url));

/** What a warehouse's file is like, seen from outside. */
export const Probed = z.discriminatedUnion("found", [
  z.strictObject({ found: z.literal("nothing") }),
  /** Another process has it; the number of that process where DuckDB knows it. */
  z.strictObject({ found: z.literal("busy"), pid: z.string() }),
  z.strictObject({ found: z.literal("damaged"), message: z.string() }),
  z.strictObject({
    found: z.literal("sound"),
    /** Up to where each stream is loaded. */
    offsets: z.record(z.string(), z.number()),
    /** Which Kafka they are of, where it has loaded from one. */
    cluster: z.string().optional(),
  }),
]);
export type Probed = z.infer<typeof Probed>;

/**
 * Looks into a DuckDB file without changing it, in a process of its own: after a failed opening DuckDB may fail the
 * next one, too, or take the process with it.
 */
export async function probeWarehouse(path: string): Promise<Probed> {
  if (!existsSync(path)) return { found: "nothing" };
  const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), CHILD, path], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject).once("close", (status, signal) => resolve(status ?? signal));
  });
  if (code !== 0) return { found: "damaged", message: `調べたプロセスの終わり方: ${code}` };
  return Probed.parse(JSON.parse(said));
}
