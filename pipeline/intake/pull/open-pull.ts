import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import type { Config } from "../../config.ts";
import { ConfigError, messageOf } from "../../errors.ts";
import { readSecretFile } from "../../secret-file.ts";
import { describeIssues } from "../describe-issues.ts";
import { loadSource, SourceDescription } from "../source.ts";
import type { Reading, SourcePlugin, Watermark } from "../source-plugin.ts";
import { isPath } from "./pull-config.ts";

/** A source of `pull:`, ready to be read. */
export type OpenPull = {
  readonly name: string;
  readonly everyMs: number;
  readonly source: SourceDescription;
  /** @throws ConfigError where a file of a secret cannot be read: it is read again each time, for passwords change */
  read(
    watermark: Watermark | undefined,
    given: Pick<Reading<unknown>, "clock" | "signal">,
  ): AsyncIterable<unknown>;
};

const SHIPPED: Readonly<Record<string, () => Promise<unknown>>> = {
  imap: () => import("../plugins/imap.ts"),
  feed: () => import("../plugins/feed.ts"),
  json: () => import("../plugins/json.ts"),
};

/** For schemas whose maker wrote no message. */
const JAPANESE = z.locales.ja().localeError;

/** What a file that is not ours has to export. */
const PluginFile = z.object({
  plugin: z.object({
    manifest: z.strictObject({
      name: z.string().min(1),
      reads: z.strictObject({ ja: z.string().min(1), en: z.string().min(1) }),
      Settings: z.custom<z.ZodType>((value) => value instanceof z.ZodType, "zod の型"),
      secrets: z.record(z.string(), z.enum(["required", "optional"])),
      source: z.record(z.string(), z.unknown()).optional(),
    }),
    read: z.custom<SourcePlugin["read"]>((value) => typeof value === "function", "関数"),
  }),
});
type Plugin = z.infer<typeof PluginFile>["plugin"];

/**
 * Makes a source of `kizuki.yaml` ready: finds its plugin, checks the settings by it, and how its cells become voices.
 *
 * @throws ConfigError naming every mistake at once
 */
export async function openPull(config: Config, name: string): Promise<OpenPull> {
  const pull = config.pull[name];
  if (pull === undefined) {
    const names = Object.keys(config.pull).join("、") || "まだありません";
    throw new ConfigError(
      `pull に ${name} がありません。kizuki.yaml の pull にある名前: ${names}。`,
    );
  }
  const where = `${config.file}: pull.${name}`;
  const { manifest, read } = await loadPlugin(pull.plugin, where);
  const settings = manifest.Settings.safeParse(pull.settings, { error: JAPANESE });
  if (!settings.success) throw mistakes(`${where}.settings`, settings.error, pull.settings);
  const wrong = [
    ...Object.keys(pull.secrets).filter((secret) => manifest.secrets[secret] === undefined),
    ...Object.keys(manifest.secrets).filter(
      (secret) => manifest.secrets[secret] === "required" && pull.secrets[secret] === undefined,
    ),
  ];
  if (wrong.length > 0) {
    const wanted = Object.entries(manifest.secrets).map(([secret, need]) =>
      need === "required" ? secret : `${secret}（なくてもよい）`,
    );
    throw new ConfigError(
      `${where}.secrets … ${wrong.join("、")} が足りないか、余分です。期待: ${wanted.join("、") || "なし"}。値は秘密を書いたファイルのパスです。`,
    );
  }
  const source = await sourceOf(config, { name, where, asked: pull.source, own: manifest.source });
  const folder = dirname(config.file ?? "");
  return {
    name,
    everyMs: pull.everyMinutes * 60_000,
    source,
    read: (watermark, given) => {
      const secrets = Object.fromEntries(
        Object.entries(pull.secrets).map(([secret, path]) => [
          secret,
          readSecretFile(path, `${where}.secrets.${secret}`),
        ]),
      );
      return read(watermark, { name, settings: settings.data, secrets, folder, ...given });
    },
  };
}

async function loadPlugin(plugin: string, where: string): Promise<Plugin> {
  const shipped = Object.hasOwn(SHIPPED, plugin) ? SHIPPED[plugin] : undefined;
  if (shipped === undefined && !isPath(plugin)) {
    throw new ConfigError(
      `${where}.plugin … 読んだもの: ${plugin}、期待: ${Object.keys(SHIPPED).join("、")}、または自作のプラグインのファイルのパス。`,
    );
  }
  const file: unknown = await (shipped?.() ?? importFile(plugin, where));
  const parsed = PluginFile.safeParse(file);
  if (!parsed.success) throw mistakes(`${where}.plugin（${plugin}）`, parsed.error, file);
  return parsed.data.plugin;
}

async function importFile(path: string, where: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(path).href);
  } catch (cause) {
    const [why] = messageOf(cause).split("\n");
    throw new ConfigError(`${where}.plugin … ${path} をプラグインとして読めません（${why}）。`, {
      cause,
    });
  }
}

async function sourceOf(
  config: Config,
  options: {
    readonly name: string;
    readonly where: string;
    readonly asked: string | undefined;
    readonly own: Record<string, unknown> | undefined;
  },
): Promise<SourceDescription> {
  const { name, where, asked, own } = options;
  if (asked !== undefined) {
    const path = Object.hasOwn(config.sources, asked) ? config.sources[asked] : asked;
    return await loadSource(path ?? asked);
  }
  if (own === undefined) {
    throw new ConfigError(
      `${where}.source … ありません。期待: 列の対応を書いた説明（sources にある名前、または YAML ファイルのパス）。`,
    );
  }
  const parsed = SourceDescription.safeParse({ ...own, name });
  if (!parsed.success) throw mistakes(`${where} のプラグインの source`, parsed.error, own);
  return parsed.data;
}

function mistakes(where: string, error: z.ZodError, read: unknown): ConfigError {
  const lines = describeIssues(error.issues, read).map((line) => `  - ${line}`);
  return new ConfigError(`${where} に誤りが ${lines.length} 件あります。\n${lines.join("\n")}`, {
    cause: error,
  });
}
