import { ATTRIBUTE_LIMIT, type Channel, VERBATIM_LIMIT } from "../../schema/raw-voice.ts";
import { garbledBy } from "../encoding/garbled.ts";
import { normalizeValue, type SourceDescription } from "../source.ts";
import { UnidentifiedVoice } from "./identify-voice.ts";
import { customerContacts, knownPersons } from "./known-persons.ts";
import { hasLostDigits } from "./lost-digits.ts";
import { parseReceivedAt } from "./parse-received-at.ts";
import type { AnswerSource } from "./split-answers.ts";
import { splitSpeakers } from "./split-speakers.ts";

export type Reject = { readonly reason: string; readonly column?: string };
export type Skip = { readonly skip: "empty verbatim" };
type Cells = ReadonlyMap<string, string>;
export type MappedCells = UnidentifiedVoice | Reject | Skip;

/** Makes a voice of a record's cells. The verbatim stays as it is; the other cells are trimmed. */
export function mapCells(cells: Cells, source: AnswerSource): MappedCells {
  const { columns } = source;
  const received = [columns.receivedAt].flat();
  const needed = [columns.verbatim, ...received];
  const missing = needed.find((column) => !cells.has(column));
  if (missing !== undefined) return { reason: "missing column", column: missing };
  const failed = needed.find((column) => isErrorCell(cells.get(column) ?? ""));
  if (failed !== undefined) return { reason: "error cell", column: failed };
  const { customer: verbatim, desk } = splitSpeakers(
    cells.get(columns.verbatim) ?? "",
    source.marks,
  );
  if (verbatim.trim() === "") return { skip: "empty verbatim" };
  // What the reject's bytes have no room for stays in the source file, at the row it names.
  if (verbatim.length > VERBATIM_LIMIT) {
    return { reason: "verbatim too long", column: columns.verbatim };
  }
  const garbled = findGarbled(cells, [columns.verbatim, ...keptColumns(source)]);
  if (garbled !== undefined) return garbled;
  const written = received.map((column) => cells.get(column) ?? "").join(" ");
  const date = parseReceivedAt(written, source.dates);
  if (typeof date === "string") return { reason: date, column: received.join("、") };
  const channel = channelOf(cells, source);
  if (typeof channel === "object") return channel;
  // Several voices would come under one number, and only the last of them be counted.
  const shortened = [columns.id ?? [], columns.customerKey ?? []]
    .flat()
    .find((column) => hasLostDigits(cells.get(column) ?? ""));
  if (shortened !== undefined) return { reason: "digits lost", column: shortened };
  return check({ verbatim, channel, ...date, ...otherFields(cells, source, desk) }, source);
}

function findGarbled(cells: Cells, columns: readonly string[]): Reject | undefined {
  for (const column of columns) {
    const reason = garbledBy(cells.get(column) ?? "");
    if (reason !== undefined) return { reason, column };
  }
  return undefined;
}

/** Columns that are kept as they are, for anybody to read. */
export function keptColumns({
  columns,
  attributes,
}: Pick<SourceDescription, "columns" | "attributes">): readonly string[] {
  const { product, place, lot } = columns;
  return [product, place, lot, ...attributes].filter((column) => column !== undefined);
}

/** The desk's words stand beside the voice, and are classified by nothing. */
const DESK = "相談室の言葉";

function clipAttribute(text: string): string {
  return text.length <= ATTRIBUTE_LIMIT ? text : `${text.slice(0, ATTRIBUTE_LIMIT - 1)}…`;
}

/** What a spreadsheet shows, and exports, in place of a value: a customer's「-」at the beginning is a formula to it. */
function isErrorCell(cell: string): boolean {
  return /^#(?:N\/A|NAME\?|VALUE!|REF!|DIV\/0!|NULL!|NUM!|SPILL!|CALC!)$/.test(cell.trim());
}

function channelOf(cells: Cells, { channel }: SourceDescription): Channel | Reject {
  if (typeof channel === "string") return channel;
  const value = normalizeValue(cells.get(channel.column) ?? "");
  const known = Object.hasOwn(channel.values, value) ? channel.values[value] : channel.otherwise;
  return known ?? { reason: "unknown channel", column: channel.column };
}

function otherFields(
  cells: Cells,
  { name, columns, attributes, defaults }: AnswerSource,
  desk: string,
): Record<string, unknown> {
  const trimmed = (column: string | undefined) => {
    const cell = column === undefined ? "" : (cells.get(column) ?? "").trim();
    return cell === "" || isErrorCell(cell) ? undefined : cell;
  };
  const writtenRating = trimmed(columns.rating);
  const rating = readRating(writtenRating);
  const kept = attributes.map((column) => [column, trimmed(column)] as const);
  // 無回答 or A+ is no number, and no reason to lose a voice: it is kept as an attribute.
  if (rating === undefined && columns.rating !== undefined) {
    kept.push([columns.rating, writtenRating]);
  }
  if (desk !== "") kept.push([DESK, clipAttribute(desk)]);
  return written({
    source: name,
    sourceId: joined([columns.id ?? []].flat().map(trimmed)),
    rating,
    product: trimmed(columns.product) ?? defaults.product,
    place: trimmed(columns.place) ?? defaults.place,
    lot: trimmed(columns.lot) ?? defaults.lot,
    customer: trimmed(columns.customerKey),
    attributes: Object.fromEntries(kept.flatMap(wellFormed)),
    known: knownPersons(cells),
    contacts: customerContacts(cells),
  });
}

/**
 * Attributes are kept as JSON, where DuckDB refuses half a character that is written as an escape: one such row
 * would fail every question about attributes. A field of its own is UTF-8, which has no such thing.
 */
function wellFormed([name, value]: readonly [string, string | undefined]): [string, string][] {
  return value === undefined ? [] : [[name.toWellFormed(), value.toWellFormed()]];
}

/** An id of several columns is none where one of them is empty. */
function joined(cells: readonly (string | undefined)[]): string | undefined {
  const present = cells.filter((cell) => cell !== undefined);
  if (present.length < cells.length) return undefined;
  // JSON, because a blank may stand in a cell.
  return present.length > 1 ? JSON.stringify(present) : present[0];
}

/** An empty cell is no field at all. */
function written(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function readRating(cell: string | undefined): number | undefined {
  const match = /^(-?\d{1,9}(?:\.\d{1,9})?)点?$/.exec(cell?.normalize("NFKC") ?? "");
  return match === null ? undefined : Number(match[1]);
}

/** The schema's bounds, said in the source's own columns. */
function check(candidate: unknown, { columns }: SourceDescription): UnidentifiedVoice | Reject {
  const parsed = UnidentifiedVoice.safeParse(candidate);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const [field, attribute] = issue?.path ?? [];
  const column = {
    sourceId: [columns.id].flat()[0],
    product: columns.product,
    place: columns.place,
    lot: columns.lot,
    customer: columns.customerKey,
    attributes: typeof attribute === "string" ? attribute : undefined,
  }[String(field)];
  const reason = issue?.code === "too_big" ? "cell too long" : "unreadable cell";
  return { reason, ...(column !== undefined && { column }) };
}
