import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Random models of a few KB, see `test/fixtures/models/make.py`. */
const MODELS = fileURLToPath(new URL("../fixtures/models/", import.meta.url));

/** A BERT of 12 dimensions that tells its pooling by sentence-transformers' file. */
export const TINY_ENCODER = join(MODELS, "encoder");

/** NEGATIVE and POSITIVE, by the characters 悪 and 良. */
export const TINY_CLASSIFIER = join(MODELS, "classifier");

/** A copy of a model to be changed. @returns its folder */
export function copyModel(model: string, folder: string): string {
  cpSync(model, folder, { recursive: true });
  return folder;
}

/** A copy of the tiny encoder with one other weight: another encoder of the same shape. */
export function otherEncoder(folder: string): string {
  copyModel(TINY_ENCODER, folder);
  const path = join(folder, "onnx", "model.onnx");
  const bytes = readFileSync(path);
  // The high byte of a float32 in the middle of the word table: its sign.
  const at = Math.floor(bytes.length / 2);
  for (let byte = at; byte < at + 64; byte += 1)
    bytes.writeUInt8(bytes.readUInt8(byte) ^ 0x80, byte);
  writeFileSync(path, bytes);
  return folder;
}

/** Changes fields of a JSON file; a field set to undefined goes. */
export function editJson(path: string, changes: Readonly<Record<string, unknown>>): void {
  const value: object = JSON.parse(readFileSync(path, "utf8"));
  writeFileSync(path, JSON.stringify({ ...value, ...changes }));
}
