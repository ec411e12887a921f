import { expect, test } from "vitest";
import { loadAnalyzer } from "../../../../models/morphemes.ts";
import { segmentText } from "../../../../pipeline/text/segment/segment-text.ts";

const analyzer = await loadAnalyzer();

function segmentsOf(text: string): string[] {
  return segmentText(text, analyzer.analyze(text)).map(({ start, end }) =>
    Array.from(text).slice(start, end).join(""),
  );
}

test.each([
  "レシートはない。",
  "レシートなし。",
  "レシートはありません。",
  "レシートは捨てました。",
  "レシート・外袋なし",
  "レシート:なし",
  "領収書あり",
  "現物は手元にあります。",
  "現物あり。",
  "現物は廃棄済み。",
  "外袋は残っていない。",
  "外袋はすでに捨ててしまったとのこと。",
  "現物の写真あり",
])("what a customer has or keeps of a purchase is no segment: %s", (words) => {
  expect(segmentsOf(words)).toEqual([]);
  expect(segmentsOf(`クッキーが割れていた。${words}`)).toEqual(["クッキーが割れていた。"]);
});

test.each([
  "レシートがないと返品できないと言われた",
  "レシートがない。",
  "レシートをもらえなかった。",
  "レシートはないのですか",
  "レシートはないと不便です",
  "レシートはいらない",
  "外袋は破れていた",
  "外袋は開けにくい",
  "外袋に表示がない",
  "現物は写真と違う",
  "写真はない",
  "商品はない",
  "袋はありません",
  "箱なしで届いた",
  "現物を送ってほしい",
])("what is told of them stays: %s", (words) => {
  expect(segmentsOf(words)).toHaveLength(1);
});
