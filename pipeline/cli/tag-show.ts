import { z } from "zod";
import { HELD_BACK, KIND_WORDS, SENTIMENT_WORDS } from "../../reports/words.ts";
import { findVoice } from "./awareness.ts";
import type { HomeCommand } from "./home-command.ts";
import { readTopics, type TopicsOfHome, topicsWord, topicWord } from "./tag-labels.ts";
import { Voice } from "./tag-options.ts";
import { readSegments, type TaggedSegment } from "./tag-segments.ts";

const ShowOptions = z.strictObject({ voice: Voice });

const ShownTag = z.strictObject({
  /** 感情, 声の種類, 話題, or 話題（food-maker） where there are several taxonomies. */
  head: z.string(),
  /** As reports print it. */
  words: z.array(z.strictObject({ word: z.string(), confidence: z.number() })),
  /** Who said so; null: a machine (推定). */
  by: z.string().nullable(),
});
type ShownTag = z.infer<typeof ShownTag>;

const Shown = z.strictObject({
  voiceId: z.string(),
  receivedOn: z.string(),
  segments: z.array(
    z.strictObject({ segment: z.number().int(), text: z.string(), tags: z.array(ShownTag) }),
  ),
});

export const tagShowCommand: HomeCommand<typeof ShowOptions, typeof Shown> = {
  name: "tag show",
  Options: ShowOptions,
  Result: Shown,
  run: async (home, { voice }) => {
    const { voice_id, received_on } = await findVoice(home, voice);
    const topics = await readTopics(home);
    const segments = (await readSegments(home, voice_id)).map((row, index) => ({
      segment: index + 1,
      text: row.text,
      tags: shownTags(row, topics),
    }));
    return { voiceId: voice_id, receivedOn: received_on, segments };
  },
};

/** One of each head, in the same order whatever they say. */
export function shownTags(row: TaggedSegment, topics: TopicsOfHome): ShownTag[] {
  const { sentiment, kind } = row;
  const sentimentWord = sentiment === null ? HELD_BACK : SENTIMENT_WORDS[sentiment];
  const kindWord = kind === null ? HELD_BACK : KIND_WORDS[kind];
  return [
    {
      head: "感情",
      words: [{ word: sentimentWord, confidence: row.sentiment_confidence }],
      by: row.sentiment_by,
    },
    {
      head: "声の種類",
      words: [{ word: kindWord, confidence: row.kind_confidence }],
      by: row.kind_by,
    },
    ...[...topics.keys()].map((taxonomy) => ({
      head: topicsWord(topics, taxonomy),
      words: row.topics
        .filter((tag) => tag.taxonomy === taxonomy)
        .map(({ topic, confidence }) => ({
          word: topicWord(topics, taxonomy, topic),
          confidence,
        })),
      by: row.topics_by.find((said) => said.taxonomy === taxonomy)?.by_whom ?? null,
    })),
  ];
}

/** What it says, and who: 体調不良（推定 53%）, なし（確認済 森 2026-01-12）. */
export function tagText({ words, by }: Pick<ShownTag, "words" | "by">): string {
  if (by !== null) return `${words.map(({ word }) => word).join("、") || "なし"}（確認済 ${by}）`;
  const guessed = words.map(
    ({ word, confidence }) => `${word}（推定 ${Math.round(confidence * 100)}%）`,
  );
  return guessed.join("、") || "なし（推定）";
}

export function shownText({ voiceId, receivedOn, segments }: z.infer<typeof Shown>): string {
  const lines = segments.flatMap(({ segment, text, tags }) => [
    `\n文 ${segment}  ${text}`,
    ...tags.map((tag) => `  ${tag.head}: ${tagText(tag)}`),
  ]);
  const none = segments.length === 0 ? ["\n文はありません（何も言っていない声です）。"] : [];
  return [`声 ${voiceId}（${receivedOn}）`, ...lines, ...none].join("\n");
}
