import { z } from "zod";
import { isYamlFile } from "../../../models/read-yaml.ts";

const Pull = z.strictObject({
  /** One that ships (imap, feed, json), or the path of a file. */
  plugin: z.string().min(1),
  /** Minutes from the end of one reading to the next. */
  everyMinutes: z.int().min(1).max(1440).default(10),
  /** Description of the columns: a name under `sources`, or a YAML file. Else the plugin's own. */
  source: z.string().min(1).optional(),
  /** The plugin says what belongs here. */
  settings: z.record(z.string(), z.json()).default({}),
  /** Files with the secrets that the plugin wants. */
  secrets: z.record(z.string(), z.string().min(1)).default({}),
});
export type Pull = z.infer<typeof Pull>;

/** `pull:` of `kizuki.yaml`. A name is in logs and coordinates, so it is one that may stand there. */
export const PullConfig = z
  .record(
    z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "英小文字・数字・ハイフンの名前（40 文字まで）"),
    Pull,
  )
  .default({});
export type PullConfig = z.infer<typeof PullConfig>;

/** Paths in it are meant from the file's folder. */
export function resolvePullPaths(
  pulls: PullConfig,
  absolute: (path: string) => string,
): PullConfig {
  const resolved = Object.entries(pulls).map(([name, pull]): [string, Pull] => {
    const { plugin, source, secrets } = pull;
    const files = Object.entries(secrets).map(([secret, path]) => [secret, absolute(path)]);
    return [
      name,
      {
        ...pull,
        plugin: isPath(plugin) ? absolute(plugin) : plugin,
        ...(source !== undefined && { source: isYamlFile(source) ? absolute(source) : source }),
        secrets: Object.fromEntries(files),
      },
    ];
  });
  return Object.fromEntries(resolved);
}

/** The names of those that ship have neither. */
export function isPath(plugin: string): boolean {
  return /[/.]/.test(plugin);
}
