import { z } from "zod";
import { InputError } from "../errors.ts";
import type { Home } from "../home.ts";
import { shorten } from "../text/code-points.ts";
import { query } from "../warehouse/query.ts";
import { headsInUse, headWord, tagWord } from "./judged-heads.ts";
import { tagKey } from "./judged-tags.ts";
import {
  COLUMNS,
  isAsAsked,
  isSameText,
  placeOfKey,
  readMark,
  type SheetLine,
  type TagPlace,
} from "./judgement-sheet.ts";
import { readTopics, type TopicsOfHome } from "./tag-labels.ts";

/** What a row of the table says of a tag, with its segment. */
export type Judgement = {
  readonly row: number;
  readonly place: TagPlace;
  readonly isRight: boolean;
  readonly segment: { readonly text: string; readonly vector: Uint8Array };
};

/**
 * @returns one for each row that says something
 * @throws InputError naming each row that cannot be counted, and why
 */
export async function checkJudgements(
  home: Home,
  rows: readonly SheetLine[],
): Promise<Judgement[]> {
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
  return judged.map(({ row, isRight, text: _text, tag: _tag, key: _key, ...place }) => {
    const { text, vector } = stored.get(placeKey(place.voiceId, place.start, place.end)) ?? {};
    const segment = { text: text ?? "", vector: vector ?? new Uint8Array() };
    return { row, place, isRight, segment };
  });
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

export function refusal(mistakes: readonly string[]): InputError {
  const more = mistakes.length - MOST_TOLD;
  return new InputError(
    [
      `${mistakes.length} 行が読めません。何も記録していません。直してから、もう一度読み込んでください。`,
      ...mistakes.slice(0, MOST_TOLD),
      ...(more > 0 ? [`  ほかに ${more} 行`] : []),
    ].join("\n"),
  );
}

/** Mistakes that are told at once. */
const MOST_TOLD = 20;
