import type { Clock } from "../clock.ts";
import { type Config, isInside, loadConfig } from "../config.ts";
import { ConfigError } from "../errors.ts";
import { type Keys, keysFromFile, keysFromText } from "../keys.ts";
import type { Reporter } from "../reporter.ts";

/** What `main.ts` read from the world, once, and hands to every command. */
export type CliContext = {
  /** From --home or KIZUKI_HOME, or the default. */
  readonly home: string;
  /** From --home or KIZUKI_HOME; undefined where neither says. */
  homeGiven(): string | undefined;
  /** From --config or KIZUKI_CONFIG. */
  readonly configFile: string | undefined;
  /** From KIZUKI_MASTER_KEY: 64 hex digits. */
  readonly masterKey: string | undefined;
  /** Used when neither the environment nor the config names a key. */
  readonly defaultKeyFile: string;
  readonly workingFolder: string;
  readonly clock: Clock;
  readonly reporter: Reporter;
  /** Whether a person watches standard error. */
  readonly errorIsTerminal: boolean;
  readonly input: NodeJS.ReadableStream;
  /** Standard output, whole lines. */
  print(text: string): Promise<void>;
};

export function configOf(context: CliContext): Config {
  return loadConfig({
    home: context.home,
    file: context.configFile,
    workingFolder: context.workingFolder,
  });
}

export function keysOf(context: CliContext, config: Config): Keys {
  if (context.masterKey !== undefined) return keysFromText(context.masterKey);
  const file = config.masterKeyFile ?? context.defaultKeyFile;
  if (isInside(file, config.home)) {
    throw new ConfigError(
      `鍵のファイル … 読んだもの: ${file}、期待: home（${config.home}）の外。封をした記録と鍵を同じ所に置けません。`,
    );
  }
  return keysFromFile(file);
}
