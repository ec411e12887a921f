import { resolve } from "node:path";
import { isYamlFile } from "../../models/read-yaml.ts";
import type { CliContext } from "./context.ts";

/** A file is meant from where the person stands, which under npm is not where the program runs. */
export function taxonomyPath({ workingFolder }: CliContext, nameOrPath: string): string {
  return isYamlFile(nameOrPath) ? resolve(workingFolder, nameOrPath) : nameOrPath;
}
