import { z } from "zod";
import { ATTRIBUTE_LIMIT, Channel, ID_LIMIT, VERBATIM_LIMIT } from "../../schema/raw-voice.ts";
import { valueAt } from "../describe-issues.ts";
import { GARBLING_WORDS } from "../encoding/garbled.ts";
import { mapCells, type Reject } from "../record/map-cells.ts";
import { parseReceivedAt } from "../record/parse-received-at.ts";
import { answerSource } from "../record/split-answers.ts";
import { SourceDescription } from "../source.ts";
import type { BroughtContent } from "../take-in-records.ts";

const text = (limit: number) =>
  z
    .string("文字列")
    .trim()
    .min(1, "空でない文字列（値がなければ項目ごと省く）")
    .max(limit, `${limit} 文字まで`);

/** By the fields' own names, which a retry of a dead letter reads as well. */
const COLUMNS = {
  id: "id",
  receivedAt: "receivedAt",
  verbatim: "verbatim",
  rating: "rating",
  product: "product",
  place: "place",
  lot: "lot",
  customerKey: "customer",
};
const OTHER_NAMES = ["channel", "attributes", "__proto__"];

/** Attributes stand beside the fields as columns do, so they need other names. */
const AttributeName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((name) => !isField(name) && !OTHER_NAMES.includes(name));

function isField(name: string): boolean {
  return Object.values(COLUMNS).includes(name);
}

/** One voice as another system sends it. */
export const HttpVoice = z.strictObject(
  {
    id: text(ID_LIMIT)
      .optional()
      .describe(
        "The voice's id in the sending system. Sent again with the same id it is the same voice; with other words, a new revision of it. Without an id a voice is told apart by receivedAt, words and its place among the same words in its request.",
      ),
    receivedAt: z
      .string("日時の文字列")
      .max(64, "64 文字まで")
      .refine(
        (value) => typeof parseReceivedAt(value) === "object",
        "2026-01-05T09:00:00+09:00 か 2026-01-05 のような、暦にある日時",
      )
      .describe(
        "When the customer said it: ISO 8601, or a day. Without an offset it is the time of Asia/Tokyo.",
      ),
    verbatim: z
      .string("文字列")
      .max(VERBATIM_LIMIT, `${VERBATIM_LIMIT} 文字まで`)
      .describe("The customer's own words. Only blanks: the voice is counted as empty."),
    channel: Channel,
    rating: z
      .number("数")
      .refine(
        (value) => /^-?\d{1,9}(?:\.\d{1,9})?$/.test(String(value)),
        "整数部・小数部とも 9 桁まで",
      )
      .optional()
      .describe("The customer's rating, on the sending system's own scale."),
    product: text(200).optional(),
    place: text(200).optional(),
    lot: text(100).optional(),
    customer: text(ID_LIMIT)
      .optional()
      .describe("The customer's key in the sending system. Only a keyed hash of it is kept."),
    attributes: z
      .record(AttributeName, text(ATTRIBUTE_LIMIT), "名前と文字列の組")
      .optional()
      .describe("Kept beside the voice, masked. Names other than the fields' own."),
  },
  "項目の組",
);

export type HttpVoice = z.infer<typeof HttpVoice>;

/** One thing that is wrong with a voice, without a word of it. */
export const FieldError = z.strictObject({
  field: z.string().optional().describe("Name of the field; absent where the whole is meant."),
  message: z.string().describe("What kind of value was read and what was expected, in Japanese."),
});
export type FieldError = z.infer<typeof FieldError>;

export type ReadVoice =
  | { readonly status: "ok"; readonly voice: HttpVoice }
  | { readonly status: "refused"; readonly errors: FieldError[]; readonly content: BroughtContent };

export function readVoice(value: unknown): ReadVoice {
  const parsed = HttpVoice.safeParse(value);
  if (parsed.success) return { status: "ok", voice: parsed.data };
  const errors = parsed.error.issues.map((issue) => fieldError(issue, value));
  const problem = problemOf(value, errors);
  return { status: "refused", errors, content: { problem, bytes: textOf(value) } };
}

/** A voice as it is taken in, with what its sender is told. */
export type MappedVoice = {
  readonly status: "accepted" | "empty" | "refused";
  readonly errors: FieldError[];
  readonly content: BroughtContent;
};

