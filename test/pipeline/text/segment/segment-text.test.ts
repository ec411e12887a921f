import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type Analyzer, loadAnalyzer } from "../../../../models/morphemes.ts";
import { sliceCodePoints } from "../../../../pipeline/text/code-points.ts";
import { segmentText } from "../../../../pipeline/text/segment/segment-text.ts";

let analyzer: Analyzer;

beforeAll(async () => {
  analyzer = await loadAnalyzer();
});

/** The case's segments, joined by a bar. */
function cut(text: string): string {
  return segmentText(text, analyzer.analyze(text))
    .map(({ start, end }) => sliceCodePoints(text, start, end))
    .join("|");
}

describe("a sentence is a segment", () => {
  test.each([
    { why: "full stops", input: "味が良い。袋が悪い。", expected: "味が良い。|袋が悪い。" },
    { why: "one without a stop", input: "駐車場", expected: "駐車場" },
    { why: "exclamations", input: "むし!むし入ってた!", expected: "むし!|むし入ってた!" },
    { why: "a run of marks ends once", input: "最高!?!また来る!!", expected: "最高!?!|また来る!!" },
    {
      why: "a mark that a particle goes on with",
      input: "最高!と思った。",
      expected: "最高!と思った。",
    },
    { why: "a line break", input: "味が良い\n袋が悪い", expected: "味が良い|袋が悪い" },
    {
      why: "a line wrapped behind a particle",
      input: "袋が\n開けにくい",
      expected: "袋が\n開けにくい",
    },
    {
      why: "a line wrapped behind a comma",
      input: "味も、\n袋も良い",
      expected: "味も、\n袋も良い",
    },
    {
      why: "bullets are no part of it",
      input: "・駐車場が狭い\n・トイレが汚い",
      expected: "駐車場が狭い|トイレが汚い",
    },
    {
      why: "numbers of a list are",
      input: "1.味が良い 2.袋が悪い",
      expected: "1.味が良い|2.袋が悪い",
    },
    { why: "a decimal point", input: "価格は2.5倍。高い", expected: "価格は2.5倍。|高い" },
    { why: "a domain's dot", input: "example.comを見た", expected: "example.comを見た" },
    { why: "a Western full stop", input: "味が良い.袋が悪い.", expected: "味が良い.|袋が悪い." },
    {
      why: "trailing off",
      input: "ちぢれた毛...食欲なくしました",
      expected: "ちぢれた毛...|食欲なくしました",
    },
    {
      why: "a blank for a full stop",
      input: "景色が良い 食べ物が美味しい",
      expected: "景色が良い|食べ物が美味しい",
    },
    {
      why: "a blank inside a sentence",
      input: "のどかな景色を見ながら ゆっくりできました",
      expected: "のどかな景色を見ながら ゆっくりできました",
    },
    {
      why: "a blank between nouns",
      input: "のどかさと美味しさ 体験型",
      expected: "のどかさと美味しさ 体験型",
    },
    {
      why: "a comma for a full stop",
      input: "観光地が多い、料理が美味しい",
      expected: "観光地が多い|料理が美味しい",
    },
    {
      why: "a comma behind な-adjectives",
      input: "トイレがきれい、清潔感がある",
      expected: "トイレがきれい|清潔感がある",
    },
    {
      why: "adjectives in a row",
      input: "新鮮な、美味しい、安い魚",
      expected: "新鮮な、美味しい、安い魚",
    },
    {
      why: "a blank before the particle of a quotation",
      input: "福井市に行けばいい と言われた",
      expected: "福井市に行けばいい と言われた",
    },
    {
      why: "parallel clauses stay together",
      input: "接客も良く、料理も美味しかった",
      expected: "接客も良く、料理も美味しかった",
    },
    { why: "〜し is no contrast", input: "安いし、味も良い", expected: "安いし、味も良い" },
  ])("$why", ({ input, expected }) => {
    expect(cut(input)).toBe(expected);
  });
});

