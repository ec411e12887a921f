import type { HeadPlace } from "./find-head.ts";
import { findSilentTopics, silentTopicsNote } from "./silent-topics.ts";
import { unreadWordsNotes } from "./unread-words.ts";

/**
 * What in taxonomies gives no topic to anything.
 *
 * @param taxonomies names of bundled taxonomies or paths of YAML files
 * @returns lines for staff
 */
export async function topicNotes(
  taxonomies: readonly string[],
  place: HeadPlace,
): Promise<string[]> {
  const silent = findSilentTopics(taxonomies, place).map(silentTopicsNote);
  return [...silent, ...(await unreadWordsNotes(taxonomies))];
}
