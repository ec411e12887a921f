import { addDays } from "../../pipeline/period.ts";
import { DAYS_TOLD } from "../daily/daily-signals.ts";
import type { Figures } from "../figure.ts";
import type { ReportEffects, Span } from "../report-effects.ts";
import { boundLists, type Listing } from "./bounded-lists.ts";
import type { Voices } from "./voice.ts";

/** A daily digest has no period before its own: its signals reach some weeks back. */
type Spanned = { readonly period: Span; readonly previous?: Span };

/** Of all voices that its figures count: those it compares with are listed too. */
export function countedSpan({ period: { until }, previous }: Spanned): Span {
  return { from: previous?.from ?? addDays(until, -DAYS_TOLD), until };
}

type Draft = Spanned & {
  readonly taxonomy: string;
  /** With all their voices. */
  readonly figures: Figures;
  /** Those from before the span. */
  readonly voices: Voices;
};

/**
 * The end of every report: lists are cut, and the words are fetched of those voices only that a list still names or
 * that the report speaks of.
 */
export async function withListedVoices<Report extends Draft>(
  effects: ReportEffects,
  report: Report,
): Promise<Report & Listing> {
  const listing = boundLists(report.figures);
  const ids = new Set<string>();
  for (const { voiceIds } of Object.values(listing.figures)) for (const id of voiceIds) ids.add(id);
  const { figures, ...said } = report;
  addNamed(said, ids);
  const voices = await effects.readWords([...ids], countedSpan(report), report.taxonomy);
  return {
    ...report,
    ...listing,
    voices: { ...report.voices, ...voices },
  };
}

/** Whoever is named must be listed, or nobody could forget him. */
function addNamed(value: unknown, ids: Set<string>): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === "voiceId" && typeof inner === "string") ids.add(inner);
    else addNamed(inner, ids);
  }
}
