import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { z } from "zod";
import { REASON_WORDS } from "../../reports/words.ts";
import { withPool } from "../enrich/pool-of-home.ts";
import { pendingRecords, pumpVoices } from "../enrich/pump.ts";
import type { WorkerPool } from "../enrich/worker-pool.ts";
import { InputError, KizukiError, StorageError } from "../errors.ts";
import type { Home } from "../home.ts";
import { ENCODINGS, READ_AS_WORDS } from "../intake/encoding/encoding.ts";
import { readConfigured } from "../intake/files/configured-source.ts";
import type { OpenOptions, SourceFile } from "../intake/files/open-source-file.ts";
import { openSourceFiles } from "../intake/files/open-source-files.ts";
import { knownOtherwise } from "../intake/known-otherwise.ts";
import { KnownVoicesError } from "../intake/refuse-known-voices.ts";
import { type OriginRow, readOrigins, type TakenFile, takeInFile } from "../intake/take-in-file.ts";
import type { Reporter } from "../reporter.ts";
import type { RawVoice } from "../schema/raw-voice.ts";
import { maskField } from "../text/mask/mask-field.ts";
import { compileMaskRules } from "../text/mask/mask-rules.ts";
import { keepRaw } from "../vault/keep-raw.ts";
import { query } from "../warehouse/query.ts";
import { readSources } from "../warehouse/read-sources.ts";
import type { CliContext } from "./context.ts";
import { Counts, describeCounts, describeRows } from "./describe-counts.ts";
import { type HomeCommand, runHomeCommand } from "./home-command.ts";
import { knownVoicesWays } from "./known-voices-ways.ts";
import { findSource, resolveSource } from "./named-source.ts";
import { tellOtherVectors } from "./reencode.ts";
import { waitForWorkers } from "./wait-for-workers.ts";

const Options = z.strictObject({
  /** Absolute paths. */
  files: z.array(z.string()).min(1),
  /** Name in the config, or absolute path of a YAML file. */
  source: z.string().optional(),
  /** Of text files; where left out, as the description says or the bytes tell. */
  encoding: z.enum(ENCODINGS).optional(),
  /** Whether voices that another source brought too are taken in all the same. */
  anyway: z.boolean().optional(),
});

const FileResult = z.strictObject({
  file: z.string(),
  encoding: z.string(),
  /** Records in the file. */
  rows: z.number().int(),
  /** Rows of the file: of a survey each holds several answers, which are a record each. */
  fileRows: z.number().int(),
  ...Counts.shape,
});

const Result = z.strictObject({
  files: z.array(FileResult),
  /** Files that could not be read at all; the others are loaded. */
  failed: z.array(
    z.strictObject({
      file: z.string(),
      message: z.string(),
      exitCode: z.number(),
      /** Whether `--anyway` takes it in; the message ends in the commands to type. */
      anyway: z.boolean(),
    }),
  ),
});
export type ImportResult = z.infer<typeof Result>;

export const importCommand: HomeCommand<typeof Options, typeof Result> = {
  name: "import",
  Options,
  Result,
  memory: "256MB",
  async run(home, options, reporter) {
    if (home.kafka === undefined) {
      return await home.intakeInTurn(() => importFiles(home, options, reporter));
    }
    // Each file takes its turn for itself: workers elsewhere may let one wait for long.
    return await importFiles(home, options, reporter);
  },
};

async function importFiles(
  home: Home,
  options: z.infer<typeof Options>,
  reporter: Reporter,
): Promise<ImportResult> {
  const source = await findSource(home, options.source);
  const { found: configured, missing } = await readConfigured(
    source ? { sources: {} } : home.config,
  );
  for (const words of missing)
    reporter.line(`${words}。ほかの取り込み元のファイルは取り込みます。`);
  const before = await readOrigins(home);
  const said = new Set<string>();
  const files: ImportResult["files"] = [];
  const failed: ImportResult["failed"] = [];
  const importOne = async (pool: WorkerPool, file: SourceFile | InputError) => {
    if (file instanceof InputError) throw file;
    const takeIn = () => takeInFile(home, file, { reporter, said, anyway: options.anyway });
    const taken = await loadFile(home, pool, takeIn, reporter);
    await tellDeadLetters(home, taken, reporter);
    files.push(resultOf(taken, before, await readOrigins(home)));
  };
  await withPool(home, async (pool) => {
    // What a killed import left says by which name its source goes, and which voices are known.
    if (home.kafka === undefined) await enrichPending(home, pool, reporter);
    for (const path of options.files) {
      const { encoding } = options;
      for await (const file of openFiles(home, path, { source, encoding, configured, reporter })) {
        await importOne(pool, file).catch(async (cause: unknown) => {
          if (!(cause instanceof InputError)) throw cause;
          const { message, exitCode } = cause;
          const anyway = cause instanceof KnownVoicesError;
          const ways = anyway ? `\n${await knownVoicesWays(home.config, path, cause)}` : "";
          failed.push({ file: path, message: `${message}${ways}`, exitCode, anyway });
        });
      }
    }
  });
  await tellOtherVectors(home, reporter);
  return { files, failed };
}

/** All that a file holds; what cannot be opened comes as the reason. */
async function* openFiles(
  home: Home,
  path: string,
  {
    reporter,
    ...said
  }: Pick<OpenOptions, "source" | "encoding" | "configured"> & { reporter: Reporter },
): AsyncGenerator<SourceFile | InputError> {
  const mask = compileMaskRules(home.config.mask);
  const knownSources = () => readSources(home.warehouse.reader);
  const identityKey = home.identityKey();
  const known = (voices: readonly RawVoice[]) => knownOtherwise(home.warehouse, voices);
  const options = { ...said, identityKey, mask, knownSources, knownOtherwise: known, reporter };
  try {
    yield* openSourceFiles(path, options, ({ file, note }) =>
      reporter.line(maskField(`${file}: ${note}`, { rules: mask })),
    );
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    yield cause;
  }
}

