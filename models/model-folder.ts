import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ModelError } from "../pipeline/errors.ts";

/** What transformers.js calls them, the smallest first: q8, int8, fp32. */
const ONNX_FILES = [
  "onnx/model_quantized.onnx",
  "onnx/model_int8.onnx",
  "onnx/model.onnx",
  "model.onnx",
];

/** Encoders that take a text as ids and a mask. RoBERTa's relatives come under their own names. */
const MODEL_TYPES = ["bert", "roberta", "xlm-roberta", "camembert", "distilbert", "modernbert"];

/** Longest input where no file says one; what the shipped encoders take. */
const MOST_TOKENS = 512;

const ModelConfig = z.object({
  model_type: z.string(),
  vocab_size: z.number().int().positive().optional(),
  hidden_size: z.number().int().positive().optional(),
  /** DistilBERT's name for the hidden size. */
  dim: z.number().int().positive().optional(),
  max_position_embeddings: z.number().int().positive().optional(),
  pad_token_id: z.number().int().nullish(),
  architectures: z.array(z.string()).default([]),
  id2label: z.record(z.string(), z.string()).optional(),
  problem_type: z.string().nullish(),
});
export type ModelConfig = z.infer<typeof ModelConfig>;

const TokenizerFile = z.object({
  model: z.object({ vocab: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]) }),
  added_tokens: z.array(z.object({ id: z.number().int().nonnegative() })).default([]),
});

const TokenizerConfig = z.looseObject({ model_max_length: z.number().positive().nullish() });

/** A folder as transformers.js lays it out, read and checked as far as can be without opening the graph. */
export type ModelFolder = {
  readonly folder: string;
  readonly config: ModelConfig;
  /** Name of the ONNX file in the folder. */
  readonly onnxFile: string;
  /** Most tokens of an input, the special ones included. */
  readonly maxTokens: number;
};

/** What the tokenizer is made from. */
export type TokenizerFiles = {
  readonly tokenizer: object;
  readonly config: object;
  /** The highest token id. */
  readonly highestId: number;
};

/** @throws ModelError naming the file that is missing or the value that is not as expected */
export function readModelFolder(folder: string): ModelFolder {
  const configPath = join(folder, "config.json");
  const config = readJsonFile(configPath, ModelConfig);
  if (!MODEL_TYPES.includes(config.model_type)) {
    throw new ModelError(
      `${configPath} の model_type … 読んだもの: ${config.model_type}、期待: ${MODEL_TYPES.join("、")}。`,
    );
  }
  const onnxFile = ONNX_FILES.find((file) => existsSync(join(folder, file)));
  if (onnxFile === undefined) {
    throw new ModelError(
      `モデルのフォルダ ${folder} に ONNX ファイルがありません。期待: ${ONNX_FILES.join("、")} のどれか。`,
    );
  }
  const tokenizerConfig = readJsonFile(join(folder, "tokenizer_config.json"), TokenizerConfig);
  if (!existsSync(join(folder, "tokenizer.json"))) {
    throw new ModelError(
      `モデルのフォルダ ${folder} に tokenizer.json がありません。期待: transformers.js で使える形（MeCab を要するトークナイザーは使えません）。`,
    );
  }
  const maxTokens = Math.min(
    positionsOf(config) ?? MOST_TOKENS,
    tokenizerConfig.model_max_length ?? MOST_TOKENS,
    MOST_TOKENS,
  );
  return { folder, config, onnxFile, maxTokens };
}

/** @throws ModelError where a token has no row in the model's table */
export function readTokenizer({ folder, config }: ModelFolder): TokenizerFiles {
  const path = join(folder, "tokenizer.json");
  const tokenizer = readJsonFile(path, z.looseObject({}));
  const { model, added_tokens } = parseAs(path, tokenizer, TokenizerFile);
  const ids = Array.isArray(model.vocab)
    ? [model.vocab.length - 1]
    : Object.values(model.vocab).map(Number);
  let highestId = 0;
  for (const id of [...ids, ...added_tokens.map(({ id }) => id)])
    highestId = Math.max(highestId, id);
  if (config.vocab_size !== undefined && highestId >= config.vocab_size) {
    throw new ModelError(
      `${path} の語彙が、モデルの表に収まりません。読んだもの: いちばん大きい番号 ${highestId}、期待: ${config.vocab_size} 未満（config.json の vocab_size）。同じモデルのトークナイザーを置いてください。`,
    );
  }
  return { tokenizer, config: readJsonFile(join(folder, "tokenizer_config.json")), highestId };
}

/** RoBERTa counts positions from behind the padding's. */
function positionsOf({ model_type, max_position_embeddings, pad_token_id }: ModelConfig) {
  if (max_position_embeddings === undefined) return undefined;
  const isRoberta = ["roberta", "xlm-roberta", "camembert"].includes(model_type);
  return max_position_embeddings - (isRoberta ? (pad_token_id ?? 1) + 1 : 0);
}

/** @throws ModelError naming the file, what was read and what was expected */
export function readJsonFile(path: string): object;
export function readJsonFile<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): z.infer<Schema>;
export function readJsonFile(path: string, schema: z.ZodType = z.looseObject({})): unknown {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new ModelError(`モデルのファイル ${path} が読めません。期待: JSON。`, { cause });
  }
  return parseAs(path, value, schema);
}

function parseAs<Schema extends z.ZodType>(
  path: string,
  value: unknown,
  schema: Schema,
): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new ModelError(`モデルのファイル ${path} の形が違います。${lines.slice(0, 5).join("、")}`, {
    cause: result.error,
  });
}
