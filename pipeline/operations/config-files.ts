import { existsSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import type { Config } from "../config.ts";

/**
 * What a person wrote for this home: kizuki.yaml and all that it names, there or not. Not the secrets, which must not
 * lie beside the data; not encoders and heads, which are made anew.
 *
 * @param ofTheme what the theme's file names
 */
export function configFiles(config: Config, ofTheme: readonly string[]): string[] {
  const { file, sources, taxonomies, pull, theme, exposure, master, calibration } = config;
  const paths = [
    file === undefined ? undefined : resolve(file),
    existsSync(calibration) ? calibration : undefined,
    ...Object.values(sources),
    ...taxonomies,
    ...Object.values(pull).flatMap(({ plugin, source }) => [plugin, source]),
    theme,
    ...ofTheme,
    exposure?.file,
    ...Object.values(master ?? {}),
  ];
  // What ships goes by its name.
  const own = paths.flatMap((path) =>
    path !== undefined && isAbsolute(path) ? [resolve(path)] : [],
  );
  return [...new Set(own)];
}

/** The deepest folder that holds all of them: beside each other as they lay, they find each other by relative paths. */
export function folderOfAll(files: readonly string[]): string {
  const [first = sep, ...others] = files.map(dirname);
  return others.reduce((folder, other) => {
    let common = folder;
    // Not the dots alone: a folder may be called `..old`.
    while (relative(common, other).split(sep)[0] === "..") common = dirname(common);
    return common;
  }, first);
}
