import { z } from "zod";
import { KIND_WORDS, SENTIMENT_WORDS } from "../../reports/words.ts";
import { InputError } from "../errors.ts";
import type { Home } from "../home.ts";
import { SegmentTagged, TaggedTopics } from "../schema/action.ts";
import { Kind, Sentiment } from "../schema/enriched-record.ts";
import { TagState } from "../tag/place-tags.ts";
import { query } from "../warehouse/query.ts";
import type { HomeCommand } from "./home-command.ts";
import { readTopics, topicWord } from "./tag-labels.ts";

const SaidRow = z.strictObject({
  tag_id: z.string(),
  voice_id: z.string(),
  revision_hash: z.string(),
  span_start: z.number().int(),
  span_end: z.number().int(),
  text_hash: z.string(),
  words_hash: z.string(),
  step: SegmentTagged.shape.step,
  sentiment: Sentiment.nullable(),
  kind: Kind.nullable(),
  topics: TaggedTopics,
  author: z.string(),
  said_at: z.string(),
  state: TagState,
  received_on: z.string().nullable(),
  stands_at: z.number().int().nullable(),
  text: z.string().nullable(),
});
export type SaidRow = z.infer<typeof SaidRow>;

/** Newest first. @param id how the number of one of them begins */
export async function readTagsSaid(
  home: Home,
  { since = "0001-01-01", id = "" }: { readonly since?: string | undefined; readonly id?: string },
): Promise<SaidRow[]> {
  const params = { since, id };
  return await query(home.warehouse.reader, "questions/tags_said.sql", params, SaidRow);
}

const ListOptions = z.strictObject({
  since: z.iso.date({ error: "日付（--since）は 2026-01-05 のように" }).optional(),
});

const Listed = z.array(
  z.strictObject({
    tagId: z.string(),
    voiceId: z.string(),
    saidAt: z.string(),
    author: z.string(),
    step: SegmentTagged.shape.step,
    state: TagState,
    receivedOn: z.string().nullable(),
    text: z.string().nullable(),
    /** What was said, as reports print it. */
    words: z.array(z.string()),
  }),
);

export const tagListCommand: HomeCommand<typeof ListOptions, typeof Listed> = {
  name: "tag list",
  Options: ListOptions,
  Result: Listed,
  run: async (home, { since }) => {
    const topics = await readTopics(home);
    const words = ({ sentiment, kind, topics: said }: SaidRow) => [
      ...(sentiment === null ? [] : [`感情 ${SENTIMENT_WORDS[sentiment]}`]),
      ...(kind === null ? [] : [`声の種類 ${KIND_WORDS[kind]}`]),
      ...said.map(({ taxonomy, topics: ids }) => {
        const named = ids.map((topic) => topicWord(topics, taxonomy, topic));
        return `${taxonomy} ${named.join("・") || "話題なし"}`;
      }),
    ];
    return (await readTagsSaid(home, { since })).map((row) => ({
      ...{ tagId: row.tag_id, voiceId: row.voice_id, saidAt: row.said_at, author: row.author },
      ...{ step: row.step, state: row.state, receivedOn: row.received_on, text: row.text },
      words: words(row),
    }));
  },
};

const STEP_WORDS = { fix: "直した", confirm: "機械のとおり", undo: "取り消し" } as const;

const STATE_WORDS: Readonly<Record<TagState, string>> = {
  standing: "",
  replaced: "（あとのことばに替わりました）",
  undone: "（取り消されました）",
  "no-segment": "（当てはまる文がありません: 文の切れ目が変わりました。もう一度見てください）",
  "other-words": "（効いていません: 声の言葉が改められました。もう一度見てください）",
  "no-voice": "（効いていません: 声がまだ読み込まれていません）",
};

export function listedText(rows: z.infer<typeof Listed>): string {
  if (rows.length === 0) return "人がタグについて言ったことは、まだありません。";
  return rows
    .map(({ tagId, voiceId, saidAt, author, step, state, receivedOn, text, words }) => {
      const where = `声 ${voiceId.slice(0, 8)}${receivedOn === null ? "" : `（${receivedOn}）`}`;
      return [
        `${tagId.slice(0, 8)}  ${saidAt}  ${author}  ${STEP_WORDS[step]}${STATE_WORDS[state]}`,
        `  ${where}${text === null ? "" : `: ${text}`}`,
        ...(words.length === 0 ? [] : [`  ${words.join("、")}`]),
      ].join("\n");
    })
    .join("\n\n");
}

const ExportOptions = z.strictObject({ head: z.string().min(1) });
const Exported = z.strictObject({ lines: z.array(z.string()) });

const ExampleRow = z.strictObject({
  text: z.string(),
  sentiment: Sentiment.nullable(),
  kind: Kind.nullable(),
  topics: TaggedTopics,
});

/** What `models train` and `models evaluate` read: a text a line with its label, or its topics. */
export const tagExportCommand: HomeCommand<typeof ExportOptions, typeof Exported> = {
  name: "tag export",
  Options: ExportOptions,
  Result: Exported,
  run: async (home, { head }) => {
    const taxonomies = [...(await readTopics(home)).keys()];
    if (!["sentiment", "kind", ...taxonomies].includes(head)) {
      throw new InputError(
        `書き出すもの（--head） … 読んだもの: ${head}、期待: sentiment、kind、${taxonomies.join("、")}`,
      );
    }
    const file = "questions/confirmed_examples.sql";
    const rows = await query(home.warehouse.reader, file, {}, ExampleRow);
    const lines = rows.flatMap((row) => {
      const { text } = row;
      if (head !== "sentiment" && head !== "kind") {
        const said = row.topics.find(({ taxonomy }) => taxonomy === head);
        return said === undefined ? [] : [JSON.stringify({ text, labels: said.topics })];
      }
      return row[head] === null ? [] : [JSON.stringify({ text, label: row[head] })];
    });
    if (lines.length > 0) return { lines };
    throw new InputError(`人が ${head} を確かめた文は、まだありません。`);
  },
};
