import { jstDate } from "../period.ts";
import type { RawRecord } from "../schema/raw-record.ts";

/** @returns how many voices came after today, a date in Asia/Tokyo: they are taken in, and told of */
export function futureVoices(records: readonly RawRecord[], today: string): number {
  return records.filter(
    (record) => record.status === "ok" && jstDate(new Date(record.voice.receivedAt)) > today,
  ).length;
}

export function describeFuture(voices: number): string {
  return `これから先の日付の声 ${voices} 件。このまま取り込めますが、年と日付の並びを確かめてください`;
}
