import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { SourceDescription } from "./source.ts";

const Cells = z.record(z.string(), z.string());
const Problem = {
  /** A short fixed phrase, so that it can be counted: "mail too large". */
  problem: z.string().min(1).max(100),
  /** What came, as far as it is text. It is sealed; a person sees only the phrase. */
  bytes: z.string().default(""),
};
const number = z.int().nonnegative();

const Numbered = z.union([
  z.strictObject({ number, cells: Cells }),
  z.strictObject({ number, ...Problem }),
]);
const Unnumbered = z.union([z.strictObject({ cells: Cells }), z.strictObject(Problem)]);
export type UnnumberedRecord = z.input<typeof Unnumbered>;

/** Where a source goes on. It is kept as JSON in `voc.actions`, so no word of a customer stands in it. */
export const Watermark = z.json();
export type Watermark = z.infer<typeof Watermark>;

const batch = {
  /** The place after these records; asked for again from the one before as long as it is not kept. */
  watermark: Watermark,
  /** What staff should know, in Japanese. */
  note: z.string().max(500).optional(),
};

/**
 * Records that came together. A source that numbers its records itself names the stream in which a number is the same
 * record for ever, such as a mailbox and its UIDVALIDITY; other records have an id among their cells.
 */
export const PulledBatch = z.union([
  z.strictObject({
    ...batch,
    stream: z.string().regex(/^[\w.:-]{1,100}$/),
    records: z.array(Numbered),
  }),
  z.strictObject({ ...batch, records: z.array(Unnumbered) }),
]);
export type PulledBatch = z.input<typeof PulledBatch>;

/** What a plugin is given for one reading. */
export type Reading<Settings> = {
  /** Name of the source in `kizuki.yaml`. */
  readonly name: string;
  readonly settings: Settings;
  /** What stands in the files that `secrets:` names. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Relative paths in the settings are meant from here: the folder of `kizuki.yaml`. */
  readonly folder: string;
  readonly clock: Clock;
  /** Aborted where the process is to end. */
  readonly signal: AbortSignal;
};

/** One way to fetch voices: what `plugin` is in the one file of a source plugin. */
export type SourcePlugin<Settings extends z.ZodType = z.ZodType> = {
  readonly manifest: {
    readonly name: string;
    /** What it reads, for those who choose it. */
    readonly reads: { readonly ja: string; readonly en: string };
    readonly Settings: Settings;
    /** Secrets by name, and whether a source may go without. Each is a file: `kizuki.yaml` is copied and mailed. */
    readonly secrets: Readonly<Record<string, "required" | "optional">>;
    /** How its cells become voices, where the source brings no description of its own. */
    readonly source?: Omit<z.input<typeof SourceDescription>, "name">;
  };
  /**
   * Fetches what is new. Asked for the next batch only when the one before is kept for good, so what it does to the
   * other side, such as marking mails as read, it does after the `yield`.
   *
   * @param watermark as it stood in the newest batch that was kept; undefined at first
   * @throws PullError saying what to do
   */
  read(
    watermark: Watermark | undefined,
    reading: Reading<z.infer<Settings>>,
  ): AsyncIterable<PulledBatch>;
};
