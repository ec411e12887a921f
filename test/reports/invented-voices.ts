import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { seededRandom } from "../../models/random.ts";
import { addDays } from "../../pipeline/period.ts";
import { Kind, Sentiment } from "../../pipeline/schema/enriched-record.ts";

const FIXTURES = new URL("../fixtures/reports/", import.meta.url);
const PLACES = [
  "兼六園",
  "東尋坊",
  "雨晴海岸",
  "ひがし茶屋街",
  "恐竜博物館",
  "近江町市場",
  "千里浜",
  "五箇山",
  "永平寺",
  "和倉温泉",
  "富岩運河環水公園",
  "一乗谷",
];
const OPENINGS = [
  "",
  "",
  "",
  "家族四人で訪れました。",
  "初めて来ました。",
  "孫を連れて二年ぶりに。",
];
const Sentence = z.strictObject({
  topic: z.string(),
  kind: Kind,
  sentiment: Sentiment,
  text: z.string(),
});
type Sentence = z.infer<typeof Sentence>;

export type WarehouseShape = {
  /** First Monday. */
  readonly from: string;
  readonly weeks: number;
  readonly voicesPerWeek: number;
};

export type Row = Readonly<Record<string, unknown>>;

/** Rows of the tables of the same names. */
export type InventedRows = {
  readonly voices: Row[];
  readonly segments: Row[];
  readonly segment_topics: Row[];
  readonly segment_terms: Row[];
  readonly terms: Row[];
};

/** Invents voices of a region's visitors: always the same for the same shape. */
export function inventVoices({ from, weeks, voicesPerWeek }: WarehouseShape): InventedRows {
  const random = seededRandom(20_250_803);
  const sentences = readSentences();
  const terms = readFileSync(new URL("terms.txt", FIXTURES), "utf8").trim().split("\n");
  const rows: InventedRows = {
    voices: [],
    segments: [],
    segment_topics: [],
    segment_terms: [],
    terms: terms.map((term, index) => ({ term_id: index + 1, term })),
  };
  for (let week = 0; week < weeks; week += 1) {
    const isLast = week === weeks - 1;
    const count = Math.round(voicesPerWeek * (0.85 + 0.3 * random()));
    for (let index = 0; index < count; index += 1) {
      const day = addDays(from, week * 7 + dayOfWeek(random));
      addVoice(rows, { random, sentences: isLast ? lastWeek(sentences) : sentences, day, terms });
    }
  }
  return rows;
}

function readSentences(): Sentence[] {
  const text = readFileSync(new URL("sentences.tsv", FIXTURES), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [topic, kind, sentiment, words] = line.split("\t");
      return Sentence.parse({ topic, kind, sentiment, text: words });
    });
}

/** The planted news of the last week: parking and the shuttle bus go wrong, the hours get better. */
function lastWeek(sentences: readonly Sentence[]): Sentence[] {
  return sentences.flatMap((sentence) => {
    const { topic, sentiment, text } = sentence;
    if (topic === "hours" && sentiment === "negative") return [];
    const isNews = (topic === "parking" && sentiment === "negative") || text.includes("シャトル");
    return isNews ? [sentence, sentence, sentence] : [sentence];
  });
}

/** Weekends bring more voices, Wednesdays hardly any. */
function dayOfWeek(random: () => number): number {
  const days = [0, 1, 3, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 6];
  return pick(days, random);
}

type VoiceInput = {
  readonly random: () => number;
  readonly sentences: readonly Sentence[];
  readonly day: string;
  readonly terms: readonly string[];
};

function addVoice(rows: InventedRows, { random, sentences, day, terms }: VoiceInput): void {
  const number = rows.voices.length;
  const voiceId = uuidOf(`voice ${number}`);
  const said = random() < 0.03 ? [] : [pick(sentences, random)];
  if (said.length > 0 && random() < 0.35) said.push(pick(sentences, random));
  const opening = said.length === 0 ? "特になし" : pick(OPENINGS, random);
  let text = opening;
  for (const [position, sentence] of said.entries()) {
    const start = text.length;
    text += sentence.text + (position < said.length - 1 || opening !== "" ? "。" : "");
    addSegment(rows, { voiceId, day, position, start, end: text.length, sentence, random, terms });
  }
  const first = said[0];
  rows.voices.push({
    voice_id: voiceId,
    revision: 1,
    epoch: 1,
    source: "hokuriku",
    source_id: String(number),
    channel: "survey",
    received_at: `${day} ${String(8 + Math.floor(random() * 12)).padStart(2, "0")}:30:00+09`,
    received_precision: "instant",
    received_on: day,
    rating: 1 + Math.floor(random() * 5),
    place: pick(PLACES, random),
    attributes: "{}",
    text,
    mask_count: 0,
    sentiment: first?.sentiment ?? "neutral",
    polarity: 0,
    kind: first?.kind ?? "other",
    segment_count: said.length,
    origin_stream: number % 5 === 0 ? "file:bb" : "file:aa",
    origin_offset: number,
    origin_row: number + 2,
  });
}

/** Some few sentences stay 判定保留. */
const SURE_ENOUGH = 0.62;

type SegmentInput = {
  readonly voiceId: string;
  readonly day: string;
  readonly position: number;
  readonly start: number;
  readonly end: number;
  readonly sentence: Sentence;
  readonly terms: readonly string[];
  readonly random: () => number;
};

function addSegment(rows: InventedRows, input: SegmentInput): void {
  const { voiceId, day, position, start, end, sentence, random } = input;
  const segmentId = rows.segments.length + 1;
  // Praise is quoted only where it is sure.
  const least = sentence.kind === "praise" ? 0.8 : 0.6;
  const sureness = () => Math.round((least + (0.99 - least) * random()) * 1000) / 1000;
  const sure = sureness();
  const felt = {
    sentiment: sure < SURE_ENOUGH ? null : sentence.sentiment,
    sentiment_confidence: sure,
  };
  rows.segments.push({
    segment_id: segmentId,
    voice_id: voiceId,
    position,
    span_start: start,
    span_end: end,
    text: sentence.text,
    received_on: day,
    ...felt,
    polarity: 0,
    kind: sentence.kind,
    kind_confidence: sureness(),
    why: [],
  });
  if (random() > 0.06) {
    rows.segment_topics.push({
      segment_id: segmentId,
      voice_id: voiceId,
      taxonomy: "tourism",
      topic: sentence.topic,
      confidence: sureness(),
      decided_by: random() < 0.05 ? "person" : "head",
      why: [],
      epoch: 1,
    });
  }
  for (const [index, term] of input.terms.entries()) {
    if (!sentence.text.includes(term)) continue;
    rows.segment_terms.push({
      segment_id: segmentId,
      term_id: index + 1,
      span_start: start,
      span_end: end,
    });
  }
}

function pick<T>(items: readonly T[], random: () => number): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError("nothing to pick from");
  return item;
}

export function uuidOf(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
