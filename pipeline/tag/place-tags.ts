import type { Kind, Sentiment } from "../schema/enriched-record.ts";

/** Half-open, in code points of a voice's text. */
export type Span = { readonly start: number; readonly end: number };

/** What a person once said of a segment's tags, see `SegmentTagged`. */
export type SaidTag = Span & {
  readonly tagId: string;
  readonly step: "fix" | "confirm" | "undo";
  readonly sentiment: Sentiment | null;
  readonly kind: Kind | null;
  readonly topics: readonly { readonly taxonomy: string; readonly topics: readonly string[] }[];
  /** Why it can hold for no segment: the voice is not there, or has other words; null where it is as the person read it. */
  readonly gone: "other-words" | "no-voice" | null;
};

/** What became of it, see `person_tags.state`. */
export type TagState =
  | "standing"
  | "replaced"
  | "undone"
  | "no-segment"
  | "other-words"
  | "no-voice";

/** One thing a tag says: of the sentiment, of the kind, or of all topics of a taxonomy. */
type Claim = Span & {
  readonly tagId: string;
  readonly gone: SaidTag["gone"];
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
export function placeTags<Segment extends Span>(
  tags: readonly SaidTag[],
  segments: readonly Segment[],
): Placed<Segment> {
  const { claims, states } = standingClaims(tags);
  const laid = new Map<Segment, Laid>();
  for (const claim of claims) {
    const segment =
      claim.gone === null ? segments.find((one) => isSamePlace(one, claim)) : undefined;
    states.set(claim.tagId, segment === undefined ? (claim.gone ?? "no-segment") : "standing");
    if (segment !== undefined) laid.set(segment, claim.lay(laid.get(segment) ?? UNSAID));
  }
  return { laid: [...laid].map(([segment, said]) => ({ segment, said })), states };
}

const UNSAID: Laid = { sentiment: null, kind: null, topics: [] };

/** What each undo took back: on which heads (see `Claim`), and who had said it. */
export function undoneClaims(
  tags: readonly SaidTag[],
): ReadonlyMap<string, readonly Pick<Claim, "tagId" | "head">[]> {
  return standingClaims(tags).undone;
}

/** A later word on the same head of the same place takes an earlier one's place; an undo takes back all of the place. */
function standingClaims(tags: readonly SaidTag[]) {
  const states = new Map<string, TagState>();
  const undone = new Map<string, Claim[]>();
  let claims: Claim[] = [];
  for (const tag of tags) {
    const own = claimsOf(tag);
    const heads = new Set(own.map(({ head }) => head));
    const isUndo = tag.step === "undo";
    const isTaken = (claim: Claim) => isSamePlace(claim, tag) && (isUndo || heads.has(claim.head));
    const taken = claims.filter(isTaken);
    if (isUndo) undone.set(tag.tagId, taken);
    for (const { tagId } of taken) states.set(tagId, isUndo ? "undone" : "replaced");
    claims = [...claims.filter((claim) => !isTaken(claim)), ...own];
    states.set(tag.tagId, "standing");
  }
  return { claims, states, undone };
}

function claimsOf({ tagId, start, end, gone, sentiment, kind, topics }: SaidTag): Claim[] {
  const by = { tagId, start, end, gone };
  const claims: Claim[] = topics.map(({ taxonomy, topics: said }) => ({
    ...by,
    head: `topics ${taxonomy}`,
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
    claims.push({ ...by, head: "sentiment", lay });
  }
  if (kind !== null) {
    const lay = (segment: Laid) => ({ ...segment, kind: { value: kind, tagId } });
    claims.push({ ...by, head: "kind", lay });
  }
  return claims;
}

/** More than half of both is shared; so a span has at most one such segment. */
export function isSamePlace(one: Span, other: Span): boolean {
  const shared = Math.min(one.end, other.end) - Math.max(one.start, other.start);
  return 2 * shared > one.end - one.start && 2 * shared > other.end - other.start;
}
