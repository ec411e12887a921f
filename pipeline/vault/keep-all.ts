import type { Home } from "../home.ts";
import { keepRaw } from "./keep-raw.ts";
import { keepStreamNow } from "./keep-stream.ts";

/** Brings the vault up to all that came in before this, by home's own stream and by Kafka. */
export async function keepAll(home: Home): Promise<void> {
  await keepRaw(home);
  const { kafka } = home.config;
  if (kafka !== undefined) await keepStreamNow(kafka, home);
}
