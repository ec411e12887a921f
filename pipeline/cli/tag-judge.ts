import { randomUUID } from "node:crypto";
import { z } from "zod";
import { act } from "../act.ts";
import { withPool } from "../enrich/pool-of-home.ts";
import { InputError } from "../errors.ts";
import type { Home } from "../home.ts";
import type { TagJudged } from "../schema/tag-actions.ts";
import { shorten } from "../text/code-points.ts";
import { maskSigner } from "../text/mask/mask-field.ts";
import { query } from "../warehouse/query.ts";
import type { HomeCommand } from "./home-command.ts";
import { headsInUse, headWord, tagWord } from "./judged-heads.ts";
import { type JudgedRow, readJudgedTags, tagKey } from "./judged-tags.ts";
import {
  COLUMNS,
  isAsAsked,
  isSameText,
  placeOfKey,
  readMark,
  type TagPlace,
} from "./judgement-sheet.ts";
import { readTopics, type TopicsOfHome } from "./tag-labels.ts";
import { Author } from "./tag-options.ts";

/** A row of the workbook as a person left it. */
const SheetLine = z.strictObject({
  /** As Excel numbers it. */
  row: z.number().int(),
  text: z.string(),
  tag: z.string(),
  mark: z.string(),
  key: z.string(),
});
export type SheetLine = z.infer<typeof SheetLine>;

const Options = z.strictObject({
  rows: z.array(SheetLine),
  author: Author,
  /** Whether rows that were emptied since take back what their author said of them. */
  reopen: z.boolean().optional(),
});

const Result = z.strictObject({
  /** Judged anew, judged otherwise than before, said before already, left open. */
  judged: z.number().int(),
  changed: z.number().int(),
  known: z.number().int(),
  open: z.number().int(),
  /** Of the open ones, those that this author had marked, and whether that was taken back. */
  emptied: z.number().int(),
  /** Of the open ones, those that others judged: whoever shares out a table reads back a part of it. */
  ofOthers: z.number().int(),
  reopened: z.boolean(),
  /** Of each head that the table asks about, how many judgements there are now, from whatever table. */
  heads: z.array(z.strictObject({ head: z.string(), judged: z.number().int() })),
});

export const tagJudgeCommand: HomeCommand<typeof Options, typeof Result> = {
  name: "tag judge",
  Options,
  Result,
  run: judge,
};

/** Mistakes that are told at once. */
const MOST_TOLD = 20;

/** All rows, or none: whoever mends a row reads the whole table again, and nothing is counted twice. */
async function judge(
  home: Home,
  { rows, author, reopen = false }: z.infer<typeof Options>,
): Promise<z.infer<typeof Result>> {
  const marked = rows.map(readLine).filter((one) => one !== null);
  const judged = marked.flatMap((one) => ("mistake" in one ? [] : [one]));
  const stored = await readPlaces(home, judged);
  // Backwards, so that of several rows of a tag the first one stays.
  const firsts = new Map([...judged].reverse().map((one) => [tagKey(one), one.row]));
  const expected = { stored, firsts, topics: await readTopics(home), heads: headsInUse(home) };
  const mistakes = marked.flatMap((one) => {
    const mistake = "mistake" in one ? one.mistake : mistakeOf(one, expected);
    return mistake === undefined ? [] : [`  ${one.row} 行目: ${mistake}`];
  });
  if (mistakes.length > 0) throw refusal(mistakes);
  const known = new Map((await readJudgedTags(home)).map((row) => [tagKey(row), row]));
  const fresh = judged.filter((one) => known.get(tagKey(one))?.isRight !== one.isRight);
  const signer = maskSigner(author);
  const unmarked = unmarkedTags(rows, known, firsts);
  const emptied = unmarked.filter((tag) => tag.author === signer);
  await act(
    home,
    ...(await actionsOf(home, fresh, { stored, author: signer })),
    ...(reopen ? emptied.map((tag) => reopening(home, tag, signer)) : []),
  );
  const changed = fresh.filter((one) => known.has(tagKey(one))).length;
  return {
    ...{ judged: fresh.length - changed, changed, known: judged.length - fresh.length },
    open: rows.length - marked.length,
    emptied: emptied.length,
    ofOthers: unmarked.length - emptied.length,
    reopened: reopen,
    heads: await countJudged(home, rows, expected.heads),
  };
}

async function countJudged(
  home: Home,
  rows: readonly SheetLine[],
  versions: ReadonlyMap<string, string>,
): Promise<z.infer<typeof Result>["heads"]> {
  const asked = new Set(rows.map(({ key }) => placeOfKey(key)?.head));
  const known = await readJudgedTags(home);
  return [...versions]
    .filter(([head]) => asked.has(head))
    .map(([head, version]) => {
      const own = known.filter((tag) => tag.head === head && tag.headVersion === version);
      return { head, judged: own.length };
    });
}

/** @returns what was said of tags whose rows say nothing now; each once */
function unmarkedTags(
  rows: readonly SheetLine[],
  known: ReadonlyMap<string, JudgedRow>,
  said: ReadonlyMap<string, unknown>,
): JudgedRow[] {
  const keys = rows.flatMap(({ mark, key }) => {
    const place = readMark(mark) === null ? placeOfKey(key) : undefined;
    return place === undefined ? [] : [tagKey(place)];
  });
  return [...new Set(keys)].filter((key) => !said.has(key)).flatMap((key) => known.get(key) ?? []);
}