/** What mapping makes a dead letter of is no accepted voice: the sender is told, and it goes along as it is. */
export function mapVoices(read: readonly ReadVoice[], source: SourceDescription): MappedVoice[] {
  const answers = answerSource(source);
  return read.map((one) => {
    if (one.status === "refused") return one;
    const cells = cellsOf(one.voice);
    const mapped = mapCells(cells, answers);
    const content = { cells, mapped };
    if ("skip" in mapped) return { status: "empty", errors: [], content };
    if (!("reason" in mapped)) return { status: "accepted", errors: [], content };
    return { status: "refused", errors: [unmappedError(mapped)], content };
  });
}

function unmappedError({ column, reason }: Reject): FieldError {
  const field = column !== undefined && isField(column) ? column : "attributes";
  const [read, expected] = REASONS[reason] ?? ["取り込めない値", "ファイルの列としても読める値"];
  return { field, message: `読んだもの: ${read}、期待: ${expected}` };
}

/** What was read, and what is expected, by what mapping calls it. */
const REASONS: Readonly<Record<string, readonly [string, string]>> = {
  ...Object.fromEntries(
    Object.entries(GARBLING_WORDS).map(([reason, read]) => [
      reason,
      [read, "正しい文字コードで読んだ文字列"] as const,
    ]),
  ),
  "error cell": ["Excel のエラー（#N/A など）", "値そのもの"],
};

function fieldError(issue: z.core.$ZodIssue, root: unknown): FieldError {
  const { code, path } = issue;
  const [field] = path;
  if (code === "unrecognized_keys") {
    const known = Object.keys(HttpVoice.shape).join("、");
    return { message: `知らない項目が ${issue.keys.length} つあります。期待: ${known} だけ` };
  }
  // An attribute's name is the sender's text as its value is.
  if (code === "invalid_key") {
    const message = "読んだもの: 使えない名前、期待: ほかの項目と違う名前（100 文字まで）";
    return { field: "attributes", message };
  }
  const expected = code === "invalid_value" ? Channel.options.join(" | ") : issue.message;
  const message = `読んだもの: ${kindOf(valueAt(root, path))}、期待: ${expected}`;
  return { ...(field !== undefined && { field: String(field) }), message };
}

/** What a value is, and nothing that it says: it may be a customer's words. */
function kindOf(value: unknown): string {
  if (value === undefined) return "（項目がありません）";
  if (value === null) return "null";
  if (Array.isArray(value)) return "一覧";
  if (typeof value === "string") {
    return value.trim() === "" ? "空の文字列" : `${value.length} 文字の文字列`;
  }
  return { number: "数", boolean: "true か false" }[String(typeof value)] ?? "項目の組";
}

/** The reasons of files, so that they are counted together. */
function problemOf(value: unknown, [first]: readonly FieldError[]) {
  if (typeof value !== "object" || value === null) return { reason: "not a JSON object" };
  const column = first?.field;
  if (column === undefined) return { reason: "unreadable cell" };
  const written: unknown = Reflect.get(value, column);
  if (written === undefined) return { reason: "missing column", column };
  if (column === "receivedAt") return { reason: "unreadable date", column };
  if (column === "channel") return { reason: "unknown channel", column };
  if (column === "verbatim" && typeof written === "string") {
    return { reason: "verbatim too long", column };
  }
  return { reason: "unreadable cell", column };
}

/** Nested too deep, it cannot be written back. */
function textOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "";
  }
}

export function attributeNames(voices: readonly HttpVoice[]): ReadonlySet<string> {
  return new Set(voices.flatMap((voice) => Object.keys(voice.attributes ?? {})));
}

/** The columns that voices are read by, as if they had come in a file. */
export function sourceOf(name: string, voices: readonly HttpVoice[]): SourceDescription {
  const values = Object.fromEntries(Channel.options.map((value) => [value, value]));
  return SourceDescription.parse({
    name,
    channel: { column: "channel", values },
    columns: COLUMNS,
    attributes: [...attributeNames(voices)],
  });
}

function cellsOf({ attributes, ...fields }: HttpVoice): Map<string, string> {
  const cells = Object.entries({ ...attributes, ...fields });
  return new Map(cells.map(([column, value]) => [column, String(value)]));
}
