import { InputError } from "../../errors.ts";
import type { Encoding } from "../encoding/encoding.ts";
import { isUnnamed, nameColumns, WORDS_NAME } from "../propose/name-columns.ts";
import { recordMapper } from "../record/map-record.ts";
import { splitAnswers } from "../record/split-answers.ts";
import type { SourceDescription } from "../source.ts";
import { Sample } from "../table/sample.ts";
import { placeNames } from "../table/scan-delimited.ts";
import type { SourceRecord } from "../table/split-records.ts";
import { type ConfiguredSource, importCommands } from "./configured-source.ts";

/**
 * Of a file without a header the one configured source that has `names:` for as many columns, and whose columns hold
 * what they should.
 *
 * @param refusal why the file cannot be read by itself
 * @param read gives its first records as a source reads them
 * @throws InputError where none or several fit: with the command for each
 */
export async function sourceOfHeadless(
  path: string,
  refusal: InputError,
  {
    configured,
    encoding,
    read,
    identityKey,
  }: {
    readonly configured: readonly ConfiguredSource[];
    readonly encoding: Encoding | undefined;
    readonly read: (source: SourceDescription) => Promise<readonly SourceRecord[]>;
    readonly identityKey: Buffer;
  },
): Promise<SourceDescription> {
  const headless = configured.filter(({ source }) => source.names !== undefined);
  if (headless.length === 0) throw refusal;
  const fitting: ConfiguredSource[] = [];
  for (const one of headless) {
    if (fits(await read(one.source), one.source, identityKey)) fitting.push(one);
  }
  const [first] = fitting;
  if (first !== undefined && fitting.length === 1) return first.source;
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
  const rows = first.flatMap((record) => ("cells" in record ? [record.cells] : []));
  if (rows.length === 0) return false;
  const map = recordMapper({ stream: "", file: "", source, identityKey });
  const records = first.flatMap(splitAnswers(source, identityKey)).map(map);
  const read = records.filter(({ status }) => status !== "reject");
  return read.length >= records.length * FITTING_SHARE && holdsWords(rows, source);
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
