import { resolve } from "node:path";
import type { Command } from "commander";
import { type Analyzer, loadAnalyzer } from "../../models/morphemes.ts";
import { UsageError } from "../errors.ts";
import type { SourceFile } from "../intake/files/open-source-file.ts";
import { openSourceFiles } from "../intake/files/open-source-files.ts";
import type { Reporter } from "../reporter.ts";
import type { Detection, PersonalKind } from "../text/mask/detection.ts";
import { knowingPersons } from "../text/mask/known-persons.ts";
import { maskField } from "../text/mask/mask-field.ts";
import { compileMaskRules, type MaskRules } from "../text/mask/mask-rules.ts";
import { findPersonal } from "../text/mask/mask-text.ts";
import { ownWords } from "../text/own-words.ts";
import { type CliContext, configOf } from "./context.ts";
import { findSource, resolveSource } from "./named-source.ts";

type PreviewOptions = { readonly source?: string; readonly limit: string };

/** Prints the voices of a file in which something would be masked, with what it is. Stores nothing. */
async function preview(context: CliContext, file: string, options: PreviewOptions): Promise<void> {
  const limit = readLimit(options.limit);
  const config = configOf(context);
  const source = await findSource(
    { config },
    options.source && resolveSource(context, options.source),
  );
  const path = resolve(context.workingFolder, file);
  const tools = { analyzer: await loadAnalyzer(), rules: compileMaskRules(config.mask) };
  const counts = new Map<PersonalKind, number>();
  let [voices, masked] = [0, 0];
  const opening = { ...(source && { source }), identityKey: NOBODYS_KEY, mask: tools.rules };
  const tell = ({ file: name, note }: { file: string; note: string }) =>
    context.reporter.line(maskField(`${name}: ${note}`, { rules: tools.rules }));
  const tables = openSourceFiles(path, opening, tell);
  for await (const { row, text, found } of readTables(tables, tools, context.reporter)) {
    voices += 1;
    for (const { kind } of found) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if (found.length > 0) masked += 1;
    if (found.length === 0 || masked > limit) continue;
    await context.print(`${row} 行目  ${paint(text, found, context.outputIsTerminal)}`);
  }
  await context.print(summarize({ voices, masked, shown: Math.min(masked, limit) }, counts));
}

function readLimit(given: string): number {
  const limit = Number(given);
  if (given.trim() !== "" && Number.isInteger(limit) && limit >= 0) return limit;
  throw new UsageError(`--limit … 読んだもの: ${given}、期待: 0 以上の整数。`);
}

type Found = { readonly row: number; readonly text: string; readonly found: readonly Detection[] };

type Tools = { readonly analyzer: Analyzer; readonly rules: MaskRules };

/** What cannot be read is told, and the rest is shown all the same. */
async function* readTables(
  tables: AsyncIterable<SourceFile | Error>,
  tools: Tools,
  reporter: Reporter,
): AsyncGenerator<Found> {
  for await (const table of tables) {
    if (table instanceof Error) reporter.line(table.message);
    else yield* readVoices(table, tools);
  }
}

async function* readVoices(file: SourceFile, { analyzer, rules }: Tools): AsyncGenerator<Found> {
  for await (const records of file.records(0)) {
    for (const record of records) {
      if (record.status !== "ok") continue;
      const own = ownWords(record.voice);
      if (own.status !== "ok") continue;
      const text = own.value;
      const voiceRules = knowingPersons(rules, record.voice.known);
      const found = findPersonal({ text, morphemes: analyzer.analyze(text) }, voiceRules);
      yield { row: record.origin.row, text, found };
    }
  }
}

/** A voice's identity is not asked for here. */
const NOBODYS_KEY = Buffer.alloc(32);

/** What would be masked stands in its class's colour, or in brackets with its class where nobody sees colours. */
export function paint(text: string, found: readonly Detection[], coloured: boolean): string {
  let painted = "";
  let from = 0;
  for (const { kind, start, end } of found) {
    const words = text.slice(start, end);
    const marked = coloured
      ? `\u001b[${COLOURS[kind]}m${kind}:${words}\u001b[0m`
      : `〔${kind}:${words}〕`;
    painted += text.slice(from, start) + marked;
    from = end;
  }
  return (painted + text.slice(from)).replaceAll("\n", "⏎");
}

/** Numbers of ANSI: black letters on a ground of their own for each group of classes. */
const COLOURS: Readonly<Record<PersonalKind, string>> = {
  氏名: "30;43",
  住所: "30;42",
  郵便番号: "30;42",
  電話: "30;46",
  メール: "30;46",
  URL: "30;46",
  カード: "37;41",
  マイナンバー: "37;41",
  旅券: "37;41",
  免許証: "37;41",
  保険証: "37;41",
  口座: "37;41",
  生年月日: "30;45",
  お客様番号: "37;44",
  車両番号: "37;44",
  健康: "30;47",
};

function summarize(
  { voices, masked, shown }: { voices: number; masked: number; shown: number },
  counts: ReadonlyMap<PersonalKind, number>,
): string {
  const kinds = [...counts].sort((a, b) => b[1] - a[1]).map(([kind, count]) => `${kind} ${count}`);
  return [
    `声 ${voices} 件のうち ${masked} 件で伏せます${masked > shown ? `（上には ${shown} 件を示しました）` : ""}。何も保存していません。`,
    ...(kinds.length > 0 ? [`  ${kinds.join("、")}`] : []),
  ].join("\n");
}

export function registerMask(program: Command, context: CliContext): void {
  const mask = program.command("mask").description("個人の情報をどう伏せるかを確かめます");
  mask
    .command("preview")
    .description(
      "取り込む前に、どこを伏せるかを種類ごとの色で示します。元の言葉がそのまま画面に出ます。何も保存しません",
    )
    .argument("<ファイル>", "CSV、TSV、JSON、Excel、それらの ZIP や gzip")
    .option("--source <名前|YAML>", "列の対応を書いた説明（省くと列名から推定します）")
    .option("--limit <件数>", "示す声の数", "50")
    .action((file: string, options: PreviewOptions) => preview(context, file, options));
}
