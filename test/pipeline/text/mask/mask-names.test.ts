import { beforeAll, describe, expect, test } from "vitest";
import { type Analyzer, loadAnalyzer } from "../../../../models/morphemes.ts";
import { normalizeVerbatim } from "../../../../pipeline/text/normalize-verbatim.ts";
import { maskVerbatim } from "./mask-verbatim.ts";

let analyzer: Analyzer;

beforeAll(async () => {
  analyzer = await loadAnalyzer();
});

describe("a person's name is masked", () => {
  test.each([
    { why: "before 様", input: "田中様より入電", expected: "【氏名1】様より入電" },
    { why: "before さん", input: "受付の佐藤さんが親切", expected: "受付の【氏名1】さんが親切" },
    { why: "before 氏", input: "中村氏の説明", expected: "【氏名1】氏の説明" },
    { why: "before ちゃん, kana", input: "ゆりえちゃんの分", expected: "【氏名1】ちゃんの分" },
    { why: "said of oneself", input: "山本と申します", expected: "【氏名1】と申します" },
    { why: "behind a role", input: "担当の小川が謝った", expected: "担当の【氏名1】が謝った" },
    { why: "behind a post", input: "店長林田が対応", expected: "店長【氏名1】が対応" },
    { why: "behind a label", input: "氏名:柘植 由香", expected: "氏名:【氏名1】" },
    { why: "half-width katakana", input: "ｸﾄﾞｳ様 再入電", expected: "【氏名1】様 再入電" },
    { why: "Latin letters", input: "Mr. Tanakaへ", expected: "Mr. 【氏名1】へ" },
    {
      why: "from abroad",
      input: "グエン・ティ・フオン様",
      expected: "【氏名1】様",
    },
    {
      why: "a given name of one character, at the end of a voice",
      input: "回収してもらえますか。加藤誠",
      expected: "回収してもらえますか。【氏名1】",
    },
    { why: "both, without a blank", input: "渡辺律子から電話", expected: "【氏名1】から電話" },
    {
      why: "a given name in katakana",
      input: "本人は小宮山トシ子、八十歳",
      expected: "本人は【氏名1】、八十歳",
    },
    {
      why: "a reading in brackets, where names are spoken of",
      input: "『いがらし』で登録されていた",
      expected: "『【氏名1】』で登録されていた",
    },
    { why: "a child's", input: "娘の結愛が泣いた", expected: "娘の【氏名1】が泣いた" },
    {
      why: "how it is read",
      input: "鈴木花子(すずきはなこ)です",
      expected: "【氏名1】(【氏名2】)です",
    },
    {
      why: "how it is read, told of somebody in charge",
      input: "担当の高橋（タカハシ）さん",
      expected: "担当の【氏名1】(【氏名2】)さん",
    },
    {
      why: "how it is read, before it",
      input: "（タナカ）田中様より",
      expected: "(【氏名1】)【氏名2】様より",
    },
    {
      why: "how it is read, behind quotation marks",
      input: "「田中」（タナカ）",
      expected: "「【氏名1】」(【氏名2】)",
    },
    {
      why: "how it is read, in brackets like a heading's",
      input: "【ﾀﾅｶ】田中様",
      expected: "【【氏名1】】【氏名2】様",
    },
    {
      why: "no heading beside it",
      input: "【クレーム】田中様(オコリ)",
      expected: "【クレーム】【氏名1】様(オコリ)",
    },
    {
      why: "how it is read, in brackets of other kinds",
      input: "田中様≪タナカ≫、{たかなし}小鳥遊様",
      expected: "【氏名1】様≪【氏名2】≫、{【氏名3】}【氏名4】様",
    },
    {
      why: "how it is read, with more behind it in the brackets",
      input: "田中太郎様(タナカ タロウ 女性)、北様(きた・60代)",
      expected: "【氏名1】様(【氏名2】 女性)、【氏名3】様(【氏名4】・60代)",
    },
    {
      why: "how it is read, behind a space and other honorifics",
      input: "田中 様 (タナカ)、菅殿(スガ)",
      expected: "【氏名1】 様 (【氏名2】)、【氏名3】殿(【氏名4】)",
    },
    {
      why: "how it is read, on a line of its own",
      input: "タカハシ\n高橋様\n(たかはし様)\n不良の件",
      expected: "【氏名1】\n【氏名2】様\n(【氏名3】様)\n不良の件",
    },
    {
      why: "how it is read, sign by sign, and outside of the name's own brackets",
      input: "田中様(タ ナ カ)、タカハシ【高橋】様",
      expected: "【氏名1】様(【氏名2】)、【氏名3】【【氏名4】】様",
    },
    {
      why: "how it is read, behind a label",
      input:
        "【氏名】高橋【フリガナ】タカハシ\nヨミ:タナカ、読みはキタ、カナ(スズキ)、振り仮名→オカ",
      expected:
        "【氏名】【氏名1】【フリガナ】【氏名2】\nヨミ:【氏名3】、読みは【氏名4】、カナ(【氏名5】)、振り仮名→【氏名6】",
    },
    {
      why: "not what somebody said",
      input: "担当佐藤「すみません」と言った",
      expected: "担当【氏名1】「すみません」と言った",
    },
    {
      why: "a signature",
      input: "お願いします。\n柏原 理恵",
      expected: "お願いします。\n【氏名1】",
    },
    { why: "a row", input: "真鍋→遠藤→曽我部の順", expected: "【氏名1】→【氏名2】→【氏名3】の順" },
    {
      why: "again in the voice, with the same number",
      input: "相川様より入電。田中が受付、明日相川へ連絡",
      expected: "【氏名1】様より入電。【氏名2】が受付、明日【氏名1】へ連絡",
    },
  ])("$why", ({ input, expected }) => {
    expect(maskVerbatim(input, analyzer).text).toBe(expected);
  });
});

describe("what only looks like a name stays", () => {
  test.each([
    { why: "how somebody in charge was", input: "担当者失礼" },
    { why: "how a manager was", input: "店長横柄、二度と行かない" },
    { why: "a brand", input: "森永のチョコがおいしい" },
    { why: "a maker", input: "小林製薬の商品" },
    { why: "a cultivar", input: "佐藤錦が傷んでいた" },
    { why: "a shop of a town's kanji and katakana", input: "三國バーガーは美味" },
    { why: "a sweet in brackets", input: "京都なら「おたべ」の様な味" },
    { why: "a carrier", input: "佐川さんの配達は朝が早い" },
    { why: "a place", input: "長野で買ったジャム" },
    { why: "a place and です", input: "福井です" },
    { why: "a shop for a name", input: "松本清ではなくマツモトキヨシ" },
    { why: "staff without a name", input: "店員さんと運転手さんが親切" },
    { why: "kin", input: "お母さんとおじいちゃん" },
    { why: "a clan of the past", input: "一乗谷の朝倉氏遺跡" },
    { why: "a person of history", input: "夏目漱石が泊まった部屋" },
    { why: "a word that ends in 様", input: "仕様と模様が同様" },
    { why: "たくさん", input: "たくさん食べた" },
    { why: "さんぽ", input: "石川さんぽマップ" },
    { why: "a verb and です", input: "福井の良さを伝えたいです。" },
    { why: "no label of a reading in other words", input: "動かないと思ったら、焼かないと" },
    { why: "a way of typing", input: "カナ入力できません。読みやすい はやしライス" },
    { why: "an inn", input: "旅館やまざきさんが最高" },
  ])("$why", ({ input }) => {
    expect(maskVerbatim(input, analyzer).text).toBe(normalizeVerbatim(input));
  });
});
