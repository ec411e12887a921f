import { expect, test } from "vitest";
import { latinNames } from "../../../../../pipeline/text/mask/names/latin-names.ts";

const namesIn = (text: string) => latinNames(text).map(({ start, end }) => text.slice(start, end));

test.each([
  ["Kenji Morishige\n添付します", "Kenji Morishige"],
  ["座席はSUDA/EMIです", "SUDA/EMI"],
  ["刻印 M.Hayama ×1", "M.Hayama"],
  ["表示名がhiroko_uematsuのまま", "hiroko_uematsu"],
  ["s_ogataさんから", "s_ogata"],
  ["long vowels: Ryohei Ohno", "Ryohei Ohno"],
])("the lists' readings know it: %s", (text, name) => {
  expect(namesIn(text)).toEqual([name]);
});

test.each([
  "TOKYO/OSAKA",
  "TSURUGA WAKASA スタンプラリー",
  "fukui_trip の写真",
  "Nara Park と Kyoto",
  "Issey Miyakeの服",
  "https://example.com/kenji_morishige",
  "kenji morishige",
])("no name, or another class's: %s", (text) => {
  expect(namesIn(text)).toEqual([]);
});

test.each(["Kenji ", "SUDA/", "a_", "M."])("20,000 units of %j are read at once", (piece) => {
  const started = performance.now();
  latinNames(piece.repeat(20_000 / piece.length));
  expect(performance.now() - started).toBeLessThan(2_000);
});
