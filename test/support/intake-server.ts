import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { addKey } from "../../pipeline/intake/http/api-keys.ts";
import { freePorts } from "./kafka/free-ports.ts";

export type IntakeConfig = {
  readonly home: string;
  /** Of the command line. */
  readonly args: readonly string[];
  readonly port: number;
  /** Sends voices. */
  post(voices: unknown, idempotencyKey?: string): Promise<Response>;
};

/** A home whose `serve` opens the port for voices, with a key for it. @param more of its kizuki.yaml */
export async function intakeConfig(folder: string, more: object = {}): Promise<IntakeConfig> {
  const [port = 0] = await freePorts(1);
  const file = join(folder, "kizuki.yaml");
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ encoder: "small", intake: { port }, ...more }));
  const home = join(folder, "home");
  const key = { name: "test", source: "crm", may: "send", at: new Date(0) } as const;
  const token = await addKey(home, key);
  return {
    home,
    args: ["--config", file],
    port,
    post: (voices, idempotencyKey) =>
      fetch(`http://127.0.0.1:${port}/v1/voices`, {
        method: "POST",
        body: JSON.stringify(voices),
        headers: {
          authorization: `Bearer ${token}`,
          "content-type": "application/json",
          ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
        },
      }),
  };
}
