import { beforeAll, describe, expect, test } from "vitest";
import { type Analyzer, loadAnalyzer } from "../../../../models/morphemes.ts";
import { knowingPersons } from "../../../../pipeline/text/mask/known-persons.ts";
import { maskField } from "../../../../pipeline/text/mask/mask-field.ts";
import {
  compileMaskRules,
  DEFAULT_MASK_RULES,
  MaskSettings,
} from "../../../../pipeline/text/mask/mask-rules.ts";
import { maskText } from "../../../../pipeline/text/mask/mask-text.ts";

let analyzer: Analyzer;
beforeAll(async () => {
  analyzer = await loadAnalyzer();
});

function mask(text: string, known: readonly string[], rules = DEFAULT_MASK_RULES): string {
  const morphemes = analyzer.analyze(text);
  return maskText({ text, morphemes }, knowingPersons(rules, known)).text;
}

describe("what a record's own fields tell is masked in its words, where the mask alone finds nothing", () => {
  test.each([
    {
      why: "the surname alone",
      known: ["羽衣石 郁"],
      text: "羽衣石の家ではみな困っている",
      masked: "【氏名1】の家ではみな困っている",
    },
    {
      why: "the given name alone",
      known: ["小鳥遊 琴吹"],
      text: "琴吹が食べて、琴吹がおいしいと",
      masked: "【氏名1】が食べて、【氏名1】がおいしいと",
    },
    {
      why: "the whole name, with a blank and without",
      known: ["霧ヶ谷　澄江 様"],
      text: "霧ヶ谷澄江は、霧ヶ谷 澄江は",
      masked: "【氏名1】は、【氏名1】は",
    },
    {
      why: "the parts of a name that is written in one",
      known: ["山田花子"],
      text: "花子が言うには山田の分がない",
      masked: "【氏名1】が言うには【氏名2】の分がない",
    },
    {
      why: "a reading, also in the other kana",
      known: ["ウエイシ カオルコ"],
      text: "ウエイシの家。かおるこさんの分",
      masked: "【氏名1】の家。【氏名2】さんの分",
    },
    {
      why: "a name with an age, a count or a telephone number in its cell",
      known: ["羽衣石（65歳）", "霧ヶ谷 様 2名", "綾小路 090-1234-5678"],
      text: "羽衣石と霧ヶ谷と綾小路の分",
      masked: "【氏名1】と【氏名2】と【氏名3】の分",
    },
    {
      why: "a name with an honorific and a word behind it",
      known: ["羽衣石様（ご本人）", "霧ヶ谷さん／綾小路様"],
      text: "羽衣石の家では、霧ヶ谷と綾小路と本人が",
      masked: "【氏名1】の家では、【氏名2】と【氏名3】と本人が",
    },
    {
      why: "each of two numbers in one cell",
      known: ["12345678 / 87654321（自宅）"],
      text: "1234-5678か8765-4321、自宅の値",
      masked: "【電話1】か【電話2】、自宅の値",
    },
    {
      why: "a name and a mail address in one cell, and no sign by itself",
      known: ["羽衣石 ui@example.jp", "@"],
      text: "羽衣石まで。@ で送る",
      masked: "【氏名1】まで。@ で送る",
    },
    {
      why: "letters of the alphabet in any case",
      known: ["Ayakawa Rei"],
      text: "ayakawaの注文について",
      masked: "【氏名1】の注文について",
    },
    {
      why: "a telephone number with other signs between",
      known: ["200-0001"],
      text: "200 0001か2000001へ",
      masked: "【電話1】か【電話1】へ",
    },
    {
      why: "a mail address",
      known: ["k.sumie@example"],
      text: "k.sumie@exampleまで",
      masked: "【メール1】まで",
    },
  ])("$why: $text", ({ known, text, masked }) => {
    expect(mask(text, known)).toBe(masked);
    expect(mask(text, [])).not.toBe(masked);
  });
});

describe("a short or a common name is masked only where somebody is called by it", () => {
  test.each([
    {
      known: ["林 恵"],
      text: "林の中の店です。恵方巻を買った",
      masked: "林の中の店です。恵方巻を買った",
    },
    { known: ["林 恵"], text: "林さんに伝えた", masked: "【氏名1】さんに伝えた" },
    { known: ["石川 遼"], text: "石川の店で買った", masked: "石川の店で買った" },
    { known: ["石川 遼"], text: "石川と申します", masked: "【氏名1】と申します" },
    { known: ["津 遼"], text: "津の海苔を買った", masked: "津の海苔を買った" },
    { known: ["原 さくら"], text: "さくら味が好き", masked: "さくら味が好き" },
    { known: ["原 さくら"], text: "原っぱで食べた", masked: "原っぱで食べた" },
    { known: ["森 満足"], text: "とても満足した", masked: "とても満足した" },
  ])("$known: $text", ({ known, text, masked }) => {
    expect(mask(text, known)).toBe(masked);
  });
});

