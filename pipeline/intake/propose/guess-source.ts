import { addressIn } from "../record/mailbox.ts";
import { SourceDescription } from "../source.ts";
import { Sample, SENTENCE_LENGTH } from "../table/sample.ts";
import { type Choice, chooseReceivedAt } from "./choose-received-at.ts";
import {
  columnsFor,
  isPersonalName,
  isRunningNumber,
  isSenderName,
  isStaffName,
  isTitle,
  isVerbatimName,
  looksPersonal,
  namesBothSides,
} from "./column-words.ts";
import { findMarks } from "./find-marks.ts";
import { guessChannel, saysChannel, tellChannel } from "./guess-channel.ts";
import { headless } from "./headless.ts";
import { isUnnamed } from "./name-columns.ts";
import { noteOnId } from "./note-on-id.ts";
import { type DateQuestion, questionOnDates } from "./question-on-dates.ts";
import { sourceName } from "./source-name.ts";

/** What the names and the first rows of a file say about its columns. */
export type Guess = {
  /** The parts that were found. */
  readonly found: Found;
} & (
  | {
      readonly status: "sure";
      readonly source: SourceDescription;
      /** What a person should know about the guess, in Japanese. */
      readonly notes: readonly string[];
    }
  | {
      readonly status: "unsure";
      /** Why, in Japanese. */
      readonly reasons: readonly string[];
    }
);

export type Found = {
  readonly columns: Partial<SourceDescription["columns"]>;
  readonly channel: SourceDescription["channel"];
  readonly attributes: readonly string[];
  /** What the description has to say of the dates, with what a person has to fill in between < and >. */
  readonly dates?: DateQuestion["dates"];
  /** What parts the desk's words from the customer's in the cells of the verbatim. */
  readonly marks?: NonNullable<SourceDescription["marks"]>;
};

/** Whose rows they are. */
export type GuessedFile = {
  /** The file's name, masked; of a sheet with the sheet's. */
  readonly file: string;
  /** Names of the sources that voices came from. */
  readonly known: readonly string[];
};

/**
 * Guesses a source by its columns' names, checked by their content. It is sure only where both agree on the
 * received time and on the verbatim.
 *
 * @param rows the first rows, some hundreds
 */
export function guessSource(
  rows: readonly ReadonlyMap<string, string>[],
  { file, known }: GuessedFile,
): Guess {
  const sample = new Sample(rows);
  const received = chooseReceivedAt(sample);
  const others = chooseOthers(sample);
  const channelColumn = columnsFor("channel", sample.columns).find((column) =>
    saysChannel(sample.cells(column)),
  );
  const taken = [...received.columns, channelColumn, ...Object.values(others)];
  const free = sample.columns.filter((column) => !taken.includes(column));
  const said = chooseVerbatim(sample, free);
  const { kept, notes } = chooseAttributes(
    sample,
    free.filter((column) => !said.columns.includes(column)),
  );
  const id = idColumns(others.id, received.columns);
  const [receivedAt, verbatim] = [oneOrAll(received.columns), oneOrAll(said.columns)];
  const columns = {
    ...others,
    ...(id !== undefined && { id }),
    ...(receivedAt !== undefined && { receivedAt }),
    ...(verbatim !== undefined && { verbatim }),
  };
  const question = questionOnDates(sample.joined(received.columns));
  const marks = findMarks(said.columns.flatMap((column) => sample.written(column)));
  const identifying = [others.id ?? "", received.columns[0] ?? "", said.columns[0] ?? ""];
  const name = sourceName(identifying, { file, known });
  // The file's own name would make other voices of an overlapping export; the source's is always the same.
  const names = [sheetOf(file), name];
  const told = tellChannel(sample.columns, { names, hasRating: others.rating !== undefined });
  const channel = channelColumn === undefined ? told.channel : guessChannel(channelColumn);
  const found = {
    columns,
    channel,
    attributes: kept,
    ...(question && { dates: question.dates }),
    ...(marks && { marks }),
  };
  const doubts = [
    headless(sample),
    received.doubt,
    question?.reason,
    said.doubt,
    marks ? mixedDoubt(marks) : unmarkedDoubt(said.columns),
  ];
  const reasons = doubts.filter((doubt) => doubt !== undefined);
  if (reasons.length > 0) return { status: "unsure", reasons, found };
  const source = SourceDescription.parse({ ...found, name });
  const noteId = id === undefined ? noteOnId(sample, kept) : [];
  return { status: "sure", found, source, notes: [...notes, identityNote(id), ...noteId] };
}

type OtherColumns = Partial<
  Record<"id" | "rating" | "product" | "place" | "lot" | "customerKey", string>
>;

function oneOrAll(columns: readonly string[]): string | string[] | undefined {
  return columns.length > 1 ? [...columns] : columns[0];
}

function mixedDoubt({ desk }: NonNullable<Found["marks"]>): string {
  return `お客様の言葉と相談室の言葉が同じセルにあるようです（目印: ${desk.join("、")}）。説明の marks のとおりに分け、お客様の言葉だけを分類します。違うときは marks を直してください`;
}

function unmarkedDoubt(columns: readonly string[]): string | undefined {
  const both = columns.find(namesBothSides);
  if (both === undefined) return undefined;
  return `「${both}」にはお客様の言葉と相談室の言葉があるはずですが、分ける目印が見つかりません。目印があれば説明の marks に書いてください`;
}

function holdsBothSides(sample: Sample, column: string): boolean {
  return (findMarks(sample.written(column))?.customer?.length ?? 0) > 0;
}

function sheetOf(file: string): string {
  return /（シート「(.*)」）$/.exec(file)?.[1] ?? "";
}

