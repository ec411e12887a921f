import { z } from "zod";

/** `master:` of `kizuki.yaml`: what the company calls its products, stores and desks, each a table in a file. */
export const MasterConfig = z.strictObject({
  products: z.string().min(1).optional(),
  stores: z.string().min(1).optional(),
  desks: z.string().min(1).optional(),
});
export type MasterConfig = z.infer<typeof MasterConfig>;

/** Paths in it are meant from the file's folder. */
export function resolveMasterPaths(
  master: MasterConfig,
  absolute: (path: string) => string,
): MasterConfig {
  const paths = Object.entries(master).flatMap(([kind, path]) =>
    path === undefined ? [] : [[kind, absolute(path)]],
  );
  return Object.fromEntries(paths);
}
