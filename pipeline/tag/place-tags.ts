import { z } from "zod";
import type { Kind, Sentiment } from "../schema/enriched-record.ts";
import type { SegmentTagged } from "../schema/tag-actions.ts";

/** Half-open, in code points of a voice's text. */
export type Span = { readonly start: number; readonly end: number };

/** What a person once said of a segment's tags, see `SegmentTagged`. */
export type SaidTag = Readonly<
  Pick<SegmentTagged, "start" | "end" | "textHash" | "wordsHash" | "step" | "topics">
> & {
  readonly tagId: string;
  readonly sentiment: Sentiment | null;
  readonly kind: Kind | null;
  /** Why it can hold for no segment: the voice is not there, or has other words; null where it is as the person read it. */
  readonly gone: "other-words" | "no-voice" | null;
  /** Whether the text is to the letter what the person read: the same words may be masked otherwise. */
  readonly isAsRead: boolean;
};

/** A segment of now, with its words as in `SegmentTagged`. */
export type Cut = Span & { readonly wordsHash: string };

/** What became of it, see `person_tags.state`. */
export const TagState = z.enum([
  "standing",
  "replaced",
  "undone",
  "no-segment",
  "other-words",
  "no-voice",
]);
export type TagState = z.infer<typeof TagState>;

/** A tag, and the segment that it is about now. */
type Found<Segment> = { readonly tag: SaidTag; readonly segment: Segment | undefined };

/** One thing a tag says: of the sentiment, of the kind, or of all topics of a taxonomy. */
type Claim<Segment> = Found<Segment> & {
  readonly head: string;
  readonly lay: (segment: Laid) => Laid;
};

/** What people say of one segment; null where nobody said anything. */
export type Laid = {
  readonly sentiment: { readonly value: Sentiment; readonly tagId: string } | null;
  readonly kind: { readonly value: Kind; readonly tagId: string } | null;
  readonly topics: readonly {
    readonly taxonomy: string;
    readonly tagId: string;
    readonly topics: readonly string[];
  }[];
};

export type Placed<Segment extends Span> = {
  /** Segments that people said something of. */
  readonly laid: readonly { readonly segment: Segment; readonly said: Laid }[];
  readonly states: ReadonlyMap<string, TagState>;
};

/**
 * Decides which of the things that people said of a voice hold for which of its segments. It depends on nothing but
 * what is there: whichever came first, the segments or the words, it is the same.
 *
 * @param tags of one voice, in the order they were said in
 * @param segments as the voice is cut now
 */
export function placeTags<Segment extends Cut>(
  tags: readonly SaidTag[],
  segments: readonly Segment[],
): Placed<Segment> {
  const found = tags.map((tag) => ({ tag, segment: segmentOf(tag, segments) }));
  const { claims, states } = standingClaims(found);
  const laid = new Map<Segment, Laid>();
  for (const { tag, segment, head, lay } of claims) {
    if (segment !== undefined) laid.set(segment, lay(laid.get(segment) ?? UNSAID));
    // What is lost of it on one head is told, whatever became of another.
    else if (states.get(tag.tagId) !== tag.gone)
      states.set(tag.tagId, stateOfLost(tag, head, found));
  }
  return { laid: [...laid].map(([segment, said]) => ({ segment, said })), states };
}

const UNSAID: Laid = { sentiment: null, kind: null, topics: [] };

/** Where other masks have moved the text, a span names other words: only the words tell, and only where they stand once. */
function segmentOf<Segment extends Cut>(
  tag: SaidTag,
  segments: readonly Segment[],
): Segment | undefined {
  if (tag.gone !== null) return undefined;
  if (tag.isAsRead) return segments.find((segment) => isSamePlace(segment, tag));
  const [one, another] = segments.filter(({ wordsHash }) => wordsHash === tag.wordsHash);
  return another === undefined ? one : undefined;
}