/** A running number begins anew in each export: only with the time beside it does it name a voice. */
function idColumns(id: string | undefined, [received]: readonly string[]) {
  if (id === undefined || received === undefined || !isRunningNumber(id)) return id;
  return [id, received];
}

function chooseOthers(sample: Sample): OtherColumns {
  const columnOf = (
    role: Parameters<typeof columnsFor>[0],
    holds: (column: string) => boolean = () => true,
  ) => columnsFor(role, sample.columns).find(holds);
  const areNumbers = (column: string) =>
    sample.written(column).every((cell) => /^\d{1,3}(?:\.\d+)?点?$/.test(cell.normalize("NFKC")));
  const chosen = {
    id: columnOf("id", (column) => sample.tellsApart(column)),
    rating: columnOf("rating", areNumbers),
    product: columnOf("product"),
    place: columnOf("place"),
    lot: columnOf("lot"),
    customerKey:
      columnOf("customerKey") ?? sample.columns.find((column) => saysSender(sample, column)),
  };
  return Object.fromEntries(Object.entries(chosen).filter(([, column]) => column !== undefined));
}

/** Of mails: who wrote tells customers apart, and is kept as a keyed hash only. */
function saysSender(sample: Sample, column: string): boolean {
  return isSenderName(column) && sample.mostly(column, (cell) => addressIn(cell) !== undefined);
}

function chooseVerbatim(sample: Sample, free: readonly string[]): Choice {
  const texts = free
    .filter((column) => isVerbatimName(column) || !isPersonal(sample, column))
    .map((column) => ({ column, length: sample.japaneseLength(column) }))
    .sort((a, b) => b.length - a.length);
  const byName = texts.filter(({ column }) => isVerbatimName(column));
  const named =
    byName.length > 0 ? byName : texts.filter(({ column }) => holdsBothSides(sample, column));
  const unnamed = texts.filter(({ column }) => !isStaffName(column) && !isTitle(column));
  const [best, second] = named;
  if (best === undefined) return chooseByContent(sample, unnamed);
  // One column that goes by such a name is it, however short people answer.
  if (best.length < (named.length === 1 ? 1 : SENTENCE_LENGTH)) {
    return { columns: [], doubt: `「${best.column}」に日本語の文がほとんどありません` };
  }
  const [longest] = unnamed;
  if (longest !== undefined && longest.length > best.length) {
    const doubt = `「${best.column}」より「${longest.column}」のほうが長い文です。お客様の言葉が「${longest.column}」なら、説明の verbatim を書き換えてください`;
    return { columns: [best.column], doubt };
  }
  if (second !== undefined && second.length >= Math.max(SENTENCE_LENGTH, best.length / 2)) {
    const long = named.filter(({ length }) => length >= SENTENCE_LENGTH);
    const columns = free.filter((column) => long.some((text) => text.column === column));
    return { columns, doubt: severalDoubt(columns) };
  }
  return { columns: [best.column] };
}

/** Where no heading tells, the columns do that people filled with sentences. */
function chooseByContent(sample: Sample, texts: readonly { readonly column: string }[]): Choice {
  const written = texts.map(({ column }) => column).filter((column) => sample.isFreeText(column));
  const columns = sample.columns.filter((column) => written.includes(column));
  const [only, second] = columns;
  if (only === undefined) {
    return { columns, doubt: "お客様の声（原文）にあたる見出しが見当たりません" };
  }
  if (second !== undefined) return { columns, doubt: severalDoubt(columns) };
  const doubt = `見出しからはお客様の声がわかりません。文の入った「${only}」をお客様の言葉とします`;
  return { columns, doubt };
}

function severalDoubt(columns: readonly string[]): string {
  return `原文らしい列が ${columns.length} つあります: 「${columns.join("」「")}」。別々の回答として説明の verbatim に並べます（1 つの回答が 1 つの声になります）。ひとつだけなら、verbatim をその列だけにしてください`;
}

/** The longest cell of a column that is kept unasked. */
const SHORT = 100;

function chooseAttributes(sample: Sample, rest: readonly string[]) {
  const personal = rest.filter((column) => isPersonal(sample, column));
  // Customers' names stand in the desk's sentences; a category (対応区分) has none.
  const staff = rest.filter(
    (column) =>
      isStaffName(column) &&
      sample.japaneseLength(column) >= SENTENCE_LENGTH &&
      !personal.includes(column),
  );
  const left = [...personal, ...staff, "__proto__"];
  const others = rest.filter((column) => !left.includes(column) && !isUnnamed(column));
  const kept = others.filter((column) =>
    sample.cells(column).every(({ length }) => length <= SHORT),
  );
  const long = others.filter((column) => !kept.includes(column));
  const notes = [
    ...(personal.length > 0 ? [`個人情報らしい列は取り込みません: ${personal.join("、")}`] : []),
    ...(staff.length > 0 ? [`相談室の言葉らしい列は取り込みません: ${staff.join("、")}`] : []),
    ...(long.length > 0 ? [`文の長い列は取り込みません: ${long.join("、")}`] : []),
  ];
  return { kept, notes };
}

/** A guessed source is told from others by its columns alone: see `sourceName`. */
function identityNote(id: string | readonly string[] | undefined): string {
  const names = [id ?? []].flat().map((column) => `「${column}」`);
  const same = names.length === 0 ? "日時と本文が同じ声" : `${names.join("と")}が同じ声`;
  return (
    `見出しの同じファイルはひとつの取り込み元と見なし、${same}は一度だけ数えます。` +
    "別のシステムから来た同じ見出しのファイルがあるときは、--source で取り込み元を分けてください"
  );
}

export function isPersonal(sample: Sample, column: string): boolean {
  return isPersonalName(column) || looksPersonal(sample.cells(column));
}
