import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Home } from "../../pipeline/home.ts";
import { openSourceFiles } from "../../pipeline/intake/files/open-source-files.ts";
import { SourceDescription } from "../../pipeline/intake/source.ts";
import { takeInFile } from "../../pipeline/intake/take-in-file.ts";
import { silentReporter } from "../../pipeline/reporter.ts";
import { RawRecord } from "../../pipeline/schema/raw-record.ts";

export const HEADER = "受付番号,受付日時,お申し出内容,電話番号";
export const columns = { id: "受付番号", receivedAt: "受付日時", verbatim: "お申し出内容" };
export function source(
  name: string,
  changes: Partial<Record<keyof typeof columns, string | undefined>>,
) {
  return SourceDescription.parse({ name, channel: "phone", columns: { ...columns, ...changes } });
}

export const csv = (...rows: string[]) => rows.join("\n");

export async function rawRecordsOf(home: Home): Promise<RawRecord[]> {
  const records: RawRecord[] = [];
  for await (const frame of home.streams.raw.readFrom(0)) {
    records.push(...z.array(RawRecord).parse(frame.records));
  }
  return records;
}

export type File = [
  ending: string,
  bytes: string | Buffer,
  description: SourceDescription | undefined,
];

let files = 0;

/** Takes in a file of that content, which lies beside home. */
export async function takeFile(home: Home, ...[ending, bytes, description]: File): Promise<void> {
  files += 1;
  const path = join(home.config.home, "..", `${files}.${ending}`);
  writeFileSync(path, bytes);
  const identityKey = home.identityKey();
  const options = { identityKey, ...(description && { source: description }) };
  for await (const file of openSourceFiles(path, options, () => {})) {
    if (file instanceof Error) throw file;
    await takeInFile(home, file, { reporter: silentReporter, said: new Set() });
  }
}

/** @returns what became of each record that this brought: its words, or why it was skipped */
export async function broughtTo(home: Home, bring: () => Promise<unknown>): Promise<string[]> {
  const before = (await rawRecordsOf(home)).length;
  await bring();
  return (await rawRecordsOf(home))
    .slice(before)
    .map((record) => (record.status === "ok" ? record.voice.verbatim : record.status));
}
