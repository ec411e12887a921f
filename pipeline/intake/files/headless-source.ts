import { InputError } from "../../errors.ts";
import type { RawVoice } from "../../schema/raw-voice.ts";
import type { Encoding } from "../encoding/encoding.ts";
import type { KnownOtherwise } from "../known-otherwise.ts";
import { isUnnamed, nameColumns, WORDS_NAME } from "../propose/name-columns.ts";
import { personsColumns } from "../propose/persons-columns.ts";
import { recordMapper } from "../record/map-record.ts";
import { splitAnswers } from "../record/split-answers.ts";
import type { SourceDescription } from "../source.ts";
import { Sample } from "../table/sample.ts";
import { placeNames } from "../table/scan-delimited.ts";
import { rowsOf, type SourceRecord } from "../table/split-records.ts";
import { type ConfiguredSource, importCommands } from "./configured-source.ts";

/**
 * Of a file without a header the one configured source that has `names:` for as many columns, and whose columns hold
 * what they should.
 *
 * @param refusal why the file cannot be read by itself
 * @param read gives its first records as a source reads them
 * @param knownOtherwise how voices at hand differ from what the warehouse has under their ids
 * @throws InputError where none or several fit, or the one would put persons in the clear or write over other voices:
 *   with the command for each
 */
export async function sourceOfHeadless(
  path: string,
  refusal: InputError,
  {
    configured,
    encoding,
    read,
    identityKey,
    knownOtherwise,
  }: {
    readonly configured: readonly ConfiguredSource[];
    readonly encoding: Encoding | undefined;
    readonly read: (source: SourceDescription) => Promise<readonly SourceRecord[]>;
    readonly identityKey: Buffer;
    readonly knownOtherwise?:
      | ((voices: readonly RawVoice[]) => Promise<KnownOtherwise>)
      | undefined;
  },
): Promise<SourceDescription> {
  const headless = configured.filter(({ source }) => source.names !== undefined);
  if (headless.length === 0) throw refusal;
  const fitting: ConfiguredSource[] = [];
  for (const one of headless) {
    if (fits(await read(one.source), one.source, identityKey)) fitting.push(one);
  }
  const [first] = fitting;
  if (first !== undefined && fitting.length === 1) {
    const { source } = first;
    const records = await read(source);
    const persons = personsColumns(rowsOf(records), source);
    const voices = voicesOf(records, source, identityKey);
    const doubts = [
      ...doubtPersons(persons),
      ...doubtIds(voices.length, await knownOtherwise?.(voices)),
    ];
    if (doubts.length === 0) return source;
    const why = `列の数と、日付・番号・文のある場所は取り込み元「${source.name}」と同じですが、別のところのファイルかもしれません:`;
    const way = `「${source.name}」のファイルだと確かめたときだけ、次のとおりに打ちます:`;
    const command = importCommands(path, fitting, encoding);
    throw new InputError([refusal.message, why, ...doubts, way, ...command].join("\n"));
  }
  const why =
    first === undefined
      ? "kizuki.yaml にある見出しのない取り込み元とは、列の数か中身が違います。違っていても、どれかのファイルなら打ってください:"
      : `列の数と中身の合う取り込み元が kizuki.yaml に ${fitting.length} 件あり、どれのファイルか決められません。どれかを打ってください:`;
  const commands = importCommands(path, first === undefined ? headless : fitting, encoding);
  throw new InputError([refusal.message, why, ...commands].join("\n"));
}

/** Of the first records; a row or two are always odd. */
const FITTING_SHARE = 0.9;

function fits(
  first: readonly SourceRecord[],
  source: SourceDescription,
  identityKey: Buffer,
): boolean {
  const rows = rowsOf(first);
  if (rows.length === 0) return false;
  const records = mapped(first, source, identityKey);
  const read = records.filter(({ status }) => status !== "reject");
  return read.length >= records.length * FITTING_SHARE && holdsWords(rows, source);
}

function mapped(records: readonly SourceRecord[], source: SourceDescription, identityKey: Buffer) {
  const map = recordMapper({ stream: "", file: "", source, identityKey });
  return records.flatMap(splitAnswers(source, identityKey)).map(map);
}

function voicesOf(
  records: readonly SourceRecord[],
  source: SourceDescription,
  identityKey: Buffer,
): RawVoice[] {
  return mapped(records, source, identityKey).flatMap((record) =>
    record.status === "ok" ? [record.voice] : [],
  );
}

function doubtPersons(columns: readonly string[]): string[] {
  if (columns.length === 0) return [];
  return [
    `  「${columns.join("」「")}」にあたる列の中身が、氏名・住所・電話番号・メールアドレスのように見えます。隠されずに残る列です`,
  ];
}

/** A person may correct the time and the words of a voice or two. Of a file with fewer voices, all of them. */
const FEWEST_OTHERWISE = 3;

function doubtIds(
  voices: number,
  { known, otherwise }: KnownOtherwise = { known: 0, otherwise: 0 },
): string[] {
  if (otherwise < Math.max(1, Math.min(FEWEST_OTHERWISE, voices))) return [];
  if (otherwise * 2 <= known) return [];
  return [
    `  はじめの ${voices} 件のうち ${known} 件の番号はもう取り込んであり、うち ${otherwise} 件は受付日時も本文も違います。取り込むと、前の声が書き換わります`,
  ];
}

/** Any cell can be a customer's words: where one column has sentences they are the words, and numbers and names never. */
function holdsWords(
  rows: readonly ReadonlyMap<string, string>[],
  { columns, names = [] }: SourceDescription,
): boolean {
  const places = placeNames(names.length);
  const placed = rows.map(
    (row) => new Map(names.map((name, index) => [places[index] ?? "", row.get(name) ?? ""])),
  );
  const told = nameColumns(placed);
  const words = [columns.verbatim].flat().map((column) => names.indexOf(column));
  const isTold = (index: number, name: string) => told[index] === name;
  if (words.some((index) => !isUnnamed(told[index] ?? "") && !isTold(index, WORDS_NAME)))
    return false;
  const sample = new Sample(placed);
  const sentences = places.filter((place) => sample.isFreeText(place));
  return sentences.length === 0 || words.some((index) => sentences.includes(places[index] ?? ""));
}
