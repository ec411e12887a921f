import { z } from "zod";
import { HELD_BACK, KIND_WORDS, SENTIMENT_WORDS } from "../../reports/words.ts";
import { InputError } from "../errors.ts";
import type { Home } from "../home.ts";
import { Kind, Sentiment } from "../schema/enriched-record.ts";
import { query } from "../warehouse/query.ts";
import { findVoice } from "./awareness.ts";
import type { HomeCommand } from "./home-command.ts";
import { readTopics, topicWord } from "./tag-labels.ts";

const TopicTags = z.array(
  z.strictObject({ taxonomy: z.string(), topic: z.string(), confidence: z.number() }),
);
const TopicsBy = z.array(z.strictObject({ taxonomy: z.string(), by_whom: z.string() }));

const SegmentRow = z.strictObject({
  revision_hash: z.string(),
  span_start: z.number().int(),
  span_end: z.number().int(),
  text_hash: z.string(),
  words_hash: z.string(),
  text: z.string(),
  sentiment: Sentiment.nullable(),
  sentiment_confidence: z.number(),
  /** Name and day of the person who said so; null: a machine. */
  sentiment_by: z.string().nullable(),
  kind: Kind.nullable(),
  kind_confidence: z.number(),
  kind_by: z.string().nullable(),
  topics: z.string().transform((text) => TopicTags.parse(JSON.parse(text))),
  topics_by: z.string().transform((text) => TopicsBy.parse(JSON.parse(text))),
});
export type TaggedSegment = z.infer<typeof SegmentRow>;

export async function readSegments(home: Home, voiceId: string): Promise<TaggedSegment[]> {
  const file = "questions/segments_of_voice.sql";
  return await query(home.warehouse.reader, file, { voice_id: voiceId }, SegmentRow);
}

/** @param number from 1 */
export async function findSegment(
  home: Home,
  asked: { readonly voice: string; readonly segment: number },
): Promise<TaggedSegment & { readonly voiceId: string }> {
  const { voice_id: voiceId } = await findVoice(home, asked.voice);
  const segments = await readSegments(home, voiceId);
  const found = segments[asked.segment - 1];
  if (found !== undefined) return { ...found, voiceId };
  throw new InputError(
    `文の番号（--segment） … 読んだもの: ${asked.segment}、期待: 1 から ${segments.length}。kizuki tag show --voice ${asked.voice} で確かめられます。`,
  );
}

const ShowOptions = z.strictObject({ voice: z.string().min(1) });

const ShownTag = z.strictObject({
  head: z.string(),
  /** As reports print it. */
  words: z.array(z.strictObject({ word: z.string(), confidence: z.number() })),
  /** Who said so; null: a machine (推定). */
  by: z.string().nullable(),
});

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
    const rows = await readSegments(home, voice_id);
    const tagsOf = (row: TaggedSegment) => [
      ...headsOf(row),
      ...[...topics.keys()].map((taxonomy) => ({
        head: taxonomy,
        words: row.topics
          .filter((tag) => tag.taxonomy === taxonomy)
          .map(({ topic, confidence }) => ({
            word: topicWord(topics, taxonomy, topic),
            confidence,
          })),
        by: row.topics_by.find((said) => said.taxonomy === taxonomy)?.by_whom ?? null,
      })),
    ];
    const segments = rows.map((row, index) => ({
      segment: index + 1,
      text: row.text,
      tags: tagsOf(row),
    }));
    return { voiceId: voice_id, receivedOn: received_on, segments };
  },
};

function headsOf(row: TaggedSegment): z.infer<typeof ShownTag>[] {
  const { sentiment, kind } = row;
  return [
    {
      head: "感情",
      words: [
        {
          word: sentiment === null ? HELD_BACK : SENTIMENT_WORDS[sentiment],
          confidence: row.sentiment_confidence,
        },
      ],
      by: row.sentiment_by,
    },
    {
      head: "声の種類",
      words: [
        { word: kind === null ? HELD_BACK : KIND_WORDS[kind], confidence: row.kind_confidence },
      ],
      by: row.kind_by,
    },
  ];
}

export function shownText({ voiceId, receivedOn, segments }: z.infer<typeof Shown>): string {
  const lines = segments.flatMap(({ segment, text, tags }) => [
    `\n文 ${segment}  ${text}`,
    ...tags.map(({ head, words, by }) => {
      const said = words.map(({ word, confidence }) =>
        by === null ? `${word} ${Math.round(confidence * 100)}%` : word,
      );
      return `  ${head}: ${said.join("、") || "なし"}（${by === null ? "推定" : `確認済 ${by}`}）`;
    }),
  ]);
  const none = segments.length === 0 ? ["\n文はありません（何も言っていない声です）。"] : [];
  return [`声 ${voiceId}（${receivedOn}）`, ...lines, ...none].join("\n");
}
