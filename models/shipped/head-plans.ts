import { Emotion, Kind, Sentiment } from "../../pipeline/schema/enriched-record.ts";
import type { Tuning } from "../fit-head.ts";
import type { Head } from "../head.ts";
import { isKeptBack } from "./kept-back.ts";
import type { LabelledSegment, ShippedData } from "./shipped-data.ts";

export type PlannedText = {
  readonly text: string;
  readonly labels: readonly string[];
  readonly group: string;
  /** What its file's name says of how it came to be. */
  readonly source: string;
  /** The encoder was trained on its labels. */
  readonly familiar: boolean;
};

/** What one shipped head is trained on. */
export type HeadPlan = {
  readonly name: string;
  readonly mode: Head["mode"];
  readonly labels: readonly string[];
  readonly texts: readonly PlannedText[];
  readonly tuning: Partial<Tuning>;
  readonly data: readonly string[];
};

/**
 * Of 0.5 to 4 (vector) and 1 to 6 (cost) on the lines kept back from the encoder, see `encoder/build/EXPERIMENTS.md`:
 * the encoder knows the topics of the others by heart, so a topic head must not lean on the vector.
 */
const TUNING = { cost: 2, vectorScale: 0.5 };
const TOPIC_TUNING = { cost: 6, vectorScale: 0.5 };
/** Harm is of written lines alone; tried before there were read ones, not anew. */
const HARM_TUNING = { cost: 2, vectorScale: 1 };
/** An emotion is seldom sure: at two in three right, six in seven were never shown. */
const EMOTION_TUNING = { ...TUNING, rightEnough: 1 / 2 };

const WRITTEN = "models/examples: lines written for this project (Apache-2.0)";
const REAL =
  "Visitor surveys of Fukui (福井県観光連盟 FTAS, CC BY 4.0), Ishikawa (石川県 Milli, CC BY 2.1 JP) and Toyama " +
  "(富山県観光ウェブアンケート, CC BY), published by 北陸インバウンド観光DX・データコンソーシアム, and Quasi Japanese Reviews " +
  "(Megagon Labs, CC BY 4.0): segments labelled by reading them for this project, modified";

function tuningOf(name: string): Partial<Tuning> {
  if (name.startsWith("topics-")) return TOPIC_TUNING;
  if (name === "harm") return HARM_TUNING;
  return name === "emotion" ? EMOTION_TUNING : TUNING;
}

/** Topics of other industries are in no taxonomy, and not about nothing either: such spans train no topic head. */
export function planHeads(data: ShippedData): HeadPlan[] {
  const plan = (
    name: string,
    mode: Head["mode"],
    labels: readonly string[],
    read: (segment: LabelledSegment) => readonly string[] | undefined,
  ): HeadPlan => ({
    name,
    mode,
    labels,
    texts: data.segments.flatMap((segment) => {
      const own = read(segment);
      if (own === undefined) return [];
      const { text, group } = segment;
      return [{ text, labels: own, group, source: sourceOf(group), familiar: !isKeptBack(group) }];
    }),
    tuning: tuningOf(name),
    data: name === "topics-food-maker" || name === "harm" ? [WRITTEN] : [WRITTEN, REAL],
  });
  return [
    plan("sentiment", "single", Sentiment.options, ({ sentiment }) => sentiment && [sentiment]),
    plan("kind", "single", Kind.options, ({ kind }) => kind && [kind]),
    plan("emotion", "multi", Emotion.options, ({ emotions }) => emotions),
    plan("intensity", "single", ["0", "1", "2", "3"], ({ intensity }) =>
      intensity === undefined ? undefined : [String(intensity)],
    ),
    plan("harm", "multi", ["harm"], ({ harm }) =>
      harm === undefined ? undefined : harm ? ["harm"] : [],
    ),
    ...data.taxonomies.map(({ name, leaves }) =>
      plan(
        `topics-${name}`,
        "multi",
        leaves.map((leaf) => leaf.id),
        ({ taxonomy, topics }) => (taxonomy === name ? topics : undefined),
      ),
    ),
  ];
}

/** A topic's own lines (`heads-topics-`) are written lines: as a source of their own, one topic would count as a third of all. */
const SOURCES = [
  ["real", /^(heads-)?real-/],
  ["written for the heads", /^heads-(?!topics-)/],
  ["spans of written voices", /^[^ ]*\.jsonl /],
] as const;

/** Of 5,488 unseen segments with topics of tourism 5,369 are of surveys: unasked, they alone would say how sure to be. */
function sourceOf(group: string): string {
  return SOURCES.find(([, pattern]) => pattern.test(group))?.[0] ?? "written lines";
}