/** @returns when every record of the file is loaded: this process enriches them, or workers elsewhere */
async function loadFile(
  home: Home,
  pool: WorkerPool,
  takeIn: () => Promise<TakenFile>,
  reporter: Reporter,
): Promise<TakenFile> {
  if (home.kafka === undefined) {
    const taken = await takeIn();
    await enrichPending(home, pool, reporter, taken.file);
    return taken;
  }
  const taken = await home.intakeInTurn(takeIn);
  const { file: what, rows: records, stream } = taken;
  const countDone = async () => (await readOrigins(home)).get(stream)?.records ?? 0;
  await waitForWorkers(home, home.kafka, { what, records, countDone, reporter });
  return taken;
}

/** Enriches and loads whatever `voc.raw` still holds, and seals it into the vault. */
export async function enrichPending(
  home: Home,
  pool: WorkerPool,
  reporter: Reporter,
  file?: string,
): Promise<void> {
  const pending = pendingRecords(home);
  if (pending > 0) {
    reporter.begin(`${file === undefined ? "" : `${file} の`}声を分類中`, pending);
    await pumpVoices(home, pool, reporter);
    reporter.end();
  }
  if (home.hasItsKey) await keepRaw(home, reporter);
}

type Origins = ReadonlyMap<string, OriginRow>;

/** Told at once, so that nobody needs SQL to mend a file. */
async function tellDeadLetters(home: Home, taken: TakenFile, reporter: Reporter): Promise<void> {
  const params = { stream: taken.stream, limit: DEAD_LETTERS_TOLD };
  const file = "questions/dead_letters_of_stream.sql";
  const rows = await query(home.warehouse.reader, file, params, DeadLetterRow);
  for (const { origin_row, column_name, reason } of rows) {
    const column = column_name === null ? "" : `「${column_name}」`;
    reporter.line(`  不達 ${origin_row} 行目${column}: ${REASON_WORDS[reason] ?? reason}`);
  }
}

const DEAD_LETTERS_TOLD = 5;

const DeadLetterRow = z.strictObject({
  origin_row: z.number(),
  column_name: z.string().nullable(),
  reason: z.string(),
});

/** A file whose records had all been loaded before this command brought no voice by it. */
function resultOf(taken: TakenFile, before: Origins, after: Origins): z.infer<typeof FileResult> {
  const { file, encoding, rows, fileRows, stream } = taken;
  const origin = after.get(stream);
  const deadLetters = origin?.dead_letters ?? 0;
  const skipped = origin?.skipped ?? 0;
  const forgotten = origin?.forgotten ?? 0;
  const wasLoaded = before.get(stream)?.records === rows;
  const voices = wasLoaded ? 0 : (origin?.voices ?? 0);
  const changed = wasLoaded ? 0 : (origin?.changed ?? 0);
  const duplicates = (origin?.duplicates ?? 0) + (wasLoaded ? (origin?.voices ?? 0) : 0);
  if (rows !== voices + duplicates + deadLetters + skipped) {
    throw new StorageError(
      `${file} の ${rows} 行のうち、${voices + duplicates + deadLetters + skipped} 行しか読み込めていません。kizuki doctor を実行し、home/log を控えと比べてください。`,
    );
  }
  const counts = { voices, changed, duplicates, deadLetters, skipped, forgotten };
  return { file, encoding, rows, fileRows, ...counts };
}

type Asked = Pick<z.input<typeof Options>, "source" | "encoding" | "anyway"> & { json?: boolean };

export function registerImport(program: Command, context: CliContext): void {
  program
    .command("import")
    .description(
      "ファイル（Excel、CSV、TSV、JSON。ZIP や gzip でも）の声を取り込みます。同じものを二度取り込んでも増えません",
    )
    .argument("<ファイル...>", "取り込むファイル")
    .option("--source <名前|YAML>", "列の対応を書いた説明（省くと列名から推定します）")
    .addOption(
      new Option(
        "--encoding <文字コード>",
        "文字コード（省くと中身から見分けます。見分けられないときは、どう読めるかを示します）",
      ).choices(ENCODINGS),
    )
    .option("--anyway", "別の取り込み元から取り込み済みの声と同じに見えても、取り込みます")
    .option("--json", "結果を JSON で出します")
    .addHelpText(
      "after",
      "\n例:\n  kizuki import 2025-07.csv\n  kizuki import 2025-07.csv --source 相談室.yaml --json\n",
    )
    .action(async (files: string[], { source, json, ...options }: Asked) => {
      const result = await runHomeCommand(context, importCommand, {
        files: files.map((file) => resolve(context.workingFolder, file)),
        ...options,
        ...(source !== undefined && { source: resolveSource(context, source) }),
      });
      if (json) await context.print(JSON.stringify({ files: result.files }));
      else await context.print(result.files.map(describeFile).join("\n"));
      const [first] = result.failed;
      if (first !== undefined) throw new ImportFailedError(result.failed);
    });
}

class ImportFailedError extends KizukiError {
  readonly code = "KIZUKI_IMPORT_FAILED";
  override readonly exitCode = 3;

  constructor(failed: ImportResult["failed"]) {
    super(failed.map(({ message }) => message).join("\n"));
  }
}

function describeFile(file: z.infer<typeof FileResult>): string {
  if (file.rows === 0) return `${file.file}: 記録がありません（空のファイルです）。`;
  const readAs = READ_AS_WORDS[file.encoding] ?? file.encoding;
  return `${file.file}: ${readAs} の ${describeRows(file)} → ${describeCounts(file)}`;
}
