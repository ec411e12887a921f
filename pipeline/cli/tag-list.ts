import { z } from "zod";
import { KIND_WORDS, SENTIMENT_WORDS } from "../../reports/words.ts";
import { InputError } from "../errors.ts";
import type { Home } from "../home.ts";
import { Kind, Sentiment } from "../schema/enriched-record.ts";
import { shortId } from "../schema/short-id.ts";
import { SegmentTagged, TaggedTopics } from "../schema/tag-actions.ts";
import { TagState, undoneClaims } from "../tag/place-tags.ts";
import { SAID_COLUMNS, saidTagOf } from "../tag/said-columns.ts";
import { query } from "../warehouse/query.ts";
import type { HomeCommand } from "./home-command.ts";
import { readTopics, type TopicsOfHome, topicsWord, topicWord } from "./tag-labels.ts";
import { Since } from "./tag-options.ts";

const SaidRow = z.strictObject({
  ...SAID_COLUMNS,
  revision_hash: z.string(),
  author: z.string(),
  said_at: z.string(),
  position: z.number().int(),
  state: TagState,
  received_on: z.string().nullable(),
  stands_at: z.number().int().nullable(),
  text: z.string().nullable(),
});
export type SaidRow = z.infer<typeof SaidRow>;

/**
 * Newest first.
 *
 * @param id how the number of one of them begins; '' for all
 * @param voiceId '' for all
 */
export async function readTagsSaid(
  home: Home,
  { id = "", voiceId = "" }: { readonly id?: string; readonly voiceId?: string },
): Promise<SaidRow[]> {
  const params = { id, voice_id: voiceId };
  return await query(home.warehouse.reader, "questions/tags_said.sql", params, SaidRow);
}

const ListOptions = z.strictObject({ since: Since.optional() });

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
    /** What an undo took back. */
    undid: z.array(
      z.strictObject({
        tagId: z.string(),
        saidAt: z.string(),
        author: z.string(),
        words: z.array(z.string()),
      }),
    ),
  }),
);
type Listed = z.infer<typeof Listed>;

export const tagListCommand: HomeCommand<typeof ListOptions, typeof Listed> = {
  name: "tag list",
  Options: ListOptions,
  Result: Listed,
  run: async (home, { since = "" }) => {
    const topics = await readTopics(home);
    const rows = await readTagsSaid(home, {});
    const undid = undoneBy(rows, topics);
    return rows
      .filter(({ said_at }) => said_at >= since)
      .map((row) => ({
        ...{ ...nameOf(row), voiceId: row.voice_id },
        ...{ step: row.step, state: row.state, receivedOn: row.received_on, text: row.text },
        words: wordsOf(row, topics).map(({ word }) => word),
        undid: undid.get(row.tag_id) ?? [],
      }));
  },
};

function nameOf({ tag_id, said_at, author }: SaidRow) {
  return { tagId: tag_id, saidAt: said_at, author };
}

/** What was said of each head, which is called as `undoneClaims` calls it. */
function wordsOf({ sentiment, kind, topics: said }: SaidRow, topics: TopicsOfHome) {
  return [
    ...(sentiment === null
      ? []
      : [{ head: "sentiment", word: `感情 ${SENTIMENT_WORDS[sentiment]}` }]),
    ...(kind === null ? [] : [{ head: "kind", word: `声の種類 ${KIND_WORDS[kind]}` }]),
    ...said.map(({ taxonomy, topics: ids }) => {
      const named = ids.map((topic) => topicWord(topics, taxonomy, topic));
      return {
        head: `topics ${taxonomy}`,
        word: `${topicsWord(topics, taxonomy)} ${named.join("・") || "なし"}`,
      };
    }),
  ];
}

/** @param rows all of some voices, newest first @returns by the number of the undo, newest first */
export function undoneBy(
  rows: readonly SaidRow[],
  topics: TopicsOfHome,
): ReadonlyMap<string, Listed[number]["undid"]> {
  const undid = new Map<string, Listed[number]["undid"]>();
  for (const voiceId of new Set(rows.map(({ voice_id }) => voice_id))) {
    const ofVoice = rows.filter(({ voice_id }) => voice_id === voiceId);
    const inOrder = ofVoice
      .toSorted((one, other) => one.position - other.position)
      .map((row) => ({ ...saidTagOf(row), isAsRead: true, gone: null }));
    for (const [undo, claims] of undoneClaims(inOrder)) {
      const taken = ofVoice.map((row) => {
        const isTaken = (head: string) =>
          claims.some((claim) => claim.tagId === row.tag_id && claim.head === head);
        const words = wordsOf(row, topics).filter(({ head }) => isTaken(head));
        return { ...nameOf(row), words: words.map(({ word }) => word) };
      });
      undid.set(
        undo,
        taken.filter(({ words }) => words.length > 0),
      );
    }
  }
  return undid;
}

const STEP_WORDS = { fix: "直した", confirm: "機械のとおり", undo: "取り消し" } as const;

const STATE_WORDS: Readonly<Record<TagState, string>> = {
  standing: "",
  replaced: "（あとのことばに替わりました）",
  undone: "（取り消されました）",
  "no-segment":
    "（当てはまる文がありません: 文の切れ目か伏せ方が変わりました。もう一度見てください）",
  "other-words": "（効いていません: 声の言葉が改められました。もう一度見てください）",
  "no-voice": "（効いていません: 声がまだ読み込まれていません）",
};

/** 67ab12cd（林 2026-01-12 12:00）感情 ポジティブ */
export function undidText({ tagId, author, saidAt, words }: Listed[number]["undid"][number]) {
  return `${shortId(tagId)}（${author} ${saidAt}）${words.join("、")}`;
}

export function listedText(rows: Listed): string {
  if (rows.length === 0) return "人がタグについて言ったことは、まだありません。";
  return rows
    .map(({ tagId, voiceId, saidAt, author, step, state, receivedOn, text, words, undid }) => {
      const where = `声 ${shortId(voiceId)}${receivedOn === null ? "" : `（${receivedOn}）`}`;
      return [
        `${shortId(tagId)}  ${saidAt}  ${author}  ${STEP_WORDS[step]}${STATE_WORDS[state]}`,
        `  ${where}${text === null ? "" : `: ${text}`}`,
        ...(words.length === 0 ? [] : [`  ${words.join("、")}`]),
        ...undid.map((taken) => `  取り消したもの: ${undidText(taken)}`),
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
