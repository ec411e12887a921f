import { existsSync, readFileSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { z } from "zod";
import {
  EncoderChoice,
  ShippedName,
  shippedEncoder,
  shippedNameOf,
} from "../models/encoder-folder.ts";
import { HEAD_NAMES, HeadChoice } from "../models/head-choice.ts";
import { isYamlFile } from "../models/read-yaml.ts";
import { loadTaxonomy } from "../models/taxonomy.ts";
import { Annotation } from "./annotation.ts";
import { configDigest } from "./config-digest.ts";
import { DeliverConfig, resolveDeliverPaths, unknownLines } from "./deliver/deliver-config.ts";
import { describeConfigIssue } from "./describe-config-issue.ts";
import { ConfigError } from "./errors.ts";
import { PullConfig, resolvePullPaths } from "./intake/pull/pull-config.ts";
import { LinesConfig, lineNames } from "./lines-config.ts";
import { MasterConfig, resolveMasterPaths } from "./master/master-config.ts";
import { OperationsConfig } from "./operations/operations-config.ts";
import { parseYaml } from "./parse-yaml.ts";
import { ForgetMode } from "./schema/record-actions.ts";
import { KafkaSettings, resolveKafkaPaths } from "./streams/kafka-settings.ts";
import { MaskSettings } from "./text/mask/mask-rules.ts";

const ENCODER_EXPECTED =
  "base、small、エンコーダのフォルダ、または { folder, pooling: mean か cls, prefix }";
const HEAD_EXPECTED =
  "分類器のフォルダ、または { folder, labels: { モデルのラベル: こちらのラベル } }";

const hour = z.int().min(0).max(23);

/** `kizuki.yaml`. Paths in it are relative to the file. */
const ConfigFile = z.strictObject({
  /** Heading of the reports. */
  title: z.string().min(1).max(60).default("お客様の声"),
  /** Names of bundled taxonomies or paths of YAML files; reports use the first. */
  taxonomies: z.array(z.string().min(1)).min(1).default(["food-maker"]),
  /** base or small, which ship, or the folder of another; what its files do not say can be stated. */
  encoder: z.union([z.string().min(1), EncoderChoice], ENCODER_EXPECTED).default("base"),
  /**
   * Folder of a head of your own, or of a text-classification model in its place, by name: sentiment, kind, emotion,
   * intensity, harm, or a taxonomy's. Else the one that ships with the encoder is used.
   */
  heads: z.record(z.string(), z.union([z.string().min(1), HeadChoice], HEAD_EXPECTED)).default({}),
  /** What `models calibrate` writes and all that classifies reads; else calibration.json beside this file, or in home. */
  calibration: z.string().min(1).optional(),
  /** Files put here are loaded by `serve`. Outside home: what lies here is not masked yet. */
  inbox: z.string().min(1).optional(),
  /** Source description by name, for `--source NAME`. */
  sources: z.record(z.string(), z.string().min(1)).default({}),
  /** Mailboxes, feeds and interfaces that `serve` reads, by name. */
  pull: PullConfig,
  /** Source names that must have arrived for a period to be complete. */
  expectedSources: z.array(z.string().min(1)).default([]),
  /** Product lines; each has a weekly report of its own beside the whole. */
  lines: LinesConfig,
  /** A table of what was sold or who came (columns product or place, from, until, units), and what a unit is called. */
  exposure: z
    .strictObject({ file: z.string().min(1), unit: z.string().min(1).max(8).default("個") })
    .optional(),
  /** Tables of products, stores and desks. */
  master: MasterConfig.optional(),
  /** What happened: marks on the reports' trends. */
  annotations: z.array(Annotation).max(200).default([]),
  /** Worker processes; each takes a core and about 700 MB. */
  workers: z.int().min(1).max(64).optional(),
  /** File of the master key, outside home. */
  masterKeyFile: z.string().min(1).optional(),
  schedule: z
    .strictObject({
      /** Hour of Monday, Asia/Tokyo. */
      weeklyHour: hour.default(8),
      /** Hour of the first of the month, Asia/Tokyo. */
      monthlyHour: hour.default(9),
      /** Hour of every day at which the day before is told; without it there is no daily digest by itself. */
      dailyHour: hour.optional(),
      /** Hours of every day, Asia/Tokyo. */
      snapshotHour: hour.default(3),
      backupHour: hour.default(4),
      deadLettersHour: hour.default(7),
      /** Before the snapshot and the backup, so that they hold nothing that is to go. */
      retentionHour: hour.default(2),
    })
    .prefault({}),
  /** How long customers' words are kept; for ever where left out. */
  retention: z
    .strictObject({
      /** Months after which a voice is forgotten, by the day on which it was received. */
      months: z.int().min(1).max(1200),
      /** Whether day, topics and sentiment stay for the figures. */
      mode: ForgetMode.default("pseudonymise"),
      /** Days after which the sealed stream in home goes; with Kafka see kafka.streams.rawRetentionDays. */
      rawDays: z.int().min(1).default(30),
    })
    .optional(),
  /** File of the company's name, sign, colour and own sections. */
  theme: z.string().min(1).optional(),
  /** The browser that prints PDF, where it is not found by itself. */
  chromium: z.string().min(1).optional(),
  /** Without it reports are files only. */
  deliver: DeliverConfig.optional(),
  ...OperationsConfig.shape,
  mask: MaskSettings.prefault({}),
  /** Without it the streams are files in home. */
  kafka: KafkaSettings.optional(),
});

export type Config = Omit<z.infer<typeof ConfigFile>, "encoder" | "heads" | "calibration"> & {
  readonly encoder: EncoderChoice;
  readonly heads: Readonly<Record<string, HeadChoice>>;
  readonly calibration: string;
  /** Where all that is written lives. */
  readonly home: string;
  readonly workers: number;
  /** From the environment; a file named in `deliver.smtp` comes first. */
  readonly smtpPassword: string | undefined;
  /** The file it was read from; undefined where there was none. */
  readonly file: string | undefined;
  /** Of that file, as it was read. */
  readonly digest: string;
};

/**
 * Reads `kizuki.yaml` once: the path that was given, else `kizuki.yaml` in home, else in the working folder.
 *
 * @throws ConfigError naming every mistake with path, value read and value expected
 */
export function loadConfig(options: {
  readonly home: string;
  readonly file: string | undefined;
  readonly workingFolder: string;
  readonly smtpPassword?: string | undefined;
}): Config {
  const file =
    options.file ??
    [join(options.home, "kizuki.yaml"), join(options.workingFolder, "kizuki.yaml")].find(
      existsSync,
    );
  const parsed = file === undefined ? ConfigFile.parse({}) : readConfigFile(file);
  const base = file === undefined ? options.workingFolder : dirname(resolve(file));
  const absolute = (path: string) => (isAbsolute(path) ? path : join(base, path));
  const optional = (path: string | undefined) => (path === undefined ? undefined : absolute(path));
  const mapPaths = (paths: Record<string, string>) =>
    Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, absolute(path)]));
  const config = {
    ...parsed,
    home: resolve(options.home),
    smtpPassword: options.smtpPassword,
    file,
    digest: configDigest(file),
    workers: parsed.workers ?? availableParallelism(),
    encoder: encoderChoice(parsed.encoder, base),
    heads: Object.fromEntries(
      Object.entries(parsed.heads).map(([name, head]) => [
        name,
        typeof head === "string"
          ? { folder: absolute(head) }
          : { ...head, folder: absolute(head.folder) },
      ]),
    ),
    calibration: absolute(parsed.calibration ?? defaultCalibration(file, options.home)),
    sources: mapPaths(parsed.sources),
    pull: resolvePullPaths(parsed.pull, absolute),
    taxonomies: parsed.taxonomies.map((name) => (isYamlFile(name) ? absolute(name) : name)),
    theme: optional(parsed.theme),
    chromium: optional(parsed.chromium),
    inbox: optional(parsed.inbox),
    exposure: parsed.exposure && { ...parsed.exposure, file: absolute(parsed.exposure.file) },
    master: parsed.master && resolveMasterPaths(parsed.master, absolute),
    masterKeyFile: optional(parsed.masterKeyFile),
    log: {
      ...parsed.log,
      ...(parsed.log.file !== undefined && { file: absolute(parsed.log.file) }),
    },
    backup: parsed.backup && { ...parsed.backup, folder: absolute(parsed.backup.folder) },
    deliver: parsed.deliver && resolveDeliverPaths(parsed.deliver, absolute),
    kafka: parsed.kafka === undefined ? undefined : resolveKafkaPaths(parsed.kafka, absolute),
  };
  if (isMissingEncoder(config.encoder)) {
    throw new ConfigError(
      `${file}: encoder … 読んだもの: ${config.encoder.folder}（ありません）、期待: ${ENCODER_EXPECTED}。`,
    );
  }
  refuseUnknownHeads(config);
  refuseUnknownLines(config);
  refuseInsideHome(config);
  return config;
}

