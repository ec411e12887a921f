import { readFile } from "node:fs/promises";
import { parseDocument } from "yaml";
import { z } from "zod";
import { ConfigError, messageOf } from "../errors.ts";
import { Channel } from "../schema/raw-voice.ts";
import { describeIssues } from "./describe-issues.ts";
import { ENCODINGS } from "./encoding/encoding.ts";
import { FORMATS } from "./files/guess-format.ts";
import { DateReading } from "./record/read-day.ts";

const Column = z
  .string("列名（文字列）")
  .trim()
  .min(1, "空でない列名")
  // Objects keyed by column name would take it for their prototype.
  .refine((name) => name !== "__proto__", "__proto__ でない列名");

const Constant = z.string("文字列").trim().min(1, "空でない文字列").max(200, "200 文字以内");

const Marks = z.array(z.string("目印の文字列").trim().min(1).max(40), "目印の一覧").max(40);

const CHANNELS = Channel.options.join(" | ");

const ChannelValue = z.enum(Channel.options, `${CHANNELS} のどれか`);

/** A column that says by which channel a voice came. */
export const ChannelColumn = z.strictObject(
  {
    column: Column,
    /** From the column's value, compared after NFKC and trim. */
    values: z
      .record(z.string(), ChannelValue, "列の値とチャネルの対応表")
      .transform((values) =>
        Object.fromEntries(
          Object.entries(values).map(([value, channel]) => [normalizeValue(value), channel]),
        ),
      ),
    /** For values that are not in the map. Without it such a record is rejected. */
    otherwise: ChannelValue.optional(),
  },
  objectOf("column, values, otherwise"),
);

export type ChannelColumn = z.infer<typeof ChannelColumn>;

const Columns = z.strictObject(
  {
    /** Or several columns that tell records apart together, such as a running number and its day. */
    id: z.union([Column, z.array(Column).min(1).max(5)], "列名、または列名の一覧").optional(),
    /** Or the day's column and the time's. */
    receivedAt: z.union([Column, z.array(Column).length(2)], "列名、または日付と時刻の列名の組"),
    /** Or, of a survey, several: each answer becomes a voice, joined by its respondent. */
    verbatim: z.union([Column, z.array(Column).min(2).max(30)], "列名、または列名の一覧"),
    rating: Column.optional(),
    product: Column.optional(),
    place: Column.optional(),
    lot: Column.optional(),
    customerKey: Column.optional(),
  },
  objectOf("id, receivedAt, verbatim, rating, product, place, lot, customerKey"),
);

const Described = z.strictObject(
  {
    /** Part of each voice's identity: all exports of one system share it, and no other system does. */
    name: z.string("文字列").trim().min(1, "空でない名前").max(100, "100 文字以内"),
    channel: z.union(
      [ChannelValue, ChannelColumn],
      `${CHANNELS} のどれか、または column と values の組`,
    ),
    encoding: z
      .enum(["auto", ...ENCODINGS], `auto | ${ENCODINGS.join(" | ")} のどれか`)
      .default("auto"),
    format: z.enum(["auto", ...FORMATS], `auto | ${FORMATS.join(" | ")} のどれか`).default("auto"),
    columns: Columns,
    /** What the dates of the source leave open. */
    dates: DateReading.optional(),
    /** What stands before the words of each, where one cell holds both: only the customer's are classified. */
    marks: z
      .strictObject({ customer: Marks.default([]), desk: Marks.min(1) }, objectOf("customer, desk"))
      .optional(),
    /** The header when the description was written: what differs from it is said before anything is loaded. */
    header: z.array(Column, "列名の一覧").optional(),
    /** The file has no header row: what its columns are called, from the left. */
    names: z.array(Column, "列名の一覧").min(2, "2 つ以上の列名").optional(),
    /** Columns that are kept as they are. */
    attributes: z.array(Column, "列名の一覧").default([]),
    /** For records whose column is absent or empty. */
    defaults: z
      .strictObject(
        {
          product: Constant.optional(),
          place: Constant.optional(),
          lot: Constant.max(100, "100 文字以内").optional(),
        },
        objectOf("product, place, lot"),
      )
      .default({}),
  },
  objectOf(
    "name, channel, encoding, format, columns, dates, marks, header, names, attributes, defaults",
  ),
);

