import { type Segment, segmentFeatures } from "../../models/features.ts";
import type { TrainingExample } from "../../models/fit-head.ts";
import type { Morpheme } from "../../models/morpheme.ts";
import { seededRandom } from "../../models/random.ts";

/** A text already cut into words: surface/part of speech/base form/detail, such as "虫 が/助詞 い/動詞/いる/非自立". */
export function segmentOf(marked: string, vector = new Int8Array(384)): Segment {
  let start = 0;
  const morphemes = marked.split(" ").map((word): Morpheme => {
    const [surface = "", pos = "名詞", base = surface, posDetail = "一般"] = word.split("/");
    const end = start + Array.from(surface).length;
    const morpheme = { surface, base, pos, posDetail, start, end };
    start = end;
    return morpheme;
  });
  return { text: morphemes.map((morpheme) => morpheme.surface).join(""), morphemes, vector };
}

const FILLERS = ["袋", "箱", "昨日", "店", "子供", "家", "朝", "味", "棚", "電話"];
const CUES: Readonly<Record<string, readonly string[]>> = {
  insect: ["虫", "羽虫", "毛髪"],
  price: ["値段", "値上げ", "高価"],
  store: ["品切れ", "取扱店", "売り場"],
};

export const TOY_LABELS = Object.keys(CUES);

/** Each label has its own words and its own direction; one example in `noisyEvery` shows those of any label. */
export function toyExamples(
  count: number,
  seed: number,
  noisyEvery = 0,
  width = 384,
): TrainingExample[] {
  const random = seededRandom(seed);
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? "";
  return Array.from({ length: count }, (_, index) => {
    const label = TOY_LABELS[index % TOY_LABELS.length] ?? "";
    const isNoisy = noisyEvery > 0 && random() < 1 / noisyEvery;
    const shown = isNoisy ? pick(TOY_LABELS) : label;
    const direction = TOY_LABELS.indexOf(shown);
    const vector = Int8Array.from(
      { length: width },
      (_, at) => 60 * (random() - 0.5) + (at % TOY_LABELS.length === direction ? 20 : 0),
    );
    const cue = pick(CUES[shown] ?? []);
    const text = `${pick(FILLERS)} の/助詞 ${cue} が/助詞 ${pick(FILLERS)}`;
    return { features: segmentFeatures(segmentOf(text, vector)), labels: [label] };
  });
}
