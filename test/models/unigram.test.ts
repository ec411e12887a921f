import { fileURLToPath } from "node:url";
import { Tokenizer } from "@huggingface/tokenizers";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readModelFolder, readTokenizer } from "../../models/model-folder.ts";
import { unigramOf } from "../../models/unigram.ts";

const files = readTokenizer(
  readModelFolder(fileURLToPath(new URL("../../models/encoder/small", import.meta.url))),
);
const library = new Tokenizer(files.tokenizer, files.config);
const cut = unigramOf(files, library);

test.each([
  { why: "a sentence", text: "店員さんの対応がとても良かったです。" },
  { why: "blanks in and around", text: "  駅から 近い\n便利 " },
  { why: "unknown characters in a row are one piece", text: "彁彁鱻😀😡です" },
  { why: "characters of two units", text: "𠮷野家と🇯🇵" },
  { why: "what is folded", text: "㌔㍻ ﾊﾝｶｸ ①" },
  { why: "a control character", text: "a\u0007b" },
  { why: "a lone surrogate", text: "\ud83d円" },
  { why: "a special token, spelt out", text: "これは<s>です</s>" },
  { why: "pieces whose rows tie", text: "ああああああああああああ" },
  { why: "a blank", text: " " },
  { why: "nothing", text: "" },
])("$why is cut as the library does", ({ text }) => {
  expect(cut?.(text)).toEqual(library.encode(text).ids);
});

test("any text is cut as the library does", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.constantFrom(
            "です",
            "ました",
            "良い",
            "とても",
            "の",
            "、",
            "。",
            " ",
            "ー",
            "1",
            "A",
          ),
          fc.string({ unit: "grapheme", maxLength: 3 }),
        ),
        { maxLength: 40 },
      ),
      (parts) => {
        const text = parts.join("");
        expect(cut?.(text)).toEqual(library.encode(text).ids);
      },
    ),
    { numRuns: 300 },
  );
});

test("another kind of tokenizer is left to the library", () => {
  const wordPiece = { ...files.tokenizer, model: { type: "WordPiece", vocab: {} } };
  expect(unigramOf({ ...files, tokenizer: wordPiece }, library)).toBeUndefined();
});