function reopening({ clock }: Home, tag: JudgedRow, author: string): TagJudged {
  const at = clock().toISOString();
  return { ...tag, type: "tag-judged", actionId: randomUUID(), at, isRight: null, author };
}

type ReadLine = TagPlace &
  Pick<SheetLine, "row" | "text" | "tag" | "key"> & { readonly isRight: boolean };

/** @returns null where the row is left open */
function readLine({ row, text, tag, mark, key }: SheetLine) {
  const isRight = readMark(mark);
  if (isRight === null) return null;
  if (isRight === undefined) {
    return { row, mistake: `「${COLUMNS.mark}」 … 読んだもの: ${mark}、期待: ○、×、または空。` };
  }
  const place = placeOfKey(key);
  if (place !== undefined) return { ...place, row, text, tag, key, isRight };
  const mistake = `隠れた列「${COLUMNS.key}」 … 読んだもの: ${key || "空"}、期待: tag sample が書いたまま。`;
  return { row, mistake };
}

const PlaceRow = z.strictObject({
  voice_id: z.string(),
  span_start: z.number().int(),
  span_end: z.number().int(),
  revision_hash: z.string(),
  text: z.string().nullable(),
  vector: z.instanceof(Uint8Array).nullable(),
});
type Stored = ReadonlyMap<string, z.infer<typeof PlaceRow>>;

async function readPlaces(
  { warehouse, encoder }: Home,
  judged: readonly ReadLine[],
): Promise<Stored> {
  const places = judged.map(({ voiceId, start, end }) => ({
    ...{ voice_id: voiceId, span_start: start, span_end: end },
  }));
  const params = { places: JSON.stringify(places), encoder: encoder().id };
  const rows = await query(warehouse.reader, "questions/segments_at.sql", params, PlaceRow);
  return new Map(rows.map((row) => [placeKey(row.voice_id, row.span_start, row.span_end), row]));
}

function placeKey(voiceId: string, start: number, end: number): string {
  return `${voiceId} ${start} ${end}`;
}

/** @returns what is wrong with a row, as a person reads it */
function mistakeOf(
  line: ReadLine,
  {
    stored,
    firsts,
    topics,
    heads,
  }: {
    readonly stored: Stored;
    /** In which row a tag stands first. */
    readonly firsts: ReadonlyMap<string, number>;
    readonly topics: TopicsOfHome;
    readonly heads: ReadonlyMap<string, string>;
  },
): string | undefined {
  if (heads.get(line.head) !== line.headVersion) {
    return `${headWord(line.head)}の分類器が、この表を作ったときと違います。kizuki tag sample で新しい表を作ってください。`;
  }
  const now = stored.get(placeKey(line.voiceId, line.start, line.end));
  if (now === undefined) return "この声はもうありません。行を空にしてください。";
  if (now.revision_hash !== line.revision) {
    return "声の言葉が、この表を作ったあとで改められました。○×を消してください。";
  }
  if (now.text === null || now.vector === null) {
    return "この文はもうありません（文の切れ目か伏せ方が変わったか、声が消去されました）。○×を消してください。";
  }
  const word = tagWord(topics, line.head, line.label);
  const first = firsts.get(tagKey(line)) ?? line.row;
  if (first !== line.row) return `${first} 行目と同じタグです。`;
  if (!isSameText(line.text, now.text)) {
    return isAsAsked(line)
      ? `この表を作ったあとで伏せ方が変わり、いまは「${shorten(now.text, SHOWN)}」となっている文です。○×を消して、kizuki tag sample の新しい表で判定してください。`
      : differs(COLUMNS.text, line.text, now.text);
  }
  return isSameText(line.tag, word) ? undefined : differs(COLUMNS.tag, line.tag, word);
}

function differs(column: string, read: string, expected: string): string {
  return `「${column}」が書き換えられています。読んだもの: ${shorten(read, SHOWN)}、期待: ${shorten(expected, SHOWN)}`;
}

const SHOWN = 40;

function refusal(mistakes: readonly string[]): InputError {
  const more = mistakes.length - MOST_TOLD;
  return new InputError(
    [
      `${mistakes.length} 行が読めません。何も記録していません。直してから、もう一度読み込んでください。`,
      ...mistakes.slice(0, MOST_TOLD),
      ...(more > 0 ? [`  ほかに ${more} 行`] : []),
    ].join("\n"),
  );
}

/** With how sure the head is before any offset: a table may have been drawn under another one. */
async function actionsOf(
  home: Home,
  judged: readonly ReadLine[],
  { stored, author }: { readonly stored: Stored; readonly author: string },
): Promise<TagJudged[]> {
  if (judged.length === 0) return [];
  const segments = judged.map(({ voiceId, start, end }) => {
    const { text, vector } = stored.get(placeKey(voiceId, start, end)) ?? {};
    return { text: text ?? "", vector: vector ?? new Uint8Array() };
  });
  const scores = await withPool(home, (pool) => pool.score(segments), { encodes: false });
  const at = home.clock().toISOString();
  return judged.map(({ row, text: _text, tag: _tag, key: _key, ...place }, index) => {
    const outcome = scores[index];
    const own =
      outcome?.status === "ok"
        ? outcome.value.find(({ head, label }) => head === place.head && label === place.label)
        : undefined;
    if (own === undefined) throw refusal([`  ${row} 行目: 分類器がこの文を読めません。`]);
    const { confidence } = own;
    return { type: "tag-judged", actionId: randomUUID(), at, ...place, confidence, author };
  });
}