describe("quotations, brackets and what hangs behind a sentence", () => {
  test.each([
    {
      why: "a quotation is not cut inside",
      input: "「おいしい。また来る。」と子供が言った。嬉しい",
      expected: "「おいしい。また来る。」と子供が言った。|嬉しい",
    },
    {
      why: "a quotation by itself ends as its stop does",
      input: "「おいしい。」子供の声です",
      expected: "「おいしい。」|子供の声です",
    },
    {
      why: "brackets are not cut inside",
      input: "とてもきれい(駅前。特に朝)でした",
      expected: "とてもきれい(駅前。特に朝)でした",
    },
    {
      why: "a contrast in brackets",
      input: "本も読める(人が多いときもあるけど、静か)。",
      expected: "本も読める(人が多いときもあるけど、静か)。",
    },
    {
      why: "brackets that never close",
      input: "良い(駅前。特に朝",
      expected: "良い(駅前。|特に朝",
    },
    {
      why: "emoji stay with their sentence",
      input: "良かった😊また来ます😀😀",
      expected: "良かった😊|また来ます😀😀",
    },
    {
      why: "emoji behind a stop",
      input: "良かった。😊また来ます",
      expected: "良かった。😊|また来ます",
    },
    { why: "an emoji in a sentence", input: "食事🍴の時間を早く", expected: "食事🍴の時間を早く" },
    { why: "an emoji for a word", input: "カニ🦀食べたい", expected: "カニ🦀食べたい" },
    {
      why: "joined emoji are one",
      input: "楽しい👩\u200d🍳また来る",
      expected: "楽しい👩\u200d🍳|また来る",
    },
    { why: "laughter", input: "楽しかったwwまた来る", expected: "楽しかったww|また来る" },
    {
      why: "laughter in brackets, then でも",
      input: "楽しかった(笑)でも高い",
      expected: "楽しかった(笑)|でも高い",
    },
    {
      why: "faces",
      input: "美味しかったです(^^)また行きたいです(*´▽`*)",
      expected: "美味しかったです(^^)|また行きたいです(*´▽`*)",
    },
    { why: "a note", input: "楽しかった♪また来る", expected: "楽しかった♪|また来る" },
    { why: "an emoji alone speaks", input: "😊", expected: "😊" },
    { why: "signs alone do not", input: "。。。", expected: "" },
    { why: "an emoji on its own line", input: "良かった\n😊", expected: "良かった\n😊" },
    { why: "nothing", input: "", expected: "" },
  ])("$why", ({ input, expected }) => {
    expect(cut(input)).toBe(expected);
  });
});

describe("a clause set against another is a segment", () => {
  test.each([
    { why: "が", input: "味は良いが袋が開けにくい", expected: "味は良いが|袋が開けにくい" },
    {
      why: "が with a comma, behind a noun that judges",
      input: "味は最高ですが、たれがない。",
      expected: "味は最高ですが|たれがない。",
    },
    {
      why: "けど",
      input: "良かったけど、ベンチを増やしてほしい。",
      expected: "良かったけど|ベンチを増やしてほしい。",
    },
    { why: "けれど", input: "美味しいけれど高い", expected: "美味しいけれど|高い" },
    {
      why: "けれども",
      input: "美味しいけれども、量が少ない",
      expected: "美味しいけれども|量が少ない",
    },
    { why: "だけど behind a noun", input: "便利だけどうるさい", expected: "便利だけど|うるさい" },
    { why: "のに", input: "高いのに美味しくない", expected: "高いのに|美味しくない" },
    {
      why: "ものの",
      input: "量が少ないものの、味は良い。",
      expected: "量が少ないものの|味は良い。",
    },
    { why: "くせに", input: "高いくせに不味い。", expected: "高いくせに|不味い。" },
    { why: "一方で", input: "安い一方で、味が落ちた", expected: "安い一方で|味が落ちた" },
    { why: "反面", input: "便利な反面、うるさい", expected: "便利な反面|うるさい" },
    {
      why: "にもかかわらず",
      input: "人気が無いにもかかわらず駐車場が狭い",
      expected: "人気が無いにもかかわらず|駐車場が狭い",
    },
    {
      why: "にも関わらず",
      input: "景色がいいのにも関わらず、店がない",
      expected: "景色がいいのにも関わらず|店がない",
    },
    {
      why: "しかし behind a comma",
      input: "駅が綺麗だった、しかし店が少ない",
      expected: "駅が綺麗だった|しかし店が少ない",
    },
    {
      why: "ただ begins a sentence",
      input: "味は良い。ただ、量が少ない",
      expected: "味は良い。|ただ、量が少ない",
    },
    {
      why: "three of them",
      input: "味は良いが高い。店は狭いけど静か",
      expected: "味は良いが|高い。|店は狭いけど|静か",
    },
    {
      why: "facts of three words and more",
      input: "越前大仏では飲食と土産を買ったが、店が古い",
      expected: "越前大仏では飲食と土産を買ったが|店が古い",
    },
  ])("$why", ({ input, expected }) => {
    expect(cut(input)).toBe(expected);
  });
});

