import { mkdir, rename, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { watch } from "chokidar";

/** A file that has not grown for this long is taken to be whole. */
const STILL_MS = 2_000;

/** What became of a file from the inbox. */
export type InboxVerdict = "done" | "failed" | "try again";

/**
 * Calls `takeIn` for each file that lies in the folder or comes to it, one at a time, and moves it to
 * `done/` or `failed/` beside it. A file that was cut off by a kill, or is to be tried again, still lies there
 * at the next start.
 *
 * @param takeIn never rejects
 * @param crashed called where the folder cannot be watched any more
 * @returns how to stop watching
 */
export async function watchInbox(
  folder: string,
  takeIn: (path: string) => Promise<InboxVerdict>,
  crashed: (cause: unknown) => void,
): Promise<() => Promise<void>> {
  for (const name of ["done", "failed"]) await mkdir(join(folder, name), { recursive: true });
  let last: Promise<void> = Promise.resolve();
  const watcher = watch(folder, {
    depth: 0,
    ignored: (path, stats) => stats?.isFile() === true && basename(path).startsWith("."),
    awaitWriteFinish: { stabilityThreshold: STILL_MS, pollInterval: 200 },
  });
  watcher.on("error", crashed);
  watcher.on("add", (path) => {
    last = last.then(async () => {
      const verdict = await takeIn(path);
      if (verdict === "try again") return;
      const target = await freeName(join(folder, verdict), basename(path));
      // Someone may have taken the file away meanwhile; what it said is taken in.
      await rename(path, target).catch(() => undefined);
    });
  });
  return async () => {
    await watcher.close();
    await last;
  };
}

/** An earlier file of the same name stays what it is. */
async function freeName(folder: string, name: string): Promise<string> {
  for (let copy = 0; ; copy += 1) {
    const path = join(folder, copy === 0 ? name : `${copy}-${name}`);
    const taken = await stat(path).then(
      () => true,
      () => false,
    );
    if (!taken) return path;
  }
}
