import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readEncoderFolder } from "../models/encoder-folder.ts";
import { headVersion, type VersionPlace } from "../models/find-head.ts";
import type { Config } from "./config.ts";
import { ConfigError, ModelError, StorageError } from "./errors.ts";

const HeadCalibration = z.strictObject({
  /** The head that was judged, as `headVersion` tells it: the offset is of no use for another. */
  version: z.string(),
  /** Added to the log-odds of its confidences. */
  offset: z.number(),
  /** How many tags it comes from, and the JST date on which it was fitted. */
  judged: z.number().int().positive(),
  on: z.iso.date(),
});
export type HeadCalibration = z.infer<typeof HeadCalibration>;

/** `calibration.json`: what a desk's judgements made of each head's confidence, by the head's name. */
export const CalibrationFile = z.strictObject({ heads: z.record(z.string(), HeadCalibration) });
export type CalibrationFile = z.infer<typeof CalibrationFile>;

/**
 * @returns no heads where the file is not there
 * @throws ConfigError where it is not what `models calibrate` writes
 */
export function readCalibration({ calibration }: Pick<Config, "calibration">): CalibrationFile {
  if (!existsSync(calibration)) return { heads: {} };
  try {
    return CalibrationFile.parse(JSON.parse(readFileSync(calibration, "utf8")));
  } catch (cause) {
    throw new ConfigError(
      `校正のファイル ${calibration} が読めません。期待: kizuki models calibrate が書いたもの。消すと、校正なしで動きます。`,
      { cause },
    );
  }
}

/**
 * Whole or not at all: workers that start meanwhile read the one before.
 *
 * @throws StorageError where it cannot be written
 */
export function writeCalibration(
  { calibration: path }: Pick<Config, "calibration">,
  file: CalibrationFile,
): void {
  try {
    writeFileSync(`${path}.tmp`, `${JSON.stringify(file, null, 2)}\n`, { flush: true });
    renameSync(`${path}.tmp`, path);
  } catch (cause) {
    throw new StorageError(
      `校正を ${path} に書けません。書ける場所を kizuki.yaml の calibration: に書いてください。`,
      { cause },
    );
  }
}

type Heads = Pick<Config, "home" | "encoder" | "heads" | "calibration">;

/** Where heads and the digests of their weights are found. */
export function versionPlace({ home, encoder, heads }: Omit<Heads, "calibration">): VersionPlace {
  return { encoder: readEncoderFolder(encoder), heads, digestsFile: join(home, "weights.json") };
}

/** Of the heads in use; what was fitted for another version of one is left out. */
export function calibrationInUse(config: Heads): Readonly<Record<string, HeadCalibration>> {
  const known = Object.entries(readCalibration(config).heads);
  if (known.length === 0) return {};
  const place = versionPlace(config);
  return Object.fromEntries(
    known.filter(([name, { version }]) => version === headVersion(name, place)),
  );
}

/** For words alone: where the encoder is not on this machine, what the file says, since nobody can tell for which heads. */
export function calibrationTold(config: Heads): Readonly<Record<string, HeadCalibration>> {
  try {
    return calibrationInUse(config);
  } catch (cause) {
    if (!(cause instanceof ModelError)) throw cause;
    return readCalibration(config).heads;
  }
}

/** @returns what tells one calibration from another, without reading heads; '' for none */
export function calibrationMark(offsets: Readonly<Record<string, number>>): string {
  return Object.entries(offsets)
    .map(([head, offset]) => `${head} ${offset}`)
    .sort()
    .join(",");
}

export function offsetsInUse(config: Heads): Record<string, number> {
  const inUse = Object.entries(calibrationInUse(config));
  return Object.fromEntries(inUse.map(([name, { offset }]) => [name, offset]));
}
