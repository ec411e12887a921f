import type { TopicRow } from "../schema/taxonomy-actions.ts";
import { folded } from "./tag-options.ts";

const NAMED = 8;

/**
 * Topics that a name which is none may have meant: first those of the group it names, then those whose name or
 * description has it, then those that share half of its characters, hiragana aside.
 *
 * @param asked as `folded` gives it
 */
export function nearestTopics(all: readonly TopicRow[], asked: string): TopicRow[] {
  return all
    .map((row) => ({ row, nearness: nearnessOf(row, asked) }))
    .filter(({ nearness }) => nearness > 0)
    .toSorted((one, other) => other.nearness - one.nearness)
    .slice(0, NAMED)
    .map(({ row }) => row);
}

function nearnessOf({ label, parent_label, description }: TopicRow, asked: string): number {
  const names = [label, parent_label].map(folded);
  // 体調・けが／腹痛 names a group too.
  const [group = asked] = asked.split("/");
  if (folded(parent_label) === group) return 4;
  if (names.some((name) => name.includes(asked) || asked.includes(name))) return 3;
  if (folded(description).includes(asked)) return 2;
  // Hiragana are particles and endings more often than not: 「味が」 is not near けが.
  const characters = [...new Set(asked.replace(/\p{Script=Hiragana}/gu, ""))];
  if (characters.length === 0) return 0;
  const shared = characters.filter((each) => folded(label).includes(each));
  return 2 * shared.length >= characters.length ? shared.length / characters.length : 0;
}
