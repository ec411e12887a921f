import type { Home } from "../home.ts";
import { MOST_FORGOTTEN } from "../schema/record-actions.ts";
import { marksOf } from "./marks-of.ts";
import { openRecord } from "./seal-record.ts";

/** Of all revisions, whatever the vault still has; a page at a time, for a day may have many voices. */
export async function* marksWithin(
  home: Home,
  voiceIds: readonly string[],
): AsyncIterable<readonly [voiceId: string, mark: string]> {
  const vault = await home.vault();
  for (let start = 0; start < voiceIds.length; start += MOST_FORGOTTEN) {
    const page = voiceIds.slice(start, start + MOST_FORGOTTEN);
    for (const record of await vault.recordsOfVoices(page)) {
      const content = openRecord(record, home.keys());
      if ("bytes" in content) continue;
      for (const mark of marksOf(content, home.identityKey())) yield [content.voiceId, mark];
    }
  }
}