describe("a town that the row names a person by is that person", () => {
  test.each([
    "夕方以降に【氏名1】まで電話がほしい。",
    "主人(【氏名1】)が買った",
    "【氏名1】が言うには固い",
    "【氏名1】宅に届いた",
    "オペレーター【氏名1】が出た",
    "ドライバー【氏名1】が届けた",
  ])("%s", (masked) => {
    const text = masked.replace("【氏名1】", "千葉");
    expect(mask(text, ["千葉 花子"])).toBe(masked);
  });

  test.each([
    "千葉県の店で買った",
    "千葉駅で買った",
    "千葉産の落花生",
    "千葉方面に出かけた",
    "千葉に住んでいる",
    "千葉に旅行した",
    "千葉で購入した",
    "千葉のスーパーで買った",
    "イオン千葉で買った",
    "東京都 千葉が遠い",
    "千葉",
  ])("but where it is plainly the place: %s", (text) => {
    expect(mask(text, ["千葉 花子"])).toBe(text);
  });
});

test.each([
  { why: "a name with a hyphen", known: "Jean-Luc", text: "Jean-Lucの分", masked: "【氏名1】の分" },
  {
    why: "a mail address with a hyphen",
    known: "k-sumie@example",
    text: "k-sumie@exampleまで",
    masked: "【メール1】まで",
  },
])("$why is looked for", ({ known, text, masked }) => {
  expect(mask(text, [known])).toBe(masked);
});

test.each([
  { why: "an initial", known: "山口 S", text: "S-008とSサイズ" },
  { why: "two initials", known: "S.K", text: "S.Kの箱" },
  { why: "two letters", known: "Rei MS", text: "MSさんという店" },
  { why: "digits", known: "山口 008", text: "S-008を頼んだ" },
  { why: "one kana", known: "ア カ", text: "アの箱とカの箱" },
  { why: "letters of a code", known: "Ray", text: "RAY-100を頼んだ" },
])("$why of a name is not looked for: $known in $text", ({ known, text }) => {
  expect(mask(text, [known])).toBe(mask(text, []));
});

test.each(["S-008", "N-5", "K-123"])("a code is no name in a column that is kept: %s", (code) => {
  const analyze = (text: string) => analyzer.analyze(text);
  const rules = knowingPersons(DEFAULT_MASK_RULES, ["山口 紗世", "S.Y"]);
  expect(maskField(code, { rules, analyze, column: "商品コード" })).toBe(code);
});

test.each([
  { why: "an office is nobody", known: "品質保証部", text: "品質保証部から返事が来た" },
  { why: "a word for nobody", known: "不明", text: "賞味期限が不明です" },
  { why: "a number that is no telephone's", known: "2025", text: "2025年の味" },
  { why: "part of a longer word", known: "小鳥遊 琴", text: "大正琴の音がした" },
  { why: "a town", known: "桐原 梓", text: "桐原町の店" },
])("$why: $known in $text", ({ known, text }) => {
  expect(mask(text, [known])).toBe(text);
});

describe("a handle is masked whole", () => {
  test.each([
    { known: [], masked: "@【氏名1】 の件です" },
    { known: ["kinjo_38"], masked: "返信先は@【氏名1】さん、【氏名1】は" },
    { known: ["@kinjo_38"], masked: "kinjoではなく【氏名1】です" },
    { known: ["kinjo"], masked: "返信先は@【氏名1】です" },
  ])("$known: $masked", ({ known, masked }) => {
    expect(mask(masked.replaceAll("【氏名1】", "kinjo_38"), known)).toBe(masked);
  });

  test("a name in a company's longer handle takes it all", () => {
    expect(mask("@sumie_cooking_jpを見た", ["Sumie"])).toBe("@【氏名1】を見た");
  });
});

test("a product of the config stays, also where a customer is called so", () => {
  const rules = compileMaskRules(MaskSettings.parse({ productNames: ["琴葉饅頭"] }));
  expect(mask("琴葉饅頭を琴葉に渡した", ["小鳥遊 琴葉"], rules)).toBe(
    "琴葉饅頭を【氏名1】に渡した",
  );
});

test("the other fields of the record go the same way", () => {
  const rules = knowingPersons(DEFAULT_MASK_RULES, ["羽衣石 郁"]);
  expect(maskField("羽衣石宅用", { rules })).toBe("【氏名1】宅用");
});

test("a name of three parts keeps its borders", () => {
  expect(mask("アンナ・マリア・ベルが来た", ["アンナ マリア ベル"])).toBe("【氏名1】が来た");
  expect(mask("アンナ・マリア・ベルトは革の帯", ["アンナ マリア ベル"])).not.toMatch(
    /^【氏名1】ト/,
  );
});

test.each([
  "味が薄くなったと思います",
  "前のほうがおいしい",
  "返金してください",
  "袋が開けにくい。困る。",
  "家族で毎日食べています",
])("a sentence in a column of names masks nothing: %s", (sentence) => {
  expect(mask(`そして${sentence}、と`, [sentence])).toBe(`そして${sentence}、と`);
});

test.each(["緑が丘 花子", "香をり", "はる香", "一ノ瀬 とも子", "アレクサンドロヴィチ"])(
  "a name with what looks like a particle is one: %s",
  (name) => {
    expect(mask(`今朝${name}様が`, [name])).toContain("【氏名");
  },
);
