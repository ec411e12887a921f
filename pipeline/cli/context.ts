import { existsSync } from "node:fs";
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
  /** From KIZUKI_SMTP_PASSWORD. */
  readonly smtpPassword: string | undefined;
  /** Used when neither the environment nor the config names a key. */
  readonly defaultKeyFile: string;
  readonly workingFolder: string;
  /** Name of the operating system's user, for the record of who read what. */
  user(): string;
  readonly clock: Clock;
  readonly reporter: Reporter;
  /** Whether a person watches standard error. */
  readonly errorIsTerminal: boolean;
  /** Whether a person sees colours on standard output. */
  readonly outputIsTerminal: boolean;
  readonly input: NodeJS.ReadableStream;
  /** Standard output, whole lines. */
  print(text: string): Promise<void>;
};

export function configOf(context: CliContext): Config {
  return loadConfig({
    home: context.home,
    file: context.configFile,
    workingFolder: context.workingFolder,
    smtpPassword: context.smtpPassword,
  });
}

/** The master key's keys; made at first start where there is none. */
export function keysOf(context: CliContext, config: Config): Keys {
  if (context.masterKey !== undefined) return keysFromText(context.masterKey);
  return keysFromFile(keyFileOf(context, config));
}

/** For a process that only reads what others sealed. @throws ConfigError where there is no key: a new one opens nothing */
export function givenKeysOf(context: CliContext, config: Config): Keys {
  if (context.masterKey !== undefined) return keysFromText(context.masterKey);
  const file = keyFileOf(context, config);
  if (existsSync(file)) return keysFromFile(file);
  throw new ConfigError(
    `鍵のファイル ${file} がありません。kizuki serve を動かす機械の鍵をここに写してください（例: scp serve の機械:${file} ${file} のあと chmod 600 ${file}）。または KIZUKI_MASTER_KEY で渡してください。同じ機械なら、先に kizuki serve を始めてください。`,
  );
}

export function keyFileOf(context: CliContext, config: Config): string {
  const file = config.masterKeyFile ?? context.defaultKeyFile;
  if (isInside(file, config.home)) {
    throw new ConfigError(
      `鍵のファイル … 読んだもの: ${file}、期待: home（${config.home}）の外。封をした記録と鍵を同じ所に置けません。`,
    );
  }
  return file;
}
