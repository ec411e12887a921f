import type { Clock } from "../clock.ts";
import { type Config, loadConfig } from "../config.ts";
import { type Keys, keysFromFile, keysFromText } from "../keys.ts";
import type { Reporter } from "../reporter.ts";

/** What `main.ts` read from the world, once, and hands to every command. */
export type CliContext = {
  /** From --home or KIZUKI_HOME. */
  readonly home: string;
  /** From --config or KIZUKI_CONFIG. */
  readonly configFile: string | undefined;
  /** From KIZUKI_MASTER_KEY: 64 hex digits. */
  readonly masterKey: string | undefined;
  /** Used when neither the environment nor the config names a key. */
  readonly defaultKeyFile: string;
  readonly workingFolder: string;
  readonly clock: Clock;
  readonly reporter: Reporter;
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
  return keysFromFile(config.masterKeyFile ?? context.defaultKeyFile);
}
