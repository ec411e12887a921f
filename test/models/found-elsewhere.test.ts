import { expect, test } from "vitest";
import { isFoundElsewhere } from "../../models/found-elsewhere.ts";
import { loadAnalyzer } from "../../models/morphemes.ts";
import { loadTaxonomy } from "../../models/taxonomy.ts";

const analyzer = await loadAnalyzer();
const { leaves } = loadTaxonomy("models/taxonomies/food-maker.yaml");
const { elsewhere = new Set<string>() } =
  leaves.find(({ id }) => id === "foreign-matter.hard") ?? {};

test.each([
  "店にハエが入ってきた",
  "店内に虫が入ってくる",
  "お店にゴキブリがいた",
  "部屋の中に大きな虫が出ました",
  "網戸の隙間から虫が入る",
  "車の窓から虫が入り込んだ",
  "テントに虫が入ってきて眠れない",
  "露天風呂に虫が浮いていた",
  "排水口に髪の毛がついていた",
  "髪の毛がベッドに落ちていた",
  "エアコンから虫が出てきた",
  "靴の中に小石が入っていた",
  "目に虫が入った",
  "壁から釘が出ていて服が破れた",
  "ガラスの破片が道路に落ちていて危ない",
  "プラスチック片が海に混じっている",
  "マスクに針金が入っていた",
  "金属片が入ったキーホルダー",
  "ガラスのかけらが入っている青いネックレス",
  "虫が入っている琥珀がきれい",
  "木片が混じった土だった",
  "虫が入らない網戸",
])("it is not in the product: %s", (text) => {
  expect(isFoundElsewhere(analyzer.analyze(text), elsewhere)).toBe(true);
});

test.each([
  "スープにハエが入っていた",
  "袋の中に金属片が入っていた",
  "髪の毛が混じって",
  "ハエが入ったスープを出された",
  "針金が入ったクッキーだった",
  "店のスープにハエが入っていた",
  "店で買ったパンに虫が入っていた",
  "店内で食べたら髪の毛が入っていた",
  "店に入ったら、パンに虫が入っていた",
  "店に入って頼んだスープに虫が入っていた",
  "店にあったパンから虫が出た",
  "売り場に虫が入ったパンがあった",
  "部屋に届いた弁当に髪の毛が入っていた",
  "自宅に届いた商品に虫が入っていました",
  "家に帰って袋を開けたら虫が入っていた",
  "お店に虫が入っていたと伝えた",
  "お店に髪の毛が入っていたので返品した",
  "店に虫が入った菓子を持って行った",
  "髪の毛が入った弁当が家に届いた",
  "手の上に出したら針金が入っていた",
  "口に虫が入った",
  "温泉まんじゅうに髪の毛が入っていた",
  "食べているうちに虫が出てきた",
  "部屋に虫が入ってきて、パンに虫が混入していた",
])("it may be in the product: %s", (text) => {
  expect(isFoundElsewhere(analyzer.analyze(text), elsewhere)).toBe(false);
});
