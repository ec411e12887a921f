import {
  columnsFor,
  isPersonalName,
  isRunningNumber,
  isStaffName,
  isVerbatimName,
  looksPersonal,
} from "./column-words.ts";
import { guessChannel } from "./guess-channel.ts";
import { parseReceivedAt } from "./parse-received-at.ts";
import { Sample } from "./sample.ts";
import { SourceDescription } from "./source.ts";
import { sourceName } from "./source-name.ts";

/** What the names and the first rows of a file say about its columns. */
export type Guess =
  | {
      readonly status: "sure";
      readonly source: SourceDescription;
      /** What a person should know about the guess, in Japanese. */
      readonly notes: readonly string[];
    }
  | ({
      readonly status: "unsure";
      /** Why, in Japanese. */
      readonly reasons: readonly string[];
    } & Found);

/** The parts that are sure. */
export type Found = {
  readonly columns: Partial<SourceDescription["columns"]>;
  readonly channel: SourceDescription["channel"];
  readonly attributes: readonly string[];
};

/**
 * Guesses a source by its columns' names, checked by their content. It is sure only where both agree on the
 * received time and on the verbatim.
 *
 * @param rows the first rows, some hundreds
 */
export function guessSource(rows: readonly ReadonlyMap<string, string>[]): Guess {
  const sample = new Sample(rows);
  const received = chooseReceivedAt(sample);
  const others = chooseOthers(sample);
  const channelColumn = columnsFor("channel", sample.columns)[0];
  const taken = [received.column, channelColumn, ...Object.values(others)];
  const free = sample.columns.filter((column) => !taken.includes(column));
  const said = chooseVerbatim(sample, free);
  const { kept, notes } = chooseAttributes(
    sample,
    free.filter((column) => column !== said.column),
  );
  const id = idColumns(others.id, received.column);
  const columns = {
    ...others,
    ...(id !== undefined && { id }),
    ...(received.column && { receivedAt: received.column }),
    ...(said.column && { verbatim: said.column }),
  };
  const channel =
    channelColumn === undefined ? constantChannel(others) : guessChannel(channelColumn);
  const found = { columns, channel, attributes: kept };
  const reasons = [received.doubt, said.doubt].filter((doubt) => doubt !== undefined);
  if (reasons.length > 0) return { status: "unsure", reasons, ...found };
  const identifying = [others.id ?? "", received.column ?? "", said.column ?? ""];
  const source = SourceDescription.parse({ ...found, name: sourceName(identifying) });
  return { status: "sure", source, notes: [...notes, identityNote(id)] };
}

type OtherColumns = Partial<
  Record<"id" | "rating" | "product" | "place" | "lot" | "customerKey", string>
>;

type Choice = { readonly column?: string; readonly doubt?: string };

function chooseReceivedAt(sample: Sample): Choice {
  const candidates = columnsFor("receivedAt", sample.columns);
  // The 30th of February is one record's mistake, and still a date.
  const isDate = (cell: string) => parseReceivedAt(cell) !== "unreadable date";
  const column = candidates.find((candidate) => sample.mostly(candidate, isDate));
  if (column !== undefined) return { column };
  if (candidates.length === 0) return { doubt: "受付日時にあたる見出しが見当たりません" };
  return { doubt: `「${candidates.join("」「")}」の 95% 以上が日付として読めません` };
}

/** A running number begins anew in each export: only with the time beside it does it name a voice. */
function idColumns(id: string | undefined, received: string | undefined) {
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
    customerKey: columnOf("customerKey"),
  };
  return Object.fromEntries(Object.entries(chosen).filter(([, column]) => column !== undefined));
}

/** Below this a column of texts is no free text: 良い, 普通, 商品について. */
const SENTENCE_LENGTH = 6;

function chooseVerbatim(sample: Sample, free: readonly string[]): Choice {
  const texts = free
    .filter((column) => isVerbatimName(column) || !isPersonal(sample, column))
    .map((column) => ({ column, length: sample.japaneseLength(column) }))
    .sort((a, b) => b.length - a.length);
  const named = texts.filter(({ column }) => isVerbatimName(column));
  const [best, second] = named;
  const [longest] = texts.filter(({ column }) => !isStaffName(column));
  if (best === undefined) return { doubt: "お客様の声（原文）にあたる見出しが見当たりません" };
  // One column that goes by such a name is it, however short people answer.
  if (best.length < (named.length === 1 ? 1 : SENTENCE_LENGTH)) {
    return { doubt: `「${best.column}」に日本語の文がほとんどありません` };
  }
  if (longest !== undefined && longest.length > best.length) {
    return { doubt: `「${best.column}」より「${longest.column}」のほうが長い文です` };
  }
  if (second !== undefined && second.length >= Math.max(SENTENCE_LENGTH, best.length / 2)) {
    return { doubt: `原文らしい列が二つあります: 「${best.column}」「${second.column}」` };
  }
  return { column: best.column };
}

/** The longest cell of a column that is kept unasked. */
const SHORT = 100;

function chooseAttributes(sample: Sample, rest: readonly string[]) {
  const personal = rest.filter((column) => isPersonal(sample, column));
  const others = rest.filter((column) => !personal.includes(column) && column !== "__proto__");
  const kept = others.filter((column) =>
    sample.cells(column).every(({ length }) => length <= SHORT),
  );
  const long = others.filter((column) => !kept.includes(column));
  const notes = [
    ...(personal.length > 0 ? [`個人情報らしい列は取り込みません: ${personal.join("、")}`] : []),
    ...(long.length > 0 ? [`文の長い列は取り込みません: ${long.join("、")}`] : []),
  ];
  return { kept, notes };
}

/** The name of a guessed source is made of its columns: see `sourceName`. */
function identityNote(id: string | readonly string[] | undefined): string {
  const names = [id ?? []].flat().map((column) => `「${column}」`);
  const same = names.length === 0 ? "日時と本文が同じ声" : `${names.join("と")}が同じ声`;
  return (
    `見出しの同じファイルはひとつの取込元と見なし、${same}は一度だけ数えます。` +
    "別のシステムから来た同じ見出しのファイルがあるときは、--source で取込元を分けてください"
  );
}

function isPersonal(sample: Sample, column: string): boolean {
  return isPersonalName(column) || looksPersonal(sample.cells(column));
}

function constantChannel({ rating }: { rating?: string | undefined }): "survey" | "other" {
  return rating === undefined ? "other" : "survey";
}
