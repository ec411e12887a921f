import type { EnrichedVoice } from "../schema/enriched-record.ts";
import type { Origin } from "../schema/origin.ts";

/** A revision of a voice that the warehouse, or an earlier record of the same batch, holds. */
export type KnownRevision = {
  readonly hash: string;
  /** From 1 in order of arrival. */
  readonly revision: number;
  readonly epoch: number;
};

export type Arrival = { readonly origin: Origin; readonly voice: EnrichedVoice };

export type Decided = {
  /** What to store as each voice's current state, one entry a voice. */
  readonly current: readonly (Arrival & { readonly revision: number })[];
  /** What was the current state until a later record of the same batch came. */
  readonly superseded: readonly (Arrival & { readonly revision: number })[];
  /** Revisions seen for the first time, in order of arrival. */
  readonly revisions: readonly (Arrival & { readonly revision: number })[];
  /** Stored revisions that a higher epoch enriched again. */
  readonly raised: readonly (Arrival & { readonly revision: number })[];
  /** Origins of the records that brought a new voice or revision; the others are duplicates. */
  readonly fresh: ReadonlySet<Arrival>;
};

/**
 * Decides what each arriving voice is by the set (voiceId, revision, epoch), never by a high-water mark: a
 * retry or an overlapping export may bring an old record at a new place.
 *
 * @param known stored revisions by voice id
 */
export function decideRevisions(
  arrivals: readonly Arrival[],
  known: ReadonlyMap<string, readonly KnownRevision[]>,
): Decided {
  const seen = new Map<string, KnownRevision[]>();
  const current = new Map<string, Arrival & { readonly revision: number }>();
  const superseded: (Arrival & { readonly revision: number })[] = [];
  const place = (placed: Arrival & { readonly revision: number }): void => {
    const before = current.get(placed.voice.voiceId);
    if (before !== undefined) superseded.push(before);
    current.set(placed.voice.voiceId, placed);
  };
  const revisions: (Arrival & { readonly revision: number })[] = [];
  const raised: (Arrival & { readonly revision: number })[] = [];
  const fresh = new Set<Arrival>();
  for (const arrival of arrivals) {
    const { origin, voice } = arrival;
    const { voiceId, revision: hash, epoch } = voice;
    const versions = seen.get(voiceId) ?? [...(known.get(voiceId) ?? [])];
    seen.set(voiceId, versions);
    const index = versions.findIndex((version) => version.hash === hash);
    const stored = versions[index];
    if (stored === undefined) {
      const placed = { origin, voice, revision: versions.length + 1 };
      versions.push({ hash, revision: placed.revision, epoch });
      revisions.push(placed);
      place(placed);
      fresh.add(arrival);
    } else if (epoch > stored.epoch) {
      versions[index] = { ...stored, epoch };
      const placed = { origin, voice, revision: stored.revision };
      raised.push(placed);
      if (stored.revision === versions.length) place(placed);
    }
  }
  return { current: [...current.values()], superseded, revisions, raised, fresh };
}
