import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { watch } from "chokidar";

/** A file that has not grown for this long is taken to be whole. */
const STILL_MS = 2_000;

/** What became of a file from the inbox. */
export type InboxVerdict =
  | {
      readonly folder: "done" | "failed";
      /** What stands in the report beside the file. @param path where the file lies then */
      readonly report: (path: string) => string;
    }
  | "try again";

/** What the name of a report ends with, behind its file's. */
const REPORT_END = ".結果.txt";

/**
 * Calls `takeIn` for each file that lies in the folder or comes to it, one at a time, and moves it to
 * `done/` or `failed/` beside it, with a report. A file that was cut off by a kill, or is to be tried again, still lies there
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
    ignored: (path, stats) => stats?.isFile() === true && isNoVoices(basename(path)),
    awaitWriteFinish: { stabilityThreshold: STILL_MS, pollInterval: 200 },
  });
  watcher.on("error", crashed);
  watcher.on("add", (path) => {
    last = last.then(async () => {
      const verdict = await takeIn(path);
      if (verdict === "try again") return;
      const target = await freeName(join(folder, verdict.folder), basename(path));
      await writeReport(`${target}${REPORT_END}`, verdict.report(target));
      // Someone may have taken the file away meanwhile; what it said is taken in.
      await rename(path, target).catch(() => undefined);
    });
  });
  return async () => {
    await watcher.close();
    await last;
  };
}

/**
 * Of a file that is left where it lies: whoever puts a failed one back may bring its report along. 「調査.結果.txt」 is no
 * file's report, but voices.
 */
export function isNoVoices(name: string): boolean {
  if (name.startsWith(".")) return true;
  return name.endsWith(REPORT_END) && extname(name.slice(0, -REPORT_END.length)) !== "";
}

/** Where no report can be written (the name is too long already), what it says stands in the log. */
async function writeReport(path: string, report: string): Promise<void> {
  try {
    // Whoever may write here could else have any file written that this process may write, by a link.
    await rm(path, { force: true });
    await writeFile(path, report, { flag: "wx" });
  } catch {}
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
