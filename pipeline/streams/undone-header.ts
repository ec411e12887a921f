import type { KafkaMessage } from "kafkajs";
import { z } from "zod";

const NAME = "kizuki-undone";
const Undone = z.coerce.number().int().nonnegative();

/** What a worker that publishes says of the records of `voc.raw` that it still has to do. A hint: other producers give none. */
export function undoneHeader(records: number): Record<string, string> {
  return { [NAME]: String(records) };
}

/** @returns what the newest of the messages says that says it */
export function readUndone(messages: readonly KafkaMessage[]): number | undefined {
  const value = messages.findLast(({ headers }) => headers?.[NAME] !== undefined)?.headers?.[NAME];
  return value === undefined ? undefined : Undone.safeParse(value.toString()).data;
}
