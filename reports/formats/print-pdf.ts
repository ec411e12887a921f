import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { ConfigError, InputError } from "../../pipeline/errors.ts";

const run = promisify(execFile);

/** Where installers put Chromium and its relatives. */
const KNOWN_PATHS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/microsoft-edge",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** Starting and printing take a few seconds; a busy machine many more. */
const PRINT_MS = 180_000;

export type PrintOptions = {
  /** Path of the browser from the config. */
  readonly chromium: string | undefined;
  readonly giveUp: AbortSignal;
  readonly knownPaths?: readonly string[];
};

/**
 * Prints a page to PDF, A4, by the page's own print styles, with page numbers, by the browser that is installed.
 *
 * @throws ConfigError where there is none
 */
export async function printPdf(html: string, options: PrintOptions): Promise<Buffer> {
  const browser = findBrowser(options);
  const folder = await mkdtemp(join(tmpdir(), "kizuki-pdf-"));
  try {
    const page = join(folder, "report.html");
    const pdf = join(folder, "report.pdf");
    await writeFile(page, printable(html), { mode: 0o600 });
    await run(
      browser,
      [...argumentsFor(folder), `--print-to-pdf=${pdf}`, pathToFileURL(page).href],
      { timeout: PRINT_MS, signal: options.giveUp },
    );
    return await readFile(pdf);
  } catch (cause) {
    throw new InputError(
      `PDF を作れません。${browser} が失敗しました。kizuki.yaml の chromium で別のブラウザを指定できます。`,
      { cause },
    );
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function findBrowser({ chromium, knownPaths = KNOWN_PATHS }: Omit<PrintOptions, "giveUp">): string {
  const found = [...(chromium === undefined ? knownPaths : [chromium])].find(existsSync);
  if (found !== undefined) return found;
  const read = chromium === undefined ? "（なし）" : `${chromium}（ありません）`;
  throw new ConfigError(
    `PDF を作るブラウザが見つかりません。chromium … 読んだもの: ${read}、期待: Chromium か Chrome の場所。入れるには、Debian と Ubuntu では apt install chromium fonts-noto-cjk、ほかでは Google Chrome を入れてください。`,
  );
}

function argumentsFor(folder: string): string[] {
  return [
    "--headless=new",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-extensions",
    "--no-pdf-header-footer",
    `--user-data-dir=${join(folder, "profile")}`,
    // The page loads nothing; the browser itself is to ask nobody either.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    // The superuser has no sandbox.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ];
}

/** Page numbers; and no links, which on paper lead nowhere and in a PDF would name this machine's folders. */
function printable(html: string): string {
  return html
    .replace("</style>", `${PAGE_NUMBERS}</style>`)
    .replace(/(<a\b[^>]*?) href="[^"]*"/g, "$1");
}

const PAGE_NUMBERS = `@page{@bottom-right{content:counter(page) " / " counter(pages);font:8pt sans-serif;color:#5a6470}}`;