/** What each undo took back as far as spans tell: on which heads (see `Claim`), and who had said it. */
export function undoneClaims(
  tags: readonly SaidTag[],
): ReadonlyMap<string, readonly { readonly tagId: string; readonly head: string }[]> {
  const { undone } = standingClaims(tags.map((tag) => ({ tag, segment: undefined })));
  return new Map(
    [...undone].map(([undo, claims]) => [
      undo,
      claims.map(({ tag, head }) => ({ tagId: tag.tagId, head })),
    ]),
  );
}

/** A later word on the same head of the same place takes an earlier one's place; an undo takes back all of the place. */
function standingClaims<Segment>(found: readonly Found<Segment>[]) {
  const states = new Map<string, TagState>();
  const undone = new Map<string, readonly Claim<Segment>[]>();
  let claims: Claim<Segment>[] = [];
  for (const one of found) {
    const { tag } = one;
    const own = claimsOf(one);
    const isTaken = (claim: Claim<Segment>) => isAboutSame(claim, one) && speaksOf(tag, claim.head);
    const taken = claims.filter(isTaken);
    if (tag.step === "undo") undone.set(tag.tagId, taken);
    for (const claim of taken) {
      states.set(claim.tag.tagId, tag.step === "undo" ? "undone" : "replaced");
    }
    claims = [...claims.filter((claim) => !isTaken(claim)), ...own];
    states.set(tag.tagId, "standing");
  }
  return { claims, states, undone };
}

/** Spans can be compared in one text only. */
function isAboutSame<Segment>(one: Found<Segment>, other: Found<Segment>): boolean {
  if (one.tag.textHash === other.tag.textHash) return isSamePlace(one.tag, other.tag);
  return one.segment !== undefined && one.segment === other.segment;
}

/** A word on words that are gone needs nobody's look where a later one was said in its place; it holds when they are back. */
function stateOfLost(
  lost: SaidTag,
  head: string,
  found: readonly { readonly tag: SaidTag }[],
): TagState {
  if (lost.gone === null) return "no-segment";
  const later = found
    .slice(found.findIndex(({ tag }) => tag === lost) + 1)
    .find(({ tag }) => tag.gone === null && isSamePlace(tag, lost) && speaksOf(tag, head));
  if (later === undefined) return lost.gone;
  return later.tag.step === "undo" ? "undone" : "replaced";
}

function speaksOf({ step, sentiment, kind, topics }: SaidTag, head: string): boolean {
  if (step === "undo") return true;
  if (head === SENTIMENT) return sentiment !== null;
  if (head === KIND) return kind !== null;
  return topics.some(({ taxonomy }) => head === headOf(taxonomy));
}

const SENTIMENT = "sentiment";
const KIND = "kind";

function headOf(taxonomy: string): string {
  return `topics ${taxonomy}`;
}

function claimsOf<Segment>(found: Found<Segment>): Claim<Segment>[] {
  const { tagId, sentiment, kind, topics } = found.tag;
  const claims: Claim<Segment>[] = topics.map(({ taxonomy, topics: said }) => ({
    ...found,
    head: headOf(taxonomy),
    lay: (segment) => ({
      ...segment,
      topics: [
        ...segment.topics.filter((other) => other.taxonomy !== taxonomy),
        { taxonomy, tagId, topics: said },
      ],
    }),
  }));
  if (sentiment !== null) {
    const lay = (segment: Laid) => ({ ...segment, sentiment: { value: sentiment, tagId } });
    claims.push({ ...found, head: SENTIMENT, lay });
  }
  if (kind !== null) {
    const lay = (segment: Laid) => ({ ...segment, kind: { value: kind, tagId } });
    claims.push({ ...found, head: KIND, lay });
  }
  return claims;
}

/** More than half of both is shared; so a span has at most one such segment. */
export function isSamePlace(one: Span, other: Span): boolean {
  const shared = Math.min(one.end, other.end) - Math.max(one.start, other.start);
  return 2 * shared > one.end - one.start && 2 * shared > other.end - other.start;
}
