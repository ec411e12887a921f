import type { EnrichedSegment } from "../pipeline/schema/enriched-record.ts";
import { findExaggeratedPraise } from "./exaggerated-praise.ts";
import type { Morpheme } from "./morpheme.ts";
import { findRudeStaff } from "./rude-staff.ts";
import { findSuffered } from "./suffered-harm.ts";
import { findUnheeded } from "./unheeded-allergy.ts";

/** What a tag settled by plain words counts for: of 20 that harm settles on the examples, all are right. */
export const SETTLED_CONFIDENCE = 0.9;

/** The tags that plain words may settle. */
type Judgement = Pick<
  EnrichedSegment,
  "sentiment" | "sentimentConfidence" | "polarity" | "kind" | "kindConfidence" | "why"
>;

/**
 * What plain words say where heads are known to misread them: 「食べた後に下痢をして病院に行きました」 is no neutral report, 「うますぎて困る」 no
 * complaint, and 「担当者が失礼」 one. What a head finds good or asked for beside harm stays.
 */
export function settleJudgement(judged: Judgement, morphemes: readonly Morpheme[]): Judgement {
  const praise = findExaggeratedPraise(morphemes);
  if (praise !== undefined) return overrule(judged, PRAISE, praise);
  if (judged.sentiment === "positive") return judged;
  const harm = findSuffered(morphemes) ?? findUnheeded(morphemes);
  if (harm !== undefined) return overrule(judged, COMPLAINT, harm);
  const rude = COMPLAINT.overrules.includes(judged.kind) ? findRudeStaff(morphemes) : undefined;
  return rude === undefined ? judged : overrule(judged, COMPLAINT, rude);
}

type Verdict = {
  readonly sentiment: "negative" | "positive";
  readonly kind: "complaint" | "praise";
  readonly polarity: number;
  /** The heads' kinds that are overruled. */
  readonly overrules: readonly Judgement["kind"][];
};

const COMPLAINT: Verdict = {
  sentiment: "negative",
  kind: "complaint",
  polarity: -SETTLED_CONFIDENCE,
  overrules: [null, "other"],
};
const PRAISE: Verdict = {
  sentiment: "positive",
  kind: "praise",
  polarity: SETTLED_CONFIDENCE,
  overrules: [null, "other", "complaint"],
};

/** @param told the words that settle it; the heads' own stay where they say the same */
function overrule(judged: Judgement, verdict: Verdict, told: string): Judgement {
  const { sentiment, kind, polarity, overrules } = verdict;
  const agrees = judged.sentiment === sentiment;
  const isOverruled = overrules.includes(judged.kind);
  const settled = {
    ...judged,
    sentiment,
    sentimentConfidence: Math.max(SETTLED_CONFIDENCE, agrees ? judged.sentimentConfidence : 0),
    polarity:
      polarity < 0 ? Math.min(polarity, judged.polarity) : Math.max(polarity, judged.polarity),
    why: agrees && !isOverruled ? judged.why : [told],
  };
  return isOverruled ? { ...settled, kind, kindConfidence: SETTLED_CONFIDENCE } : settled;
}