/** @returns relative where there is a file that it lies beside */
function defaultCalibration(file: string | undefined, home: string): string {
  const name = "calibration.json";
  return file === undefined ? join(resolve(home), name) : name;
}

/** A recipient of a line that nobody defines would wait for ever. */
function refuseUnknownLines({ file, deliver, lines }: Config): void {
  const [unknown] = deliver === undefined ? [] : unknownLines(deliver, lineNames(lines));
  if (unknown === undefined) return;
  const { path, line, expected } = unknown;
  throw new ConfigError(`${file}: ${path} … 読んだもの: ${line}、期待: ${expected}。`);
}

/** What lies in the inbox is not masked yet; a backup that goes with home is none. */
function refuseInsideHome({ file, home, inbox, backup }: Config): void {
  for (const [name, path] of [
    ["inbox", inbox],
    ["backup.folder", backup?.folder],
  ]) {
    if (path === undefined || !isInside(path, home)) continue;
    throw new ConfigError(
      `${file}: ${name} … 読んだもの: ${path}、期待: home（${home}）の外のフォルダ。`,
    );
  }
}

/** @param base folder that a relative path is meant from */
export function encoderChoice(given: string | EncoderChoice, base: string): EncoderChoice {
  const shipped = ShippedName.safeParse(given);
  if (shipped.success) return shippedEncoder(shipped.data);
  const choice = typeof given === "string" ? { folder: given } : given;
  return { ...choice, folder: resolve(base, choice.folder) };
}

