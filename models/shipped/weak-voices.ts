import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { InputError } from "../../pipeline/errors.ts";
import type { Kind, Sentiment } from "../../pipeline/schema/enriched-record.ts";
import { seededRandom, shuffledIndexes } from "../random.ts";
import { plainText } from "./plain-text.ts";

const Voice = z.object({
  id: z.string(),
  kind: z.enum(["reason", "complaint", "request", "praise", "free_comment"]),
  text: z.string(),
  rating: z.number().nullish(),
});

/** A voice whose labels follow from the question it answers and the mark given with it, not from reading it. */
export type WeakVoice = {
  readonly text: string;
  readonly sentiment: Sentiment;
  readonly kind: Kind | undefined;
};

/** Half of the answers to "what do you wish for" are bare nouns or praise; these words are in the other half. */
const WISH = /ほし[いか]|欲し[いか]|あると|あれば|たら|お願い|希望|べき|ください|下さい/;
/** Answers that say nothing, in the place where a complaint would be. */
const NO_COMPLAINT =
  /特に|とくに|ない(です)?$|なし|無し|無い(です)?$|問題|不満|同じ|良かった|よかった|満足/;
const ENTITY = /&[a-z0-9#]+;/i;
/** Shorter ones are bare nouns; longer ones are several segments. In characters. */
const SHORTEST = 6;
const LONGEST = 80;

/**
 * @param tested ids of voices that are measured on: none of their text may be trained on
 * @returns distinct voices that a rule can label, shuffled, of each sentiment half
 */
export function readWeakVoices(
  path: string,
  tested: ReadonlySet<string>,
  seed: number,
): WeakVoice[] {
  const seen = new Set<string>();
  const voices = readVoices(path).flatMap((voice) => {
    const text = plainText(voice.text);
    const length = Array.from(text).length;
    if (
      tested.has(voice.id) ||
      seen.has(text) ||
      ENTITY.test(text) ||
      length < SHORTEST ||
      length > LONGEST
    )
      return [];
    seen.add(text);
    const labels = labelVoice(voice.kind, text, voice.rating ?? undefined);
    return labels === undefined ? [] : [{ text, ...labels }];
  });
  const shuffled = Array.from(
    shuffledIndexes(voices.length, seededRandom(seed)),
    (at) => voices[at],
  );
  const known = shuffled.filter((voice) => voice !== undefined);
  const negative = known.filter((voice) => voice.sentiment === "negative");
  const positive = known.filter((voice) => voice.sentiment === "positive");
  return negative.flatMap((voice, index) => {
    const partner = positive[index];
    return partner === undefined ? [] : [voice, partner];
  });
}

function labelVoice(
  kind: z.infer<typeof Voice>["kind"],
  text: string,
  rating: number | undefined,
): Omit<WeakVoice, "text"> | undefined {
  if (kind === "request") {
    return WISH.test(text) ? { sentiment: "negative", kind: "request" } : undefined;
  }
  if (kind === "complaint" && !NO_COMPLAINT.test(text)) {
    return { sentiment: "negative", kind: WISH.test(text) ? "request" : "complaint" };
  }
  if (kind === "reason" && rating === 2) return { sentiment: "negative", kind: undefined };
  if (kind === "praise" || (kind === "reason" && rating === 5)) {
    return { sentiment: "positive", kind: "praise" };
  }
  return undefined;
}

function readVoices(path: string): z.infer<typeof Voice>[] {
  let lines: string[];
  try {
    lines = gunzipSync(readFileSync(path)).toString("utf8").trim().split("\n");
  } catch (cause) {
    throw new InputError(`声のファイル ${path} が読めません。期待: gzip の JSON Lines。`, {
      cause,
    });
  }
  return lines.map((line) => Voice.parse(JSON.parse(line)));
}
