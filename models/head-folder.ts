import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { ModelError, UsageError } from "../pipeline/errors.ts";
import { HASH_SIZE } from "./features.ts";
import type { Head } from "./head.ts";

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** `head.json`: everything about a head but its weights, which lie beside it in `weights.bin`. */
export const HeadFile = z
  .strictObject({
    name: z.string().min(1),
    mode: z.enum(["single", "multi"]),
    labels: z.array(z.string().min(1)).min(1),
    featureVersion: z.number().int().positive(),
    vectorSize: z.number().int().nonnegative(),
    scales: z.strictObject({
      vector: z.number().nonnegative(),
      characters: z.number().nonnegative(),
      words: z.number().nonnegative(),
    }),
    thresholds: z.array(z.number().min(0).max(1)),
    calibration: z.array(
      z.strictObject({
        slope: z.number().positive(),
        slopeAbove: z.number().positive().optional(),
        offset: z.number(),
      }),
    ),
    biases: z.array(z.number()),
    vectorSteps: z.array(z.number().positive()),
    hashSteps: z.array(z.number().positive()),
    unseen: z.strictObject({
      n: z.number().int().nonnegative(),
      accuracy: z.number().min(0).max(1),
      coverage: z.number().min(0).max(1),
      shownAccuracy: z.number().min(0).max(1),
      ece: z.number().min(0).max(1),
    }),
    origin: z.strictObject({
      encoder: z.string().min(1),
      counts: z.record(z.string(), z.number().int().nonnegative()),
      examples: z.number().int().nonnegative(),
      licence: z.string(),
      data: z.array(z.string()),
    }),
    /** int16 (little-endian) of the vector [vectorSize × labels], then int8 [2^15 × labels]. */
    weights: z.strictObject({ sha256: Sha256, sizeBytes: z.number().int().positive() }),
  })
  .refine(
    ({ labels, thresholds, calibration, biases, vectorSteps, hashSteps }) =>
      [thresholds, calibration, biases, vectorSteps, hashSteps].every(
        (list) => list.length === labels.length,
      ),
    { error: "thresholds, calibration, biases and steps need one entry per label" },
  );
export type HeadFile = z.infer<typeof HeadFile>;

/** What every version of `head.json` has had. */
const AnyHeadFile = z.object({
  featureVersion: z.number(),
  weights: z.object({ sha256: Sha256 }),
});

/** @throws UsageError where a head saved there would take the place of something else */
export function refuseForeignFolder(folder: string): void {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) return;
  const names = stats.isDirectory() ? readdirSync(folder) : undefined;
  if (names?.length === 0 || (names?.includes("head.json") && holdsHead(folder))) return;
  const read = names === undefined ? "ファイル" : `中身: ${names.slice(0, 5).join("、")}`;
  throw new UsageError(
    `--out … 読んだもの: ${folder}（${read}）、期待: まだないフォルダ、空のフォルダ、または models train が書いたフォルダ。`,
  );
}

function holdsHead(folder: string): boolean {
  try {
    const value: unknown = JSON.parse(readFileSync(join(folder, "head.json"), "utf8"));
    return AnyHeadFile.safeParse(value).success;
  } catch {
    return false;
  }
}

