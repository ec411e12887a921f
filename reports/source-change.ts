import { z } from "zod";
import { sourceTitle } from "../pipeline/intake/propose/source-name.ts";
import { formatCount } from "./format-japanese.ts";
import type { Baseline } from "./past/past.ts";
import type { OriginRow } from "./report-rows.ts";
import { BEGUN_BEFORE, type Change } from "./statistics/change.ts";

const Sources = z.strictObject({ names: z.array(z.string()), voices: z.number().int() });
type Sources = z.infer<typeof Sources>;

/** Sources that had a good part of the voices in one of two periods and none in the other: shares of the two differ by that alone. */
export const SourceChange = z.strictObject({ gone: Sources, come: Sources });
export type SourceChange = z.infer<typeof SourceChange>;

export const SourceRow = z.strictObject({
  source: z.string(),
  voice_count: z.number().int(),
  /** Of the periods that were asked for, those with a voice of it. */
  period_count: z.number().int(),
});
type SourceRow = z.infer<typeof SourceRow>;

/** Of a period's voices. */
const GOOD_PART = 0.1;
/** A source with fewer may have none in the next period by chance. */
const FEWEST_VOICES = 5;

export type Origins = readonly Pick<z.infer<typeof OriginRow>, "source" | "voice_count">[];

/** @param arrived sources of this period's voices, those of other lines too. @returns null where both have the same, or one of them no voice */
export function sourceChangeOf(
  before: Origins,
  now: Origins,
  arrived: ReadonlySet<string>,
): SourceChange | null {
  if (before.length === 0 || now.length === 0) return null;
  const gone = absentFrom(arrived, before);
  const come = absentFrom(new Set(before.map(({ source }) => source)), now);
  return gone.voices + come.voices === 0 ? null : { gone, come };
}

/**
 * The same against the periods of the usual level: a source that spoke in fewer than half of them is not of what is
 * usual yet.
 *
 * @param usual sources of those periods
 * @param periods their number; none where nothing is usual
 */
export function usualSourceChangeOf(
  usual: readonly SourceRow[],
  periods: number,
  { now, arrived }: { readonly now: Origins; readonly arrived: ReadonlySet<string> },
): SourceChange | undefined {
  if (usual.length === 0 || now.length === 0) return undefined;
  const gone = absentFrom(arrived, usual);
  const often = usual.filter(({ period_count }) => 2 * period_count >= periods);
  const come = absentFrom(new Set(often.map(({ source }) => source)), now);
  return gone.voices + come.voices === 0 ? undefined : { gone, come };
}

function absentFrom(others: ReadonlySet<string>, origins: Origins): Sources {
  const total = sumOf(origins);
  const names = [...new Set(origins.map(({ source }) => source))].filter((source) => {
    const voices = sumOf(origins.filter((each) => each.source === source));
    return !others.has(source) && voices >= Math.max(FEWEST_VOICES, GOOD_PART * total);
  });
  return { names, voices: sumOf(origins.filter(({ source }) => names.includes(source))) };
}

function sumOf(origins: Origins): number {
  return origins.reduce((sum, { voice_count }) => sum + voice_count, 0);
}

/** What a report says of its sources, and of those that it is compared with. */
export type ToldSources = {
  readonly sourceChange: SourceChange | null;
  readonly usualSourceChange?: SourceChange | undefined;
};

type Words = { readonly this: string; readonly previous: string };

/** One sentence and what follows from it; empty where the sources are the same. Of two, the change since the period before. */
export function sourceNote({ sourceChange, usualSourceChange }: ToldSources, words: Words): string {
  if (sourceChange !== null) return previousNote(sourceChange, words);
  return usualSourceChange === undefined ? "" : usualNote(usualSourceChange, words);
}

function usualNote({ gone, come }: SourceChange, words: Words): string {
  const what = [
    ...(gone.voices === 0
      ? []
      : [`いつもの水準に入っている${voicesOf(gone)}は${words.this}ありません`]),
    ...(come.voices === 0
      ? []
      : [`${words.this}の${voicesOf(come)}は、いつもの水準のもとになる期間の多くにはありません`]),
  ];
  return `${what.join("。")}。いつもと比べた数字は、その影響を受けます。`;
}

function previousNote({ gone, come }: SourceChange, words: Words): string {
  const had = `${words.previous}にあった${voicesOf(gone)}が${words.this}は`;
  const added = `${words.previous}になかった${voicesOf(come)}が`;
  const what =
    come.voices === 0
      ? `${had}ありません`
      : `${gone.voices === 0 ? "" : `${had}なく、`}${added}${gone.voices === 0 ? `${words.this}は` : ""}あります`;
  return `${what}。${words.previous}と比べた数字は、その影響を受けます。`;
}

function voicesOf({ names, voices }: Sources): string {
  return `${[...new Set(names.map(sourceTitle))].map((title) => `「${title}」`).join("")}の声（${formatCount(voices)}件）`;
}

/** Whether the sources are those of the period before and of the usual level. */
export function hasOtherSources({ sourceChange, usualSourceChange }: ToldSources): boolean {
  return sourceChange !== null || usualSourceChange !== undefined;
}

/** Lines of which no change is told where the sources are not the same: neither from the period before nor from the usual level. */
export function comparableLines<
  Line extends { readonly change: Change | null; readonly usual: Baseline | null },
>(lines: readonly Line[], sources: ToldSources): readonly Line[] {
  if (!hasOtherSources(sources)) return lines;
  const isBegun = sources.sourceChange !== null;
  return lines.map((line) => ({
    ...line,
    change: isBegun && line.change !== null ? BEGUN_BEFORE : line.change,
    usual: null,
  }));
}