type Named = Pick<
  z.infer<typeof Described>,
  "columns" | "attributes" | "channel" | "header" | "names"
>;

/** @returns what is expected instead */
function namesFaults({ columns, attributes, channel, header, names }: Named): string[] {
  if (names === undefined) return [];
  const ways = typeof channel === "object" ? [channel.column] : [];
  const used = [...Object.values(columns).flat(), ...attributes, ...ways];
  const unknown = used.filter((column) => column !== undefined && !names.includes(column));
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  return [
    ...(header === undefined
      ? []
      : ["header か names のどちらか（names は見出しの行がないファイルに）"]),
    ...(twice.length === 0 ? [] : [`列ごとに違う名前。二度あるもの: ${twice.join("、")}`]),
    ...(unknown.length === 0
      ? []
      : [
          `columns、channel、attributes に書いた列がすべてある一覧。ないもの: ${unknown.join("、")}`,
        ]),
  ];
}

/** How the columns of one source become voices. */
export const SourceDescription = Described.superRefine((described, context) => {
  const { attributes, columns } = described;
  for (const message of namesFaults(described)) {
    context.addIssue({ code: "custom", path: ["names"], input: described.names, message });
  }
  const sealed = new Map([
    ...[columns.verbatim].flat().map((column) => [column, "verbatim（お客様の言葉）"] as const),
    [columns.customerKey, "customerKey（お客様番号）"],
  ]);
  for (const [index, column] of attributes.entries()) {
    const path = ["attributes", index];
    const role = sealed.get(column);
    if (role !== undefined) {
      const message = `ほかの列名。「${column}」は columns の ${role} に使う列です。属性はそのまま誰でも読めるところに残るので、attributes から「${column}」を消してください`;
      context.addIssue({ code: "custom", path, input: column, message });
    } else if (attributes.indexOf(column) !== index) {
      context.addIssue({
        code: "custom",
        path,
        input: column,
        message: `一度だけ書いた列名。attributes に「${column}」が 2 度あるので、片方を消してください`,
      });
    }
  }
});

export type SourceDescription = z.infer<typeof SourceDescription>;
export type EncodingWish = SourceDescription["encoding"];

/**
 * Reads a source description.
 *
 * @throws ConfigError which names every mistake at once
 */
export async function loadSource(path: string): Promise<SourceDescription> {
  return parseSource(await readText(path), path);
}

/** @param path only named in messages */
export function parseSource(yaml: string, path: string): SourceDescription {
  const document = parseDocument(yaml, { prettyErrors: true });
  if (document.errors.length > 0) {
    const lines = document.errors.map(({ message }) => `  - ${message.split("\n")[0]}`);
    throw new ConfigError(`${path}: YAML として読めません。\n${lines.join("\n")}`, {
      cause: document.errors[0],
    });
  }
  const read: unknown = document.toJS();
  const parsed = SourceDescription.safeParse(read);
  if (parsed.success) return parsed.data;
  const lines = describeIssues(parsed.error.issues, read).map((line) => `  - ${line}`);
  throw new ConfigError(
    `${path}: 取り込み元の説明に誤りが ${lines.length} 件あります。\n${lines.join("\n")}`,
    { cause: parsed.error },
  );
}

/** One spelling for the values that a column and a description both write. */
export function normalizeValue(value: string): string {
  return value.normalize("NFKC").trim();
}

function objectOf(keys: string): string {
  return `次の項目の組: ${keys}`;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new ConfigError(`${path}: 取り込み元の説明を読めません（${messageOf(cause)}）。`, {
      cause,
    });
  }
}