/** Whole or not at all: a head that was there before stays until the new one is written. */
export function saveHead(folder: string, head: Head): void {
  const { vectorWeights, hashWeights, ...facts } = head;
  const bytes = Buffer.alloc(vectorWeights.length * 2 + hashWeights.length);
  for (const [at, weight] of vectorWeights.entries()) bytes.writeInt16LE(weight, at * 2);
  bytes.set(
    new Uint8Array(hashWeights.buffer, hashWeights.byteOffset, hashWeights.length),
    vectorWeights.length * 2,
  );
  const file = HeadFile.parse({
    ...facts,
    weights: { sha256: sha256Of(bytes), sizeBytes: bytes.length },
  });
  // A link stays a link: what it points to is replaced.
  const place = existsSync(folder) ? realpathSync(folder) : resolve(folder);
  mkdirSync(dirname(place), { recursive: true });
  const work = mkdtempSync(`${place}.`);
  try {
    const [made, old] = [join(work, "new"), join(work, "old")];
    mkdirSync(made);
    writeFileSync(join(made, "head.json"), `${JSON.stringify(file, null, 2)}\n`);
    writeFileSync(join(made, "weights.bin"), bytes);
    if (existsSync(place)) swapFolder(place, { made, old });
    else renameSync(made, place);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** What else lay in the folder, such as notes, goes on lying there. */
function swapFolder(place: string, { made, old }: { made: string; old: string }): void {
  const ours = readdirSync(made);
  renameSync(place, old);
  try {
    for (const name of readdirSync(old)) {
      if (!ours.includes(name)) renameSync(join(old, name), join(made, name));
    }
    renameSync(made, place);
  } catch (cause) {
    for (const name of readdirSync(made)) {
      if (!ours.includes(name)) renameSync(join(made, name), join(old, name));
    }
    renameSync(old, place);
    throw cause;
  }
}

export type LoadOptions = {
  /** The encoder in use, as `encoderId` names it: a head trained on another one is refused. Left out: not checked. */
  readonly encoder?: string;
};

/** @throws ModelError where its `head.json` cannot be read; its weights are left alone */
export function readHeadLabels(folder: string): readonly string[] {
  const path = join(folder, "head.json");
  return parseHeadFile(path, readBytes(path, "分類器の目録 head.json")).labels;
}

/** @throws ModelError when a file is missing or changed, or the head belongs to another encoder */
export function loadHead(folder: string, options: LoadOptions = {}): Head {
  const path = join(folder, "head.json");
  const { weights, ...facts } = parseHeadFile(path, readBytes(path, "分類器の目録 head.json"));
  if (options.encoder !== undefined && options.encoder !== facts.origin.encoder) {
    throw new ModelError(
      `分類器 ${folder} は別のエンコーダで学習されています。読んだもの: ${facts.origin.encoder}、` +
        `期待: ${options.encoder}。kizuki models train --encoder … で学習し直してください。`,
    );
  }
  const weightsPath = join(folder, "weights.bin");
  const bytes = readBytes(weightsPath, `${weights.sizeBytes} バイトの重み`);
  const sha256 = sha256Of(bytes);
  const vectorLength = facts.vectorSize * facts.labels.length;
  const expectedBytes = vectorLength * 2 + HASH_SIZE * facts.labels.length;
  if (sha256 !== weights.sha256 || bytes.length !== expectedBytes) {
    throw new ModelError(
      `分類器の重み ${weightsPath} が目録と違います。読んだもの: ${bytes.length} バイト、sha256 ${sha256}、` +
        `期待: ${expectedBytes} バイト、sha256 ${weights.sha256}。git checkout で戻してください。`,
    );
  }
  return {
    ...facts,
    vectorWeights: Int16Array.from({ length: vectorLength }, (_, at) => bytes.readInt16LE(at * 2)),
    hashWeights: new Int8Array(
      bytes.buffer,
      bytes.byteOffset + vectorLength * 2,
      bytes.length - vectorLength * 2,
    ),
  };
}

function parseHeadFile(path: string, bytes: Buffer): HeadFile {
  let parsed: unknown;
  try {
    parsed = JSON.parse(bytes.toString("utf8"));
  } catch (cause) {
    throw new ModelError(`分類器の目録 ${path} が JSON として読めません。期待: head.json。`, {
      cause,
    });
  }
  const checked = HeadFile.safeParse(parsed);
  if (checked.success) return checked.data;
  throw new ModelError(
    `分類器の目録 ${path} の形が違います。${z.prettifyError(checked.error)}。npm run train-heads で作り直してください。`,
    { cause: checked.error },
  );
}

function readBytes(path: string, expected: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new ModelError(
      `分類器のファイル ${path} が読めません。期待: ${expected}。git checkout で戻すか、npm run train-heads で作ってください。`,
      { cause },
    );
  }
}

function sha256Of(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