describe("no border", () => {
  test.each([
    { why: "格助詞 が", input: "袋が開けにくい" },
    { why: "a polite opener", input: "すみませんが教えてください" },
    { why: "a longer opener", input: "お忙しいところ申し訳ありませんが、返金してほしいです" },
    { why: "恐れ入りますが", input: "恐れ入りますが、交換してください" },
    { why: "お手数ですが", input: "お手数ですが、交換をお願いします" },
    { why: "難しいと思いますが", input: "難しいとは思いますが、検討してください" },
    { why: "〜のですが without an opinion", input: "先日購入したのですが、味が変でした" },
    { why: "a short lead", input: "初めて来ましたが、良かった" },
    { why: "〜てほしいのですが at the end", input: "もっと安くしてほしいのですが。" },
    { why: "〜が at the very end", input: "良いところだと思うが" },
    { why: "laughter behind 〜が", input: "うますぎて秒で消えたんだがwww" },
    { why: "〜のに at the end", input: "もっと食べたいのに" },
    { why: "けどね at the end", input: "美味しいけどね。" },
    { why: "のに for a purpose", input: "買うのに時間がかかる" },
    { why: "残念ながら", input: "残念ながら見えなかった" },
    { why: "でも inside a word", input: "誰でも使える" },
    { why: "a noun that IPADIC takes for a verb", input: "指先に水ぶくれができた" },
    { why: "反面 with の", input: "活気がない反面の良さ" },
  ])("$why", ({ input }) => {
    expect(cut(input)).toBe(input);
  });
});

describe("a very long piece", () => {
  test("is cut at commas, else at て, else between words, into 200 code points at most", () => {
    const inputs = ["味がよかったし、", "店に行って品を見て", "駐車場近辺情報", "🦀"];
    for (const input of inputs.map((part) => part.repeat(80))) {
      const spans = segmentText(input, analyzer.analyze(input));
      expect(spans.length).toBeGreaterThan(0);
      for (const { start, end } of spans.slice(0, -1)) expect(end - start).toBeLessThanOrEqual(200);
    }
    expect(cut("味がよかったし、".repeat(26)).split("|")[0]).toMatch(/し$/);
    expect(cut("店に行って品を見て".repeat(26)).split("|")[0]).toMatch(/て$/);
  });
});

test("spans are in order, apart, trimmed and not empty, whatever the text", () => {
  const unit = fc.constantFrom(
    ..."味袋良い悪い。、!?w😊👩\u200d🍳()「」 \n・.ー〜が",
    "けど",
    "のですが",
    "美味しい",
    "でも",
    "一方で",
    "...",
  );
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 60 }), (parts) => {
      const text = parts.join("").trim();
      let position = 0;
      for (const { start, end } of segmentText(text, analyzer.analyze(text))) {
        expect(start).toBeGreaterThanOrEqual(position);
        expect(end).toBeGreaterThan(start);
        const words = sliceCodePoints(text, start, end);
        expect(words).toBe(words.trim());
        position = end;
      }
      expect(position).toBeLessThanOrEqual(Array.from(text).length);
    }),
    { seed: 4, numRuns: 2_000 },
  );
});
