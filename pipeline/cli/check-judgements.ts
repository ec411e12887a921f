import { z } from "zod";
import type { StoredSegment } from "../enrich/worker-messages.ts";
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
  readonly segment: StoredSegment;
};

type Mistake = { readonly row: number; readonly mistake: string };

/**
 * @returns one for each row that says something
 * @throws InputError naming each row that cannot be counted, and why
 */
export async function checkJudgements(
  home: Home,
  rows: readonly SheetLine[],
): Promise<Judgement[]> {
  const marked = rows.map(readLine).filter((one) => one !== null);
  const read = marked.flatMap((one) => ("mistake" in one ? [] : [one]));
  const stored = await readPlaces(home, read);
  // Backwards, so that of several rows of a tag the first one stays.
  const firsts = new Map([...read].reverse().map(({ row, place }) => [tagKey(place), row]));
  const expected = { stored, firsts, topics: await readTopics(home), heads: headsInUse(home) };
  const judgements: Judgement[] = [];
  const mistakes: string[] = [];
  for (const one of marked) {
    const checked = "mistake" in one ? one : check(one, expected);
    if ("mistake" in checked) mistakes.push(`  ${checked.row} 行目: ${checked.mistake}`);
    else judgements.push(checked);
  }
  if (mistakes.length > 0) throw refusal(mistakes);
  return judgements;
}

type ReadLine = Omit<SheetLine, "mark"> & Pick<Judgement, "place" | "isRight">;

/** @returns null where the row is left open */
function readLine({ mark, ...line }: SheetLine): ReadLine | Mistake | null {
  const { row, key } = line;
  const isRight = readMark(mark);
  if (isRight === null) return null;
  if (isRight === undefined) {
    return { row, mistake: `「${COLUMNS.mark}」 … 読んだもの: ${mark}、期待: ○、×、または空。` };
  }
  const place = placeOfKey(key);
  if (place !== undefined) return { ...line, place, isRight };
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
  read: readonly ReadLine[],
): Promise<Stored> {
  const places = read.map(({ place: { voiceId, start, end } }) => ({
    ...{ voice_id: voiceId, span_start: start, span_end: end },
  }));
  const params = { places: JSON.stringify(places), encoder: encoder().id };
  const rows = await query(warehouse.reader, "questions/segments_at.sql", params, PlaceRow);
  return new Map(rows.map((row) => [placeKey(row.voice_id, row.span_start, row.span_end), row]));
}

function placeKey(voiceId: string, start: number, end: number): string {
  return `${voiceId} ${start} ${end}`;
}

type Expected = {
  readonly stored: Stored;
  /** In which row a tag stands first. */
  readonly firsts: ReadonlyMap<string, number>;
  readonly topics: TopicsOfHome;
  readonly heads: ReadonlyMap<string, string>;
};

function check(line: ReadLine, expected: Expected): Judgement | Mistake {
  const { row, place, isRight } = line;
  const segment = findSegment(line, expected);
  return typeof segment === "string" ? { row, mistake: segment } : { row, place, isRight, segment };
}

/** @returns the segment that is judged, or what is wrong with the row, as a person reads it */
function findSegment(
  { row, place, ...line }: ReadLine,
  { stored, firsts, topics, heads }: Expected,
): StoredSegment | string {
  if (heads.get(place.head) !== place.headVersion) {
    return `${headWord(place.head)}の分類器が、この表を作ったときと違います。kizuki tag sample で新しい表を作ってください。`;
  }
  const now = stored.get(placeKey(place.voiceId, place.start, place.end));
  if (now === undefined) return "この声はもうありません。行を空にしてください。";
  if (now.revision_hash !== place.revision) {
    return "声の言葉が、この表を作ったあとで改められました。○×を消してください。";
  }
  const { text, vector } = now;
  if (text === null || vector === null) {
    return "この文はもうありません（文の切れ目か伏せ方が変わったか、声が消去されました）。○×を消してください。";
  }
  const first = firsts.get(tagKey(place)) ?? row;
  if (first !== row) return `${first} 行目と同じタグです。`;
  if (!isSameText(line.text, text)) {
    return isAsAsked(line)
      ? `この表を作ったあとで伏せ方が変わり、いまは「${shorten(text, SHOWN)}」となっている文です。○×を消して、kizuki tag sample の新しい表で判定してください。`
      : differs(COLUMNS.text, line.text, text);
  }
  const word = tagWord(topics, place.head, place.label);
  return isSameText(line.tag, word) ? { text, vector } : differs(COLUMNS.tag, line.tag, word);
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
