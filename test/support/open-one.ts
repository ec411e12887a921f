import type { OpenOptions, SourceFile } from "../../pipeline/intake/files/open-source-file.ts";
import { openSourceFiles } from "../../pipeline/intake/files/open-source-files.ts";

/** Opens a file that holds no more than itself. */
export async function openOne(path: string, options: OpenOptions): Promise<SourceFile> {
  for await (const file of openSourceFiles(path, options, () => {})) {
    if (file instanceof Error) throw file;
    return file;
  }
  throw new Error(`${path} holds nothing`);
}
