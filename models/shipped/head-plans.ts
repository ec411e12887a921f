import { Kind, Sentiment } from "../../pipeline/schema/enriched-record.ts";
import type { Head } from "../head.ts";
import type { SegmentLine } from "../read-examples.ts";
import type { ShippedData } from "./shipped-data.ts";
import type { WeakVoice } from "./weak-voices.ts";

export type PlannedText = { readonly text: string; readonly labels: readonly string[] };

/** What one shipped head is trained and measured on. */
export type HeadPlan = {
  readonly name: string;
  readonly mode: Head["mode"];
  readonly labels: readonly string[];
  readonly written: readonly PlannedText[];
  readonly weak: readonly PlannedText[];
  readonly weakWeight: number;
  readonly tests: readonly { readonly set: string; readonly cases: readonly PlannedText[] }[];
  readonly data: readonly string[];
};

/**
 * Of a rule-made label against a written line. Cross-validated: 12,000 voices at 0.05 cost the written lines 0.010
 * macro-F1 of sentiment; at 0.01 they cost nothing, and other voices of their kind still gain over 0.1.
 */
const WEAK_WEIGHT = 0.01;

const WRITTEN = "models/examples: lines written for this project (Apache-2.0)";
const VOICES =
  "Visitor surveys of Fukui (福井県観光連盟 FTAS, CC BY 4.0), Ishikawa (石川県 Milli, CC BY 2.1 JP) and Toyama " +
  "(富山県観光ウェブアンケート, CC BY), published by 北陸インバウンド観光DX・データコンソーシアム; labelled by rule, modified";

export function planHeads(data: ShippedData): HeadPlan[] {
  const ofSegments = (
    name: string,
    labels: readonly string[],
    read: (line: SegmentLine | WeakVoice) => string | undefined,
  ): HeadPlan => {
    const plan = (lines: readonly (SegmentLine | WeakVoice)[]) =>
      lines.flatMap((line) => {
        const label = read(line);
        return label === undefined ? [] : [{ text: line.text, labels: [label] }];
      });
    return {
      name,
      mode: "single",
      labels,
      written: plan(data.taxonomies.flatMap(({ examples }) => examples)),
      weak: plan(data.weak),
      weakWeight: WEAK_WEIGHT,
      tests: [
        ...data.taxonomies.map(({ taxonomy, tests }) => ({
          set: taxonomy.name,
          cases: plan(tests),
        })),
        { set: "hokuriku (labelled by rule)", cases: plan(data.weakTests) },
      ],
      data: [WRITTEN, VOICES],
    };
  };
  const ofTopics = data.taxonomies.map(({ taxonomy, examples, tests }): HeadPlan => {
    const plan = (lines: readonly SegmentLine[]) =>
      lines.map(({ text, topics }) => ({ text, labels: topics }));
    return {
      name: `topics-${taxonomy.name}`,
      mode: "multi",
      labels: taxonomy.leaves.map((leaf) => leaf.id),
      written: plan(examples),
      weak: [],
      weakWeight: 0,
      tests: [{ set: taxonomy.name, cases: plan(tests) }],
      data: [WRITTEN],
    };
  });
  return [
    ofSegments("sentiment", Sentiment.options, (line) => line.sentiment),
    ofSegments("kind", Kind.options, (line) => line.kind),
    ...ofTopics,
  ];
}
