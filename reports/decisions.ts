import { z } from "zod";
import type { Period } from "../pipeline/period.ts";
import { formatDay } from "./format-japanese.ts";
import type { ReportEffects } from "./report-effects.ts";
import type { DecisionRow } from "./report-rows.ts";
import { type Voices, voicesOf } from "./voices/voice.ts";

const Said = z.strictObject({ text: z.string(), author: z.string(), on: z.string() });
type Said = z.infer<typeof Said>;

/** What was decided because of a 気づき, and what came of it. */
export const Decision = z.strictObject({
  awarenessId: z.string(),
  voiceId: z.string(),
  /** Why the voice should be read. */
  reason: z.string(),
  decision: Said,
  /** null while nobody has said. */
  outcome: Said.nullable(),
});
export type Decision = z.infer<typeof Decision>;

export type Decisions = {
  /** Made since the period before began, come to something in this one, or still open; newest first. */
  readonly recent: Decision[];
  /** The newest on each topic, of any time before the period's end. */
  readonly byTopic: ReadonlyMap<string, Decision>;
  /** Of those voices: what names a voice must list it, or nobody could forget it. */
  readonly voices: Voices;
};

export async function readDecisions(
  effects: ReportEffects,
  span: { readonly period: Period; readonly previous: Period; readonly taxonomy: string },
): Promise<Decisions> {
  const { period, previous, taxonomy } = span;
  const { rows } = await effects.readDecisions(period.until, taxonomy);
  const byTopic = new Map<string, Decision>();
  for (const row of rows) {
    for (const topic of row.topics) {
      if (!byTopic.has(topic)) byTopic.set(topic, decisionOf(row));
    }
  }
  const recent = rows.filter(
    ({ decided_on, outcome_on }) =>
      outcome_on === null || outcome_on >= period.from || decided_on >= previous.from,
  );
  const named = new Set([
    ...recent.map(({ voice_id }) => voice_id),
    ...[...byTopic.values()].map(({ voiceId }) => voiceId),
  ]);
  const listed = rows.filter(({ voice_id }) => named.has(voice_id));
  return { recent: recent.map(decisionOf), byTopic, voices: voicesOf(listed, []) };
}

function decisionOf(row: DecisionRow): Decision {
  const { outcome, outcome_by, outcome_on } = row;
  return {
    awarenessId: row.awareness_id,
    voiceId: row.voice_id,
    reason: row.reason,
    decision: { text: row.decision, author: row.decided_by, on: row.decided_on },
    outcome:
      outcome === null || outcome_by === null || outcome_on === null
        ? null
        : { text: outcome, author: outcome_by, on: outcome_on },
  };
}

export function saidBy({ author, on }: Said): string {
  return `${author}　${formatDay(on)}`;
}

/** In a line; the same in every form. */
export function outcomeText({ outcome }: Decision): string {
  return outcome === null
    ? "結果はまだ記録されていません。"
    : `結果：${outcome.text}（${saidBy(outcome)}）`;
}
