import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadEncoder } from "../../models/encoder.ts";
import {
  type EncoderChoice,
  readEncoderFolder,
  shippedEncoder,
  verifyEncoder,
} from "../../models/encoder-folder.ts";
import { ModelError } from "../../pipeline/errors.ts";
import { tempFolder } from "../support/temp-folder.ts";
import {
  copyModel,
  editJson,
  otherEncoder,
  TINY_CLASSIFIER,
  TINY_ENCODER,
} from "../support/tiny-models.ts";

test("the shipped files are the ones the manifest names", () => {
  const folder = readEncoderFolder(shippedEncoder("base"));
  expect(Object.keys(folder.files)).toContain("onnx/model_quantized.onnx");
  expect(() => verifyEncoder(folder)).not.toThrow();
});

test("the shipped encoder's identity is the hash of its ONNX file, which the shipped heads name", () => {
  const choice = shippedEncoder("base");
  const { id, files } = readEncoderFolder(choice);
  expect(id).toBe(files["onnx/model_quantized.onnx"]?.sha256);
  expect(readEncoderFolder({ ...choice, prefix: "query: " }).id).not.toBe(id);
  expect(readEncoderFolder({ ...choice, pooling: "cls" }).id).not.toBe(id);
});

test("an encoder's identity is the same with or without a manifest, and under any name", () => {
  const folder = copyModel(TINY_ENCODER, join(tempFolder(), "own"));
  const { id, name, dimensions } = readEncoderFolder({ folder });
  expect(id).toMatch(/^[0-9a-f]{64}$/);
  expect([name, dimensions]).toEqual(["own", 12]);
  const bytes = readFileSync(join(folder, "onnx/model.onnx"));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const files = { "onnx/model.onnx": { sha256, sizeBytes: bytes.length } };
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ name: "named", files }));
  expect(readEncoderFolder({ folder })).toMatchObject({ id, name: "named" });
  expect(readEncoderFolder({ folder, pooling: "mean", prefix: "" }).id).toBe(id);
});

type Change = { what: string; change: (folder: string) => EncoderChoice };

test.each<Change>([
  { what: "weights", change: (folder) => ({ folder: otherEncoder(folder) }) },
  {
    what: "tokenizer",
    change: (folder) => {
      editJson(join(folder, "tokenizer.json"), { normalizer: { type: "Lowercase" } });
      return { folder };
    },
  },
  { what: "pooling of the config", change: (folder) => ({ folder, pooling: "cls" }) },
  { what: "prefix of the config", change: (folder) => ({ folder, prefix: "query: " }) },
  {
    what: "prefix of the folder",
    change: (folder) => {
      writeFileSync(join(folder, "manifest.json"), JSON.stringify({ prefix: "query: " }));
      return { folder };
    },
  },
  {
    what: "length",
    change: (folder) => {
      writeFileSync(join(folder, "sentence_bert_config.json"), '{"max_seq_length":8}');
      return { folder };
    },
  },
])("another $what is another identity: the vectors are others", ({ change }) => {
  const folder = copyModel(TINY_ENCODER, join(tempFolder(), "own"));
  const { id } = readEncoderFolder({ folder });
  expect(readEncoderFolder(change(folder)).id).not.toBe(id);
});

test("sentence-transformers' files tell pooling, prefix and length; the config wins over them", () => {
  const folder = copyModel(TINY_ENCODER, join(tempFolder(), "own"));
  const write = (file: string, value: object) =>
    writeFileSync(join(folder, file), JSON.stringify(value));
  write("config_sentence_transformers.json", {
    prompts: { query: "検索: ", passage: "文: " },
    default_prompt_name: "passage",
  });
  write("sentence_bert_config.json", { max_seq_length: 32 });
  const expected = { pooling: "mean", prefix: "文: ", maxTokens: 32 };
  expect(readEncoderFolder({ folder })).toMatchObject(expected);
  expect(readEncoderFolder({ folder, pooling: "cls", prefix: "" })).toMatchObject({
    pooling: "cls",
    prefix: "",
  });
});

type Broken = { why: string; spoil: (folder: string) => void; says: RegExp };

