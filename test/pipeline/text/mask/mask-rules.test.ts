import { beforeAll, describe, expect, test } from "vitest";
import { type Analyzer, loadAnalyzer } from "../../../../models/morphemes.ts";
import { compileMaskRules, MaskSettings } from "../../../../pipeline/text/mask/mask-rules.ts";
import { maskText } from "../../../../pipeline/text/mask/mask-text.ts";
import { normalizeVerbatim } from "../../../../pipeline/text/normalize-verbatim.ts";

let analyzer: Analyzer;

beforeAll(async () => {
  analyzer = await loadAnalyzer();
});

function mask(verbatim: string, settings: object): string {
  const text = normalizeVerbatim(verbatim);
  const rules = compileMaskRules(MaskSettings.parse(settings));
  return maskText({ text, morphemes: analyzer.analyze(text) }, rules).text;
}

describe("the config decides", () => {
  test("a listed colleague is masked wherever the name stands, with or without its blank", () => {
    const settings = { staffNames: ["雲居 あかね"] };
    expect(mask("雲居あかねに聞いた", {})).toBe("雲居あかねに聞いた");
    expect(mask("雲居あかねに聞いた", settings)).toBe("【氏名1】に聞いた");
    expect(mask("雲居 あかねに聞いた", settings)).toBe("【氏名1】に聞いた");
  });

  test("a listed colleague's name inside a longer word stays", () => {
    expect(mask("三雲居酒屋で飲んだ", { staffNames: ["雲居"] })).toBe("三雲居酒屋で飲んだ");
  });

  test("a listed product that looks like a name stays", () => {
    expect(mask("花子さんを3箱買った", {})).toBe("【氏名1】さんを3箱買った");
    expect(mask("花子さんを3箱買った", { productNames: ["花子さん"] })).toBe("花子さんを3箱買った");
  });

  test("a listed name may have any sign in it", () => {
    const settings = { productNames: ["佐藤-花子の(飴)"], staffNames: ["雲居-あかね"] };
    expect(mask("佐藤-花子の(飴)を雲居-あかねから買った", settings)).toBe(
      "佐藤-花子の(飴)を【氏名1】から買った",
    );
  });

  test("numbers of the company's own shape are masked, in any width and with any hyphen", () => {
    const settings = { numberPatterns: ["KZ-######"] };
    expect(mask("ＫＺ－０１２３４５の件", settings)).toBe("【お客様番号1】の件");
    expect(mask("kz‐012345の件", settings)).toBe("【お客様番号1】の件");
    expect(mask("KZ-0123456の件", settings)).toBe("KZ-0123456の件");
  });

  test("a shape is no regular expression", () => {
    expect(mask("型はa.#です、aX1は別", { numberPatterns: ["a.##"] })).toBe("型はa.#です、aX1は別");
    expect(mask("番号a.12345です", { numberPatterns: ["a.#####"] })).toBe(
      "番号【お客様番号1】です",
    );
    expect(mask("番号aX12345です", { numberPatterns: ["a.#####"] })).toBe("番号aX12345です");
  });

  test("health is masked only when it is asked for", () => {
    expect(mask("私は糖尿病です", {})).toBe("私は糖尿病です");
    expect(mask("私は糖尿病です", { health: true })).toBe("私は【健康1】です");
  });

  test.each([
    ["下半身不随の息子と行った", "【健康1】の息子と行った"],
    ["大動脈瘤の術後で持てない", "【健康1】で持てない"],
    ["不整脈の夫に淹れた", "【健康1】の夫に淹れた"],
    ["指を切って3針縫いました", "【健康1】【健康2】ました"],
    ["プレドニンを飲んでいる", "【健康1】を飲んでいる"],
  ])("%s says how somebody's health is", (input, expected) => {
    expect(mask(input, { health: true })).toBe(expected);
  });
});
