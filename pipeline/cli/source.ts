import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { loadAnalyzer } from "../../models/morphemes.ts";
import { REASON_WORDS } from "../../reports/words.ts";
import { InputError, KizukiError } from "../errors.ts";
import { ENCODINGS, type Encoding } from "../intake/encoding/encoding.ts";
import { firstRecords } from "../intake/files/open-source-file.ts";
import { openTables } from "../intake/files/open-source-files.ts";
import { quotePath } from "../intake/files/quote-path.ts";
import { CHANNEL_NAMES } from "../intake/propose/guess-channel.ts";
import { headless } from "../intake/propose/headless.ts";
import { nameColumns } from "../intake/propose/name-columns.ts";
import {
  type Masking,
  type Preview,
  type PreviewOptions,
  previewRecords,
} from "../intake/propose/preview-records.ts";
import { proposeColumns } from "../intake/propose/propose-columns.ts";
import { questionOnPersons } from "../intake/propose/question-on-persons.ts";
import { proposedName } from "../intake/propose/source-name.ts";
import { draftSource, isToComplete } from "../intake/propose/unsure-source.ts";
import { lostDigits } from "../intake/record/lost-digits.ts";
import type { RecordSource } from "../intake/record-source.ts";
import { type EncodingWish, parseSource, type SourceDescription } from "../intake/source.ts";
import { Sample } from "../intake/table/sample.ts";
import type { Names } from "../intake/table/scan-delimited.ts";
import { rowsOf } from "../intake/table/split-records.ts";
import { jstDate } from "../period.ts";
import { maskField, maskFileName } from "../text/mask/mask-field.ts";
import { compileMaskRules, type MaskRules } from "../text/mask/mask-rules.ts";
import { type CliContext, configOf } from "./context.ts";
import { draftComments, draftName, writeDraft } from "./draft-file.ts";
import { namedSource, resolveSource } from "./named-source.ts";

/** Registers what helps to describe a file; nothing of it is stored, and no home is needed. */
export function registerSource(program: Command, context: CliContext): void {
  const source = program
    .command("source")
    .description("ファイルの説明（列の対応）を作り、読み取りの見本を示します");
  source
    .command("init")
    .description("ファイルの見出しと中身から説明の案を書き、はじめの行がどう読めるかを示します")
    .argument("<ファイル>", "CSV、TSV、JSON、Excel、それらの ZIP や gzip")
    .option("--name <名前>", "取り込み元の名前（同じシステムの書き出しはいつも同じ名前にします）")
    .addOption(
      new Option("--encoding <文字コード>", "文字コード（省くと中身から見分けます）").choices(
        ENCODINGS,
      ),
    )
    .option("--out <YAML>", "書く先（省くと、ファイル名の拡張子を yaml にします）")
    .addHelpText(
      "after",
      "\n例:\n  kizuki source init 2025-07.xlsx --name 相談室 --out 相談室.yaml\n",
    )
    .action(async (file: string, options: Asked) => {
      await init(context, file, options);
    });
  source
    .command("preview")
    .description("説明のとおりに読むと、はじめの行がどう読めるかを示します。取り込みはしません")
    .argument("<ファイル>", "CSV、TSV、JSON、Excel、それらの ZIP や gzip")
    .requiredOption(
      "--source <名前|YAML>",
      "列の対応を書いた説明。kizuki.yaml の sources にある名前でも",
    )
    .action(async (file: string, options: { source: string }) => {
      const path = resolve(context.workingFolder, file);
      const described = await namedSource(
        { config: configOf(context) },
        resolveSource(context, options.source),
      );
      const masking = await maskingOf(context);
      const { records, first } = await bestTable(context, path, {
        masking,
        encoding: described.encoding,
        names: described.names,
      });
      const preview = previewing(context, described, masking);
      await show(context, options.source, previewRecords(records, first, preview));
    });
}

type Asked = { name?: string; out?: string; encoding?: Encoding };

async function init(
  context: CliContext,
  file: string,
  { name, out = draftName(file), encoding }: Asked,
): Promise<void> {
  const path = resolve(context.workingFolder, file);
  const target = resolve(context.workingFolder, out);
  const masking = await maskingOf(context);
  const { names, ...table } = await tableToDescribe(context, path, { masking, encoding });
  const { records, first, proposals, found, rows } = table;
  const header = proposals.map(({ column }) => column);
  const draft = draftSource({
    name: name ?? proposedName(table.file, header),
    found,
    encoding,
    header,
    names,
    mask: masking.rules,
  });
  const description = describe(table, masking);
  const yaml = `${draftComments(description, names)}${draft}`;
  await writeDraft(target, yaml);
  await context.print(description);
  for (const note of lostDigits(new Sample(rows))) await context.print(`注意: ${note}。`);
  await context.print(`\n説明の案を ${target} に書きました。`);
  if (isToComplete(draft)) {
    await context.print("<> のところを書き換えてから、kizuki source preview で確かめてください。");
    return;
  }
  if (header.some((column) => maskField(column, { rules: masking.rules }) !== column)) {
    await context.print(
      "見出しに、人を指すらしい言葉があります。説明では【 】に伏せました。見出しとして正しければ、ファイルにあるとおりに書き直してから、kizuki source preview で確かめてください。",
    );
    return;
  }
  const source = parseSource(yaml, target);
  const preview = previewing(context, source, masking);
  await show(context, target, previewRecords(records, first, preview));
  if (source.columns.id === undefined) await context.print(`\n${NO_ID}`);
  await context.print(
    `\nよければ: kizuki import ${quotePath(file)} --source ${quotePath(out)}\nkizuki.yaml の sources: に「${source.name}: ${out}」と書いておくと、次からは --source が要りません。`,
  );
}

