import { HARM_SEVERITY } from "../../models/bodily-harm.ts";
import type { SegmentTagged } from "../schema/tag-actions.ts";
import { type TopicsOfHome, topicWord } from "./tag-labels.ts";
import type { TaggedSegment } from "./tag-segments.ts";
import { shownTags, tagText } from "./tag-show.ts";

export type TagChange = {
  readonly head: string;
  readonly before: string;
  readonly after: string;
};

/** What one segment says otherwise than before, or by another; none where it is not there. */
export function tagChanges({
  before,
  after,
  topics,
}: {
  readonly before: TaggedSegment | undefined;
  readonly after: TaggedSegment | undefined;
  readonly topics: TopicsOfHome;
}): TagChange[] {
  if (before === undefined || after === undefined) return [];
  const now = shownTags(after, topics);
  return shownTags(before, topics).flatMap((tag, index) => {
    const change = { before: tagText(tag), after: tagText(now[index] ?? tag) };
    return change.before === change.after ? [] : [{ head: tag.head, ...change }];
  });
}

/** What a person's word on a topic of the highest severity does in reports, which are about the first taxonomy; see `bodily_harm.sql`. */
export function harmNotes(said: SegmentTagged["topics"], topics: TopicsOfHome): string[] {
  const [first] = topics;
  if (first === undefined) return [];
  const [taxonomy, rows] = first;
  const ids = said.find((one) => one.taxonomy === taxonomy)?.topics ?? [];
  const grave = rows
    .filter(({ topic, severity }) => severity === HARM_SEVERITY && ids.includes(topic))
    .map(({ topic }) => `「${topicWord(topics, taxonomy, topic)}」`);
  if (grave.length === 0) return [];
  return [
    `${grave.join("")}は深刻度 ${HARM_SEVERITY} の話題です。報告書は、この声をお体への害を伝える声（確認済）として数え、先に載せます。`,
  ];
}

/** What was said to have changed, for whoever said it. */
export function changesText({
  changes,
  notes,
}: {
  readonly changes: readonly TagChange[];
  readonly notes: readonly string[];
}): string[] {
  const lines = changes.map(({ head, before, after }) => `${head}: ${before}→ ${after}`);
  return [
    ...(lines.length + notes.length === 0 ? ["いまの文のタグは変わりません。"] : lines),
    ...notes,
  ];
}
