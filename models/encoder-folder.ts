import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { ModelError } from "../pipeline/errors.ts";
import { type ModelFolder, readJsonFile, readModelFolder } from "./model-folder.ts";

const SHIPPED = fileURLToPath(new URL("./encoder/", import.meta.url));

/** The encoders that ship, the default first; `small` is the faster one. */
export const ShippedName = z.enum(["base", "small"]);
export type ShippedName = z.infer<typeof ShippedName>;

const Pooling = z.enum(["mean", "cls"]);

/** Which encoder is to be used, as the config says it; the folder is absolute. */
export const EncoderChoice = z.strictObject({
  folder: z.string().min(1),
  /** How token vectors become one; read from the folder where it is not stated. */
  pooling: Pooling.optional(),
  /** Put before each text, as the encoder was trained with it. */
  prefix: z.string().optional(),
});
export type EncoderChoice = z.infer<typeof EncoderChoice>;

export function shippedEncoder(name: ShippedName): EncoderChoice {
  return { folder: join(SHIPPED, name) };
}

/** @returns undefined for a folder of one's own */
export function shippedNameOf({ folder }: EncoderChoice): ShippedName | undefined {
  return ShippedName.options.find((name) => folder.replace(/[/\\]$/, "") === join(SHIPPED, name));
}

const FileCheck = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sizeBytes: z.number().int().positive(),
});

/** `manifest.json`: says which bytes an encoder is made of. The shipped ones have it, any other may. */
const Manifest = z.object({
  name: z.string().optional(),
  dimensions: z.number().int().positive().optional(),
  maxTokens: z.number().int().positive().optional(),
  pooling: Pooling.optional(),
  prefix: z.string().optional(),
  sameInBatch: z.boolean().default(false),
  files: z.record(z.string(), FileCheck).default({}),
});
type Manifest = z.infer<typeof Manifest>;

/** What is known of an encoder before its graph is opened. */
export type EncoderFolder = ModelFolder & {
  readonly name: string;
  /**
   * What heads and stored vectors name as their encoder: SHA-256 of a shipped one's ONNX file, of any other's
   * `identify`. Another id means other vectors, and other vectors another id.
   */
  readonly id: string;
  /** Undefined where only the graph knows. */
  readonly dimensions: number | undefined;
  /** Undefined where only the graph can do it. */
  readonly pooling: "mean" | "cls" | undefined;
  readonly prefix: string;
  /**
   * Whether texts of one length in one call give, bit for bit, what each gives alone, as where all int8 scales are fixed
   * in the file. Only a manifest says so.
   */
  readonly sameInBatch: boolean;
  readonly files: Manifest["files"];
};

/**
 * Reads what the folder says of itself: our manifest, or what sentence-transformers writes. Config wins over both.
 * Whether vectors are normalised need not be known: only their direction is kept.
 *
 * @throws ModelError naming file, value read and value expected
 */
export function readEncoderFolder(choice: EncoderChoice): EncoderFolder {
  const { folder } = choice;
  if (!existsSync(folder)) {
    throw new ModelError(
      `エンコーダのフォルダ ${folder} がありません。期待: ${ShippedName.options.join("、")}、または transformers.js の形のフォルダ（config.json、tokenizer.json、onnx/model.onnx など）。`,
    );
  }
  const model = readModelFolder(folder);
  const manifest = readOptional(join(folder, "manifest.json"), Manifest);
  const foreign = readSentenceTransformers(folder);
  const { hidden_size, dim } = model.config;
  const files = manifest?.files ?? {};
  const hashOf = (file: string) => files[file]?.sha256 ?? sha256Of(join(folder, file));
  const reading = {
    maxTokens: Math.min(model.maxTokens, manifest?.maxTokens ?? foreign.maxTokens ?? Infinity),
    pooling: choice.pooling ?? manifest?.pooling ?? foreign.pooling,
    prefix: choice.prefix ?? manifest?.prefix ?? foreign.prefix ?? "",
  };
  const onnx = hashOf(model.onnxFile);
  return {
    ...model,
    ...reading,
    name: manifest?.name ?? basename(folder.replace(/[/\\]$/, "")),
    id: isAsShipped(choice) ? onnx : identify({ ...reading, onnx, tokenizer: hashOf(TOKENIZER) }),
    dimensions: manifest?.dimensions ?? foreign.dimensions ?? hidden_size ?? dim,
    sameInBatch: manifest?.sameInBatch ?? false,
    files,
  };
}

