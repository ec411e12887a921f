import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import { tempFolder } from "./temp-folder.ts";

const run = promisify(execFile);
const REQUIREMENTS = fileURLToPath(new URL("readers/requirements.txt", import.meta.url));
const SCRIPT = fileURLToPath(new URL("readers/read.py", import.meta.url));

const Cell = z.object({
  value: z.union([z.string(), z.number(), z.null()]),
  type: z.string(),
  format: z.string(),
});
export const ReadWorkbook = z.object({
  sheets: z.array(
    z.object({
      name: z.string(),
      frozen: z.string().nullable(),
      filter: z.string().nullable(),
      printTitles: z.string().nullable(),
      printColumns: z.string().nullable(),
      pagesAcross: z.number().int(),
      printArea: z.string().nullable(),
      widths: z.array(z.number()),
      rows: z.array(z.array(Cell)),
    }),
  ),
  formulas: z.number(),
});
export const ReadDeck = z.object({
  slides: z.array(
    z.object({
      texts: z.array(z.string()),
      charts: z.array(
        z.object({
          type: z.string(),
          categories: z.array(z.string()),
          series: z.array(z.object({ name: z.string(), values: z.array(z.number().nullable()) })),
          /** The size of the names of its bars or points. */
          names: z.number().nullable(),
          /** Bytes of the workbook that PowerPoint opens to edit the chart. */
          workbook: z.number(),
        }),
      ),
      tables: z.array(z.array(z.array(z.string()))),
      fonts: z.array(z.string()),
      /** Of the lowest shape, in inches. */
      bottom: z.number(),
    }),
  ),
});
export const ReadPdf = z.object({
  pages: z.array(z.object({ width: z.number(), height: z.number(), text: z.string() })),
  links: z.array(z.string()),
  title: z.string().nullable(),
});

export const ReadMail = z.object({
  headers: z.record(z.string(), z.string()),
  structure: z.array(z.string()),
  text: z.string(),
  html: z.string(),
  /** Bytes by name. */
  attachments: z.record(z.string(), z.number()),
});

/**
 * A Python with openpyxl, python-pptx and pypdf, made once outside the project.
 *
 * @returns undefined, and says so loudly, where it cannot be had
 * @throws Error on CI, where a skipped test would look like a passed one
 */
export async function findPython(): Promise<string | undefined> {
  const version = createHash("sha256").update(readFileSync(REQUIREMENTS)).digest("hex").slice(0, 8);
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  const folder = join(cache, "kizuki-test", `readers-${version}`);
  try {
    if (!existsSync(folder)) await install(folder);
    return join(folder, "bin", "python");
  } catch (cause) {
    const message = `Workbooks, decks and PDF are not opened again: Python 3 with ${readFileSync(REQUIREMENTS, "utf8").split("\n").join(" ")}cannot be had (${String(cause)}).`;
    if (process.env.CI) throw new Error(message, { cause });
    process.stderr.write(`\n!!! SKIPPED !!! ${message}\n\n`);
    return undefined;
  }
}

/** The final name comes by one rename, so a half-made folder never has it. */
async function install(folder: string): Promise<void> {
  const making = `${folder}.${process.pid}`;
  try {
    await run("python3", ["-m", "venv", making]);
    await run(join(making, "bin", "python"), ["-m", "pip", "install", "-q", "-r", REQUIREMENTS]);
    if (!existsSync(folder)) renameSync(making, folder);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

/** Opens bytes as a file of that ending. */
export async function readWith<Schema extends z.ZodType>(
  python: string,
  { ending, contents }: { readonly ending: string; readonly contents: Uint8Array },
  schema: Schema,
): Promise<z.infer<Schema>> {
  const path = join(tempFolder(), `report.${ending}`);
  writeFileSync(path, contents);
  const { stdout } = await run(python, [SCRIPT, path], { maxBuffer: 64 * 1024 * 1024 });
  return schema.parse(JSON.parse(stdout));
}