test.each<Broken>([
  {
    why: "no ONNX file",
    spoil: (folder) => rmSync(join(folder, "onnx"), { recursive: true }),
    says: /ONNX ファイルがありません.*model_quantized/,
  },
  {
    why: "a file that is no ONNX",
    spoil: (folder) => writeFileSync(join(folder, "onnx/model.onnx"), "nonsense"),
    says: /model\.onnx を開けません/,
  },
  {
    why: "another kind of model",
    spoil: (folder) => editJson(join(folder, "config.json"), { model_type: "t5" }),
    says: /model_type … 読んだもの: t5、期待: bert/,
  },
  {
    why: "a tokenizer that transformers.js cannot read",
    spoil: (folder) => rmSync(join(folder, "tokenizer.json")),
    says: /tokenizer\.json がありません/,
  },
  {
    why: "a tokenizer with more words than config.json says",
    spoil: (folder) => editJson(join(folder, "config.json"), { vocab_size: 20 }),
    says: /いちばん大きい番号 \d+、期待: 20 未満/,
  },
  {
    why: "a tokenizer with more words than the table has rows",
    spoil: (folder) => {
      const added_tokens = [{ id: 5000, content: "<new>", special: true }];
      editJson(join(folder, "tokenizer.json"), { added_tokens });
      editJson(join(folder, "config.json"), { vocab_size: undefined });
    },
    says: /5000 を受け取れません/,
  },
  {
    why: "another dimension than was said",
    spoil: (folder) => {
      rmSync(join(folder, "1_Pooling"), { recursive: true });
      const manifest = { dimensions: 384, pooling: "mean" };
      writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
    },
    says: /読んだもの: 12.*期待: 384/,
  },
  {
    why: "no word about pooling",
    spoil: (folder) => rmSync(join(folder, "1_Pooling"), { recursive: true }),
    says: /まとめ方がわかりません.*encoder: \{ folder:.*pooling/,
  },
  {
    why: "a pooling that is neither mean nor cls",
    spoil: (folder) =>
      editJson(join(folder, "1_Pooling/config.json"), { pooling_mode_mean_tokens: false }),
    says: /1_Pooling\/config\.json.*読んだもの: mean false、cls false/,
  },
  {
    why: "a layer behind the pooling",
    spoil: (folder) =>
      writeFileSync(
        join(folder, "modules.json"),
        '[{"type":"sentence_transformers.models.Dense"}]',
      ),
    says: /modules\.json.*読んだもの: Dense/,
  },
  {
    why: "a graph without token vectors",
    spoil: (folder) =>
      copyModel(join(TINY_CLASSIFIER, "onnx/model.onnx"), join(folder, "onnx/model.onnx")),
    says: /出力 … 読んだもの: logits、期待: sentence_embedding/,
  },
  {
    why: "weights that are not the manifest's",
    spoil: (folder) => {
      const files = { "onnx/model.onnx": { sha256: "0".repeat(64), sizeBytes: 1 } };
      writeFileSync(join(folder, "manifest.json"), JSON.stringify({ files }));
    },
    says: /model\.onnx が変わっています.*manifest\.json を除いて/,
  },
])("refused, with what was read and expected: $why", async ({ spoil, says }) => {
  const folder = copyModel(TINY_ENCODER, join(tempFolder(), "own"));
  spoil(folder);
  const refusal = loadEncoder({ folder });
  await expect(refusal).rejects.toThrow(ModelError);
  await expect(refusal).rejects.toThrow(says);
});

test("a graph whose input is not known is refused by the input's name", async () => {
  const folder = copyModel(TINY_ENCODER, join(tempFolder(), "own"));
  const path = join(folder, "onnx/model.onnx");
  const text = readFileSync(path, "latin1").replaceAll("token_type_ids", "position_idsss");
  writeFileSync(path, text, "latin1");
  await expect(loadEncoder({ folder })).rejects.toThrow(
    /読んだもの: .*position_idsss.*token_type_ids/,
  );
});

test("a folder that is not there is told with what may stand in its place", async () => {
  const folder = join(tempFolder(), "none");
  mkdirSync(join(folder, ".."), { recursive: true });
  await expect(loadEncoder({ folder })).rejects.toThrow(/base、small、または/);
});
