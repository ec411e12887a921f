import { HELD_BACK, KIND_WORDS, REASON_WORDS, SENTIMENT_WORDS } from "../../reports/words.ts";
import type { DescribedVoice, ReadVoice } from "./describe-voice.ts";

/**
 * The voice's own values on the first line, then a line for each segment.
 *
 * @param labels of topics by id
 */
export function renderClassified(
  voice: DescribedVoice,
  labels: ReadonlyMap<string, string>,
): string {
  if ("error" in voice) return `読めません: ${REASON_WORDS[voice.error] ?? voice.error}`;
  const segments = voice.segments.map((segment) => {
    const topics = segment.topics.map(({ topic }) => labels.get(topic) ?? topic);
    return `  「${segment.text}」 ${[valuesOf(segment), ...topics].join("　")}`;
  });
  return [valuesOf(voice), ...segments].join("\n");
}

function valuesOf(of: ReadVoice | ReadVoice["segments"][number]): string {
  const { sentiment, polarity, kind, emotions, intensity, harm } = of;
  return [
    `${sentiment === null ? HELD_BACK : SENTIMENT_WORDS[sentiment]}（${polarity.toFixed(2)}）`,
    kind === null ? `種類は${HELD_BACK}` : KIND_WORDS[kind],
    ...emotions.map(({ emotion, confidence }) => `${emotion} ${confidence.toFixed(2)}`),
    ...(intensity === null ? [] : [`強さ ${intensity}`]),
    ...(harm === true ? ["お体への害"] : []),
  ].join("　");
}
