import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Home } from "../home.ts";
import { isNoVoices } from "../intake/watch-inbox.ts";
import { maskFileName } from "../text/mask/mask-field.ts";
import { compileMaskRules } from "../text/mask/mask-rules.ts";
import { query } from "../warehouse/query.ts";

/** Where words of some records still stand as they came, as far as Kizuki knows. */
export const OriginalFiles = z.strictObject({
  /** Paths in the inbox's `done` and `failed`. */
  inInbox: z.array(z.string()),
  /** Names, masked, of files that lie somewhere else. */
  elsewhere: z.array(z.string()),
});
export type OriginalFiles = z.infer<typeof OriginalFiles>;

/** @param files names of more files, as the warehouse has them @returns the files that brought the voices, too */
export async function originalFiles(
  home: Home,
  voiceIds: readonly string[],
  files: readonly string[],
): Promise<OriginalFiles> {
  const Row = z.strictObject({ file: z.string() });
  const params = { ids: JSON.stringify(voiceIds) };
  const rows = await query(home.warehouse.reader, "questions/files_of_voices.sql", params, Row);
  const names = [...new Set([...rows.map(({ file }) => file), ...files])].sort();
  const kept = keptIn(home);
  const ofName = (name: string) => kept.filter((file) => file.names.some((one) => isOf(name, one)));
  return {
    inInbox: [...new Set(names.flatMap((name) => ofName(name).map(({ path }) => path)))],
    elsewhere: names.filter((name) => ofName(name).length === 0),
  };
}

type Kept = { readonly path: string; readonly names: readonly string[] };

function keptIn({ config }: Home): Kept[] {
  const { inbox } = config;
  if (inbox === undefined) return [];
  const rules = compileMaskRules(config.mask);
  return ["done", "failed"]
    .map((folder) => join(inbox, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => !isNoVoices(name))
        .map((name) => ({
          path: join(folder, name),
          // As the inbox calls a file whose name is taken.
          names: [name, name.replace(/^\d+-/, "")].map((one) =>
            maskFileName(one.normalize("NFC"), rules),
          ),
        })),
    );
}

/** An entry of an archive is called 「まとめ.zip（7月.csv）」. */
function isOf(name: string, file: string): boolean {
  return name === file || name.startsWith(`${file}（`);
}
