import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import fc from "fast-check";
import kuromoji, { type IpadicFeatures, type Tokenizer } from "kuromoji";
import { expect, test } from "vitest";
import { readIpadic } from "../../models/ipadic.ts";
import { Lattice } from "../../models/lattice.ts";

const lattice = new Lattice(await readIpadic());
const tokenizer = await new Promise<Tokenizer<IpadicFeatures>>((resolve, reject) => {
  const home = dirname(createRequire(import.meta.url).resolve("kuromoji/package.json"));
  kuromoji
    .builder({ dicPath: join(home, "dict") })
    .build((cause: Error | null, built) => (cause ? reject(cause) : resolve(built)));
});

function expectKuromojis(text: string): void {
  const theirs = tokenizer.tokenize(text).map((each) => ({
    surface: each.surface_form,
    pos: each.pos,
    posDetail: each.pos_detail_1,
    proper: each.pos_detail_2,
    base: each.basic_form,
  }));
  expect(lattice.cut(text)).toEqual(theirs);
}

test.each([
  { why: "a sentence", text: "係の方の説明がとても丁寧でしたが、" },
  { why: "ways that cost the same", text: "すもももももももものうち" },
  { why: "a run of unknown letters", text: "ＫＺ２０２５ＡＢのアプリ" },
  { why: "katakana that no dictionary has", text: "ヌルポガッした" },
  { why: "signs and blanks", text: "★★☆　（笑）・・・  〜" },
  { why: "rare kanji", text: "彁と鱻と麤" },
  { why: "an accent", text: "café" },
  { why: "nothing", text: "" },
])("$why is cut as kuromoji does", ({ text }) => {
  expectKuromojis(text);
});

test("any run of kana, kanji, letters and signs is cut as kuromoji does", () => {
  const unit = fc.oneof(
    fc.constantFrom(..."てにをはがのもとでなくしいかたるれられそうですますん"),
    fc.constantFrom(..."駅店味人気高安悪良食事山田本大小上下中"),
    fc.constantFrom(..."アイスッーンＡｚ１０！？（）・　 "),
    fc.integer({ min: 1, max: 0xd7ff }).map((code) => String.fromCharCode(code)),
  );
  const texts = fc
    .array(unit, { maxLength: 60 })
    // kuromoji cuts behind these first; the analyser does so before it asks.
    .map((units) => units.join("").replace(/[、。]/g, ""));
  fc.assert(fc.property(texts, expectKuromojis), { numRuns: 300 });
});
