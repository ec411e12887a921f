import { expect, test } from "vitest";
import { loadAnalyzer } from "../../models/morphemes.ts";
import { findTold } from "../../models/plain-words.ts";
import { loadTaxonomy } from "../../models/taxonomy.ts";

const analyzer = await loadAnalyzer();
const { leaves } = loadTaxonomy("models/taxonomies/food-maker.yaml");

function topicsOf(text: string): string {
  const morphemes = analyzer.analyze(text);
  const told = leaves.filter(({ words }) => findTold(morphemes, words).length > 0);
  return told.map(({ id }) => id).join(" ");
}

test.each([
  ["硬い異物で歯が欠けた", "foreign-matter.hard health.injury"],
  ["ガラス片で舌を切った", "foreign-matter.hard health.injury"],
  ["金属片が入っていて歯が欠けました", "foreign-matter.hard health.injury"],
  ["プラスチックのかけらが出てきた", "foreign-matter.hard"],
  ["プラ片が混ざってます", "foreign-matter.hard"],
  ["針金が入っとったで", "foreign-matter.hard"],
  ["米に小石が混じっていた", "foreign-matter.hard"],
  ["コバエが入っていたので返金してほしい", "foreign-matter.hair-insect"],
  ["髪の毛が一本混じっていました", "foreign-matter.hair-insect"],
  ["ゴキブリの足が入ってた", "foreign-matter.hair-insect"],
  ["虫が湧いていました", "foreign-matter.hair-insect"],
  ["ビニール片が混入していました", "foreign-matter.other"],
  ["缶詰のふたで指を切った", "health.injury"],
  ["虫が入っていたので検査してほしい", "foreign-matter.hair-insect"],
  ["硬い異物混入につき検査希望", "foreign-matter.hard"],
])("it is told in plain words: %s", (text, topics) => {
  expect(topicsOf(text)).toBe(topics);
});

test.each([
  ["denied", "虫は入っていなかった"],
  ["denied of fragments", "ガラス片は混じっていませんでした"],
  ["feared", "虫が入っていないか心配"],
  ["asked", "金属片が入ることはありますか"],
  ["a condition", "髪の毛が入っていたら困る"],
  ["news", "異物混入のニュースを見て不安になった"],
  ["a tooth that is bad", "虫歯が痛い"],
  ["a dislike", "あの担当者は虫が好かない"],
  ["a width", "髪の毛一本ほどの隙間"],
  ["an advertisement", "虫が出てくるCMを流さないで"],
  ["a bag that is opened", "袋の口を切るのに一苦労"],
  ["what a jar is made of", "ガラスの器に入っていてきれい"],
  ["none at all", "硬い異物はゼロ"],
  ["hearsay", "虫が入っていたという噂を聞いた"],
  ["another sentence's word", "硬い。異物ではない"],
  ["hardly so", "糸くずが出にくい"],
])("it is nothing told where it is %s", (_, text) => {
  expect(topicsOf(text)).toBe("");
});
