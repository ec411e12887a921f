import type { StreamName } from "../schema/message.ts";
import type { Origin } from "../schema/origin.ts";
import { placeName } from "./place.ts";

/** A message that cannot be decoded says no origin: its place in Kafka is one, enough to find it again. */
export function unreadOrigin(stream: StreamName, partition: number, offset: number): Origin {
  const place = placeName(stream, partition);
  return { stream: place, source: "kafka", file: place, offset, row: offset + 1 };
}