/** The heads that ship name its ONNX file alone; `manifest.json` and git keep the rest of it as it was. */
function isAsShipped(choice: EncoderChoice): boolean {
  const { pooling, prefix } = choice;
  return shippedNameOf(choice) !== undefined && pooling === undefined && prefix === undefined;
}

const TOKENIZER = "tokenizer.json";

/** All that a vector depends on: the same weights make other vectors of other tokens, pooled or prefixed otherwise. */
function identify(parts: {
  /** SHA-256, as `tokenizer`. */
  readonly onnx: string;
  readonly tokenizer: string;
  readonly pooling: EncoderFolder["pooling"];
  readonly prefix: string;
  readonly maxTokens: number;
}): string {
  const { onnx, tokenizer, pooling = null, prefix, maxTokens } = parts;
  const text = JSON.stringify({ onnx, tokenizer, pooling, prefix, maxTokens });
  return createHash("sha256").update(text).digest("hex");
}

/** Compares each file that the manifest lists. @throws ModelError naming the first that differs */
export function verifyEncoder({ folder, files }: EncoderFolder): void {
  for (const [name, expected] of Object.entries(files)) {
    const path = join(folder, ...name.split("/"));
    if (!existsSync(path)) {
      throw new ModelError(
        `モデルのファイル ${path} がありません。期待: ${expected.sizeBytes} バイト。${mend(path)}`,
      );
    }
    const sha256 = sha256Of(path);
    if (sha256 !== expected.sha256) {
      throw new ModelError(
        `モデルのファイル ${path} が変わっています。読んだもの: sha256 ${sha256}、期待: ${expected.sha256}。${mend(path)}`,
      );
    }
  }
}

function mend(path: string): string {
  return path.startsWith(SHIPPED + (SHIPPED.endsWith(sep) ? "" : sep))
    ? "git checkout で戻してください。"
    : "元のファイルに戻すか、manifest.json を除いてください。";
}

const PoolingFile = z.object({
  word_embedding_dimension: z.number().int().positive().optional(),
  pooling_mode_mean_tokens: z.boolean().default(false),
  pooling_mode_cls_token: z.boolean().default(false),
});
const PromptsFile = z.object({
  prompts: z.record(z.string(), z.string()).default({}),
  default_prompt_name: z.string().nullish(),
});
const LengthFile = z.object({ max_seq_length: z.number().int().positive().nullish() });
const ModulesFile = z.array(z.object({ type: z.string() }));

function readSentenceTransformers(folder: string) {
  const poolingPath = join(folder, "1_Pooling", "config.json");
  const pooling = readOptional(poolingPath, PoolingFile);
  const prompts = readOptional(join(folder, "config_sentence_transformers.json"), PromptsFile);
  const length = readOptional(join(folder, "sentence_bert_config.json"), LengthFile);
  refuseMoreModules(join(folder, "modules.json"));
  const { pooling_mode_mean_tokens: isMean, pooling_mode_cls_token: isCls } = pooling ?? {};
  if (pooling !== undefined && isMean === isCls) {
    throw new ModelError(
      `${poolingPath} のまとめ方 … 読んだもの: mean ${isMean}、cls ${isCls}、期待: pooling_mode_mean_tokens か pooling_mode_cls_token のどちらか一つ。`,
    );
  }
  return {
    dimensions: pooling?.word_embedding_dimension,
    pooling: pooling === undefined ? undefined : isMean ? ("mean" as const) : ("cls" as const),
    prefix: prompts?.prompts[prompts.default_prompt_name ?? ""],
    maxTokens: length?.max_seq_length ?? undefined,
  };
}

/** A layer behind the pooling is in no ONNX file of transformers.js, and without it the vector is another one. */
function refuseMoreModules(path: string): void {
  const known = ["Transformer", "Pooling", "Normalize"];
  const other = (readOptional(path, ModulesFile) ?? [])
    .map(({ type }) => type.split(".").at(-1) ?? "")
    .filter((type) => !known.includes(type));
  if (other.length === 0) return;
  throw new ModelError(
    `${path} の段 … 読んだもの: ${other.join("、")}、期待: ${known.join("、")} だけ。`,
  );
}

function readOptional<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): z.infer<Schema> | undefined {
  return existsSync(path) ? readJsonFile(path, schema) : undefined;
}

function sha256Of(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}
