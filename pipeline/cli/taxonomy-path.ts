import { resolve } from "node:path";
import { isTaxonomyFile } from "../../models/load-classifier.ts";
import type { CliContext } from "./context.ts";

/** A file is meant from where the person stands, which under npm is not where the program runs. */
export function taxonomyPath({ workingFolder }: CliContext, nameOrPath: string): string {
  return isTaxonomyFile(nameOrPath) ? resolve(workingFolder, nameOrPath) : nameOrPath;
}