/** Whether it is a folder of one's own that is not there: what ships and is lost is no mistake of the config. */
export function isMissingEncoder(choice: EncoderChoice): boolean {
  if (shippedNameOf(choice) !== undefined) return false;
  return statSync(choice.folder, { throwIfNoEntry: false })?.isDirectory() !== true;
}

/** A head under a name that nothing asks for would be ignored without a word. */
function refuseUnknownHeads({
  file,
  heads,
  taxonomies,
}: Pick<Config, "file" | "heads" | "taxonomies">): void {
  const others = Object.keys(heads).filter((name) => !HEAD_NAMES.includes(name));
  if (others.length === 0) return;
  const known = [...HEAD_NAMES, ...taxonomies.map(taxonomyName)];
  const unknown = others.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new ConfigError(
    `${file}: heads … 読んだもの: ${unknown.join("、")}（この名前の分類器は使われません）、期待: ${known.join("、")}。`,
  );
}

/** A YAML file says its name itself. @throws InputError where it is not there or wrong */
function taxonomyName(nameOrPath: string): string {
  return isYamlFile(nameOrPath) ? loadTaxonomy(nameOrPath).name : nameOrPath;
}

export function isInside(path: string, folder: string): boolean {
  return `${resolve(path)}/`.startsWith(`${resolve(folder)}/`);
}

function readConfigFile(file: string): z.infer<typeof ConfigFile> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new ConfigError(`設定ファイル ${file} が読めません。`, { cause });
  }
  const value = parseYaml(text, `設定ファイル ${file}`) ?? {};
  const result = ConfigFile.safeParse(value);
  if (result.success) return result.data;
  const lines = result.error.issues.flatMap((issue) => describeConfigIssue(issue, value));
  throw new ConfigError(
    `設定ファイル ${file} に ${lines.length} 件の誤りがあります:\n${lines.join("\n")}`,
  );
}