const NO_ID =
  "注意: 受付番号の列がないので、取り込んだあとで本文を直した行は、新しい声として数えます。番号の列があれば、columns の id に書いてください。";

function previewing(
  { clock }: CliContext,
  source: SourceDescription,
  masking: Masking,
): PreviewOptions {
  return { source, reasonWords: REASON_WORDS, masking, today: jstDate(clock()) };
}

/** The company's own rules, where a configuration is found; no home is made for it. */
async function maskingOf(context: CliContext): Promise<Masking> {
  const analyzer = await loadAnalyzer();
  return {
    rules: compileMaskRules(configOf(context).mask),
    analyze: (text) => analyzer.analyze(text),
  };
}

/** @throws UnclearError where no row was read: the description is wrong, not the rows */
async function show(
  context: CliContext,
  description: string,
  { text, unclear, isRead }: Preview,
): Promise<void> {
  await context.print(text);
  if (unclear.length === 0) return;
  const what = unclear.map((one) => `  - ${one}`).join("\n");
  const mend = `${description} を直し、kizuki source preview で確かめてください`;
  if (!isRead) {
    throw new UnclearError(
      `はじめの行が、どれも読めません:\n${what}\n列の対応が違うようです。${mend}。`,
    );
  }
  await context.print(
    `\nはっきりしないところ:\n${what}\n  列の対応が違うなら、${mend}。その行だけのことなら、このまま取り込めます（読めない行は不達として残り、あとで直せます）。`,
  );
}

class UnclearError extends KizukiError {
  readonly code = "KIZUKI_SOURCE_UNCLEAR";
  override readonly exitCode = 3;
}

type Candidate = Awaited<ReturnType<typeof candidateOf>>;

type Reading = {
  readonly masking: Masking;
  readonly encoding: EncodingWish | undefined;
  readonly names?: Names | undefined;
};

/**
 * Column names are written down, and where a file has no header a customer's number must not be taken for one: its columns
 * are named by what they hold.
 */
async function tableToDescribe(
  context: CliContext,
  path: string,
  reading: Reading,
): Promise<Candidate & { readonly names?: readonly string[] }> {
  const table = await tableOrRefusal(context, path, reading);
  const refused = table instanceof InputError;
  const why = refused ? table : headless({ columns: table.proposals.map(({ column }) => column) });
  if (why === undefined && !refused) return table;
  const bare = await tableOrRefusal(context, path, { ...reading, names: "by place" });
  const [first] = bare instanceof InputError ? [] : bare.rows;
  if (
    bare instanceof InputError ||
    headless({ columns: [...(first?.values() ?? [])] }) === undefined
  ) {
    throw refused ? table : new InputError(`${table.file}: ${why}。`);
  }
  const names = nameColumns(bare.rows);
  const named = await bestTable(context, path, { ...reading, names });
  const reasons = [...named.reasons, ...questionOnPersons(new Sample(named.rows))];
  return { ...named, reasons, names };
}

async function tableOrRefusal(
  context: CliContext,
  path: string,
  reading: Reading,
): Promise<Candidate | InputError> {
  return await bestTable(context, path, reading).catch((cause: unknown) => {
    if (cause instanceof InputError) return cause;
    throw cause;
  });
}

/** Of several sheets or entries, the one with the most columns that are known. */
async function bestTable(
  { reporter }: CliContext,
  path: string,
  { masking: { rules }, encoding, names }: Reading,
): Promise<Candidate> {
  const candidates: Candidate[] = [];
  const refusals: InputError[] = [];
  const tell = ({ file, note }: { file: string; note: string }) =>
    reporter.line(maskField(`${file}: ${note}`, { rules }));
  const open = (records: RecordSource) => candidateOf(records, rules);
  const opening = { described: undefined, encoding, names, open, tell, reporter };
  for await (const table of openTables(path, opening)) {
    if (table instanceof InputError) refusals.push(table);
    else candidates.push(table);
  }
  const known = ({ found }: Candidate) => Object.keys(found.columns).length;
  const [best] = candidates.filter(({ isEmpty }) => !isEmpty).sort((a, b) => known(b) - known(a));
  if (best !== undefined) return best;
  throw refusals[0] ?? new InputError(`${path}: データの行がありません。説明の案を作れません。`);
}

async function candidateOf(records: RecordSource, rules: MaskRules) {
  // A sheet is closed once the next is looked at, so its first records are kept.
  const first = await firstRecords(records);
  const rows = rowsOf(first);
  const file = maskFileName(records.name, rules);
  const proposed = proposeColumns(rows, { file, known: [] });
  return { file, isEmpty: rows.length === 0, records, first, rows, ...proposed };
}

function describe(
  { file, records, proposals, found, told, reasons }: Candidate,
  { rules }: Masking,
): string {
  const masked = (text: string) => maskField(text, { rules });
  return [
    `${file} の列:`,
    ...proposals.map(
      ({ column, role, confidence }) => `  ${masked(column)} → ${role}（確信度 ${confidence}）`,
    ),
    ...(typeof found.channel === "string"
      ? [
          `  声の届いた方法: ${CHANNEL_NAMES[found.channel]}（${told.by}。確信度 ${told.confidence}）`,
        ]
      : []),
    ...records.notes.map((note) => `  ${note}`),
    ...reasons.map((reason) => `  確かめてください: ${masked(reason)}`),
  ].join("\n");
}
