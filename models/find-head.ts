import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ModelError } from "../pipeline/errors.ts";
import { type EncoderFolder, shippedNameOf } from "./encoder-folder.ts";
import { fileDigest } from "./file-digest.ts";
import { HEAD_NAMES, type HeadChoice } from "./head-choice.ts";
import { loadHead, readHeadLabels } from "./head-folder.ts";
import { readModelFolder } from "./model-folder.ts";
import { type Labeller, loadTextModel, readTextModelLabels } from "./text-model.ts";

const HEADS = fileURLToPath(new URL("./heads/", import.meta.url));

export type HeadPlace = {
  readonly encoder: EncoderFolder;
  /** By name: sentiment, kind, emotion, intensity, harm, or a taxonomy's. */
  readonly heads: Readonly<Record<string, HeadChoice>>;
  /** What a desk's judgements move confidences by, by the same names; none where it is left out. */
  readonly offsets?: Readonly<Record<string, number>> | undefined;
};

export type VersionPlace = Pick<HeadPlace, "encoder" | "heads"> & {
  /** See `fileDigest`. */
  readonly digestsFile: string;
};

/**
 * Loads what gives the labels of one name: the one of the config, else the one that ships with the encoder.
 *
 * @param shipped name of the shipped head, where it is another one: "topics-tourism" for "tourism"
 * @returns undefined where neither is there
 * @throws ModelError when a file is missing or changed, or a head is of another encoder
 */
export async function findHead(
  name: string,
  place: HeadPlace,
  shipped: string = name,
): Promise<Labeller | undefined> {
  const found = await loadFound(name, place, shipped);
  const offset = place.offsets?.[name];
  return found === undefined || offset === undefined ? found : { ...found, offset };
}

async function loadFound(
  name: string,
  { encoder, heads }: HeadPlace,
  shipped: string,
): Promise<Labeller | undefined> {
  const choice = heads[name];
  if (choice !== undefined) return await loadHeadOrModel(choice, encoder);
  const folder = shippedHeadFolder(shipped, encoder);
  return existsSync(folder) ? loadHead(folder, { encoder: encoder.id }) : undefined;
}

/**
 * @param name sentiment, kind, emotion, intensity, harm, or a taxonomy's
 * @returns the first 16 hex digits of SHA-256 of the head in use; undefined where there is none. What is known of one
 *   version's confidences says nothing of another's
 */
export function headVersion(
  name: string,
  { encoder, heads, digestsFile }: VersionPlace,
): string | undefined {
  const shipped = HEAD_NAMES.includes(name) ? name : shippedTopicHead(name);
  const choice = heads[name] ?? { folder: shippedHeadFolder(shipped, encoder) };
  // It names the SHA-256 of its weights.
  const own = join(choice.folder, "head.json");
  const told = existsSync(own)
    ? readFileSync(own)
    : holdsTextModel(choice.folder) && describeTextModel(choice, digestsFile);
  return told ? createHash("sha256").update(told).digest("hex").slice(0, 16) : undefined;
}

/** All that its labels and confidences depend on. */
function describeTextModel({ folder, labels = {} }: HeadChoice, digestsFile: string): string {
  const { onnxFile } = readModelFolder(folder);
  const files = ["config.json", "tokenizer.json", "tokenizer_config.json", onnxFile];
  const digests = files.map((file) => fileDigest(join(folder, file), digestsFile));
  return JSON.stringify([...digests, Object.entries(labels).sort()]);
}

/** Whether `findHead` would find one for a taxonomy; nothing is loaded. */
export function hasTopicHead(taxonomy: string, { encoder, heads }: HeadPlace): boolean {
  const isChosen = heads[taxonomy] !== undefined;
  return isChosen || existsSync(shippedHeadFolder(shippedTopicHead(taxonomy), encoder));
}

/**
 * @returns labels that the head in use for a taxonomy can give; no weights are loaded
 * @throws ModelError where the config names a folder that holds no head
 */
export function topicLabels(taxonomy: string, place: HeadPlace): readonly string[] {
  if (!hasTopicHead(taxonomy, place)) return [];
  const shipped = shippedHeadFolder(shippedTopicHead(taxonomy), place.encoder);
  const choice = place.heads[taxonomy] ?? { folder: shipped };
  return holdsTextModel(choice.folder)
    ? readTextModelLabels(choice)
    : readHeadLabels(choice.folder);
}

export function shippedTopicHead(taxonomy: string): string {
  return `topics-${taxonomy}`;
}

/** @throws ModelError where there is none: nothing is classified without it */
export async function requireHead(name: string, place: HeadPlace): Promise<Labeller> {
  const head = await findHead(name, place);
  if (head !== undefined) return head;
  const { folder } = place.encoder;
  throw new ModelError(
    `エンコーダ ${folder} のための分類器 ${name} がありません。kizuki models train --encoder ${folder} --examples 例文 --out フォルダ で作り、kizuki.yaml の heads: { ${name}: フォルダ } に書いてください。`,
  );
}

/** @returns where a head that ships with the encoder lies; the folder may not exist */
export function shippedHeadFolder(name: string, encoder: EncoderFolder): string {
  return join(HEADS, shippedNameOf(encoder) ?? "none", name);
}

/** A folder with head.json is ours; one with config.json is a text-classification model. */
export async function loadHeadOrModel(
  choice: HeadChoice,
  encoder: EncoderFolder,
): Promise<Labeller> {
  const { folder } = choice;
  if (existsSync(join(folder, "head.json"))) return loadHead(folder, { encoder: encoder.id });
  if (holdsTextModel(folder)) return await loadTextModel(choice);
  throw new ModelError(
    `分類器のフォルダ ${folder} … 読んだもの: head.json も config.json もなし、期待: models train が書いたフォルダか、transformers.js の形のテキスト分類モデル。`,
  );
}

function holdsTextModel(folder: string): boolean {
  return !existsSync(join(folder, "head.json")) && existsSync(join(folder, "config.json"));
}
