import { createHash } from "node:crypto";
import { lstat, mkdir } from "node:fs/promises";
import { basename } from "node:path";
import { InputError } from "../../errors.ts";
import type { Home } from "../../home.ts";
import { quotePath } from "../../intake/files/quote-path.ts";
import { type InboxVerdict, watchInbox } from "../../intake/watch-inbox.ts";
import type { Part } from "../../operations/stop-parts.ts";
import type { Reporter } from "../../reporter.ts";
import { describeCounts, describeRows } from "../describe-counts.ts";
import { importCommand } from "../import.ts";
import type { News } from "./serve-news.ts";

/** Takes in what comes to the inbox. @param afterwards called after each file that came in */
export async function startInbox(
  home: Home,
  news: News,
  events: { readonly afterwards: () => Promise<void>; readonly crashed: (cause: unknown) => void },
): Promise<Part> {
  const { inbox } = home.config;
  if (inbox === undefined) return { name: "inbox", stop: async () => undefined };
  await mkdir(inbox, { recursive: true });
  const takeIn = async (path: string): Promise<InboxVerdict> => {
    // Still there at the next start.
    if (home.stop.soon.aborted) return "try again";
    try {
      const verdict = await takeInFile(home, news, path);
      await events.afterwards();
      return verdict;
    } catch (cause) {
      // It was told to end, or its workers were: no failure of the file.
      if (home.stop.soon.aborted) return "try again";
      const japanese = `${path} を取り込めません（次に serve を始めた時にやり直します）`;
      news.tellFailure("file-failed", cause, {}, japanese);
      return "try again";
    }
  };
  const stop = await watchInbox(inbox, takeIn, events.crashed);
  news.tell("inbox-open", {}, `受け箱 ${inbox} を見ています。`);
  return { name: "inbox", stop };
}

async function takeInFile(home: Home, news: News, path: string): Promise<InboxVerdict> {
  const file = codeOf(basename(path));
  const inLog = `（serve の記録では file-failed の file: ${file}）`;
  // Whoever may write to the inbox could else have any file read that this process may read.
  if ((await lstat(path)).isSymbolicLink()) {
    const { message, exitCode } = new InputError(
      `${basename(path)}: リンク（ショートカット）は開きません。ファイルそのものを受け箱に入れてください。`,
    );
    news.tell("file-failed", { exitCode, file }, message);
    return { folder: "failed", report: () => `${message}\n${inLog}\n` };
  }
  const lines: string[] = [];
  const reporter: Reporter = {
    ...news.reporter,
    line(text) {
      lines.push(text);
      news.reporter.line(text);
    },
  };
  const options = importCommand.Options.parse({ files: [path] });
  const { files, failed } = await importCommand.run(home, options, reporter);
  for (const { message, exitCode } of failed) {
    lines.push(message);
    news.tell("file-failed", { exitCode, file }, message);
  }
  for (const { file, encoding: _encoding, rows, fileRows, ...counts } of files) {
    const line = `${file}: ${describeRows({ rows, fileRows })} → ${describeCounts(counts)}`;
    lines.push(line);
    news.tell("file-taken", { rows, ...counts }, line);
  }
  if (failed.length === 0) return { folder: "done", report: () => `${lines.join("\n")}\n` };
  if (!failed.some(({ anyway }) => anyway)) lines.push("", MEND_WORDS);
  lines.push(inLog);
  const text = `${lines.join("\n")}\n`;
  // Commands that it tells of are typed where the file lies then.
  const report = (target: string) => text.replaceAll(quotePath(path), () => quotePath(target));
  return { folder: "failed", report };
}

/** A name may be a customer's, so no log holds it: this stands there and in the report beside the file. */
function codeOf(name: string): string {
  return createHash("sha256").update(name).digest("hex").slice(0, 8);
}

const MEND_WORDS = "直したものを受け箱に入れると、もう一度取り込みます。";
