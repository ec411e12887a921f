import { existsSync, readdirSync } from "node:fs";
import type { Command } from "commander";
import { z } from "zod";
import { InputError } from "../errors.ts";
import type { Home } from "../home.ts";
import { customerKeysOf } from "../intake/record/identify-voice.ts";
import type { SourcePlace } from "../schema/origin.ts";
import { ForgetMode } from "../schema/record-actions.ts";
import { shortId } from "../schema/short-id.ts";
import { cleanHome, forgetLetters, forgetVoices } from "../vault/forget-voices.ts";
import { withoutWanted } from "../vault/look-for.ts";
import { query } from "../warehouse/query.ts";
import { type DeadLetterRow, readDeadLetters } from "../warehouse/read-dead-letters.ts";
import { readSources } from "../warehouse/read-sources.ts";
import { findVoice } from "./awareness.ts";
import type { CliContext } from "./context.ts";
import { discardLetters } from "./dead-discard.ts";
import { selectDeadLetters } from "./dead-selection.ts";
import { type HomeCommand, runHomeCommand } from "./home-command.ts";
import { OriginalFiles, originalFiles } from "./original-files.ts";
import { requiredText } from "./required-text.ts";
import { samePersonsVoices } from "./same-persons.ts";

const Options = z
  .strictObject({
    /** As reports print them, or the source's own. */
    voices: z.array(z.string().min(1)),
    /** As the source writes it. */
    customer: z.string().min(1).max(200).optional(),
    /** Dead letters, as `dead list` names them. */
    dead: z.array(z.string().min(1)),
    mode: ForgetMode,
    author: z.string().min(1).max(100),
    reason: requiredText("消去する理由（--reason）", 2000),
  })
  .refine(
    ({ voices, customer, dead }) =>
      [voices.length > 0, customer !== undefined, dead.length > 0].filter(Boolean).length === 1,
    "--voice、--customer、--dead のどれか一つで、何を消去するかを指定してください。",
  );

const Result = z.strictObject({
  /** Voices whose forgetting, by an earlier command that was killed, this one has ended. */
  finished: z.array(z.string()),
  voiceIds: z.array(z.string()),
  /** Of other sources, and likely the same persons': they were not forgotten. */
  samePersons: z.array(z.string()),
  /** Dead letters that were forgotten. */
  letters: z.number().int(),
  /** Open ones of the customer's sources: nobody knows whose they are. */
  lettersOfSources: z.number().int(),
  files: OriginalFiles,
  /** Databases that were put aside, and still hold the words. */
  leftovers: z.array(z.string()),
});

export const vaultForgetCommand: HomeCommand<typeof Options, typeof Result> = {
  name: "vault forget",
  Options,
  Result,
  run: (home, options, reporter) =>
    home.intakeInTurn(async () => {
      const { voices, customer, dead, ...said } = options;
      const reason = withoutWanted(said.reason, customer === undefined ? [] : [customer]);
      const by = { ...said, reason };
      const finished = await (await home.vault()).uncleaned();
      await cleanFiles(home);
      const letters =
        dead.length === 0 ? [] : await selectDeadLetters(home, { ids: dead, all: false });
      const { voiceIds, sources } = await selectVoices(home, { voices, customer }).catch(
        (cause) => {
          // A command that was killed has forgotten its voices already, and finds none of them any more.
          if (!(cause instanceof InputError) || finished.length === 0) throw cause;
          return NO_VOICES;
        },
      );
      const samePersons = await samePersonsVoices(home, voiceIds);
      const lettersFiles = letters.map(({ file }) => file);
      const files = await originalFiles(home, [...finished, ...voiceIds], lettersFiles);
      await forgetVoices(home, voiceIds, by, (name) => reporter.stage(name));
      await discardLetters(home, letters, by);
      reporter.line("記録と報告書から、ことばを取り除いています。");
      await cleanFiles(home);
      if (letters.length > 0) await forgetLetters(home, letters.map(placeOf));
      return {
        finished,
        voiceIds,
        samePersons,
        letters: letters.length,
        lettersOfSources: await countLetters(home, sources),
        files,
        leftovers: leftoversOf(home),
      };
    }),
};

/**
 * Also what an earlier command left when it was killed.
 *
 * @returns of how many voices words may have stood in files
 */
export async function cleanFiles(home: Home): Promise<number> {
  return await cleanHome(home, async (voiceIds) => {
    const { redactWritten } = await import("../../reports/frozen/redact-written.ts");
    await redactWritten(home, voiceIds);
  });
}

function placeOf({ origin_stream, origin_offset }: DeadLetterRow): SourcePlace {
  return { stream: origin_stream, offset: origin_offset };
}

async function countLetters(home: Home, sources: ReadonlySet<string>): Promise<number> {
  if (sources.size === 0) return 0;
  const letters = await readDeadLetters(home.warehouse, { withDiscarded: false });
  return letters.filter(({ source }) => sources.has(source)).length;
}

type Selected = { readonly voiceIds: string[]; readonly sources: ReadonlySet<string> };

const NO_VOICES: Selected = { voiceIds: [], sources: new Set() };

async function selectVoices(
  home: Home,
  { voices, customer }: Pick<z.infer<typeof Options>, "voices" | "customer">,
): Promise<Selected> {
  return customer === undefined
    ? { ...NO_VOICES, voiceIds: await voicesNamed(home, voices) }
    : await voicesOfCustomer(home, customer);
}

async function voicesNamed(home: Home, names: readonly string[]): Promise<string[]> {
  const ids = new Set<string>();
  for (const name of names) ids.add((await findVoice(home, name)).voice_id);
  return [...ids];
}

async function voicesOfCustomer(home: Home, customer: string): Promise<Selected> {
  const Voice = z.strictObject({ voice_id: z.string(), source: z.string() });
  const { reader } = home.warehouse;
  const sources = await readSources(reader);
  const keys = sources.flatMap((source) => customerKeysOf(home.identityKey(), source, customer));
  const params = { keys: JSON.stringify(keys) };
  const voices = await query(reader, "questions/voices_of_customer.sql", params, Voice);
  if (voices.length > 0) {
    return {
      voiceIds: voices.map(({ voice_id }) => voice_id),
      sources: new Set(voices.map(({ source }) => source)),
    };
  }
  throw new InputError(
    "このお客様の声が見つかりません。期待: 取り込んだファイルの、顧客番号の列にあるとおりの値（説明の customerKey に対応する列）。差出人の列なら、メールアドレスだけ。氏名・電話番号・メールアドレスからは、kizuki vault find で声の番号を探せます。読めなかった記録は、kizuki dead list の番号で（--dead）消去します。",
  );
}

function leftoversOf({ config: { home } }: Home): string[] {
  return existsSync(home)
    ? readdirSync(home).filter((name) => name.startsWith("warehouse.duckdb.before-rebuild-"))
    : [];
}

export function registerVaultForget(vault: Command, context: CliContext): void {
  vault
    .command("forget")
    .description("声のことばを消去します。元には戻せません。同じ声がもう一度届いても、戻りません")
    // commander takes an option's dots behind a letter of ASCII alone: <番号...> would take one value.
    .option(
      "--voice <ID...>",
      "声の番号（報告書の声の下にある 8 桁か、元のシステムの番号）。いくつでも",
    )
    .option("--customer <顧客番号>", "このお客様の声すべて（元のシステムの顧客番号）")
    .option("--dead <ID...>", "不達の番号（kizuki dead list が示すもの）。いくつでも")
    .option("--delete", "日付・話題・感情の行も消します（既定では、数字のために残ります）")
    .requiredOption("--reason <文>", "なぜ消去するのか")
    .option("--json", "結果を JSON で出します")
    .addHelpText(
      "after",
      "\n例:\n  kizuki vault forget --customer K-1024 --reason '本人からの消去の求め'\n  kizuki vault find '山田 花子' 090-1234-5678 --reason '本人からの消去の求め'   （声の番号がわからないとき）\n\n凍結した報告書の数字はそのままで、引用だけが消えます。残るもの、消えるまでの間: docs/vault.ja.md\n",
    )
    .action(
      async (options: {
        voice?: string[];
        customer?: string;
        dead?: string[];
        delete?: boolean;
        reason: string;
        json?: boolean;
      }) => {
        const { customer, reason } = options;
        const result = await runHomeCommand(context, vaultForgetCommand, {
          voices: options.voice ?? [],
          dead: options.dead ?? [],
          ...(customer !== undefined && { customer }),
          mode: options.delete ? "delete" : "pseudonymise",
          author: context.user(),
          reason,
        });
        await context.print(options.json ? JSON.stringify(result) : describe(result));
      },
    );
}

function describe(result: z.infer<typeof Result>): string {
  const { finished, samePersons, letters, lettersOfSources, files, leftovers } = result;
  return [
    ...(finished.length > 0
      ? [`前に途中で止まった消去を終えました（声 ${finished.length} 件）。`]
      : []),
    describeForgotten(result),
    ...(samePersons.length > 0
      ? [
          `  同じ方のものと思われる声がほかに ${samePersons.length} 件あります: ${samePersons.map(shortId).join("、")}`,
        ]
      : []),
    ...(lettersOfSources > 0
      ? [
          `  同じ取り込み元に、読めなかった記録（不達）が ${lettersOfSources} 件あります。このお客様の記録があるかは、kizuki vault find で氏名や電話番号から探せます。あれば、--dead で消去してください。`,
        ]
      : []),
    ...leftovers.map((name) => `  ${name} にはまだ残っています。要らなければ消してください。`),
    ...describeFiles(files),
    ...(letters > 0 && finished.length === 0
      ? []
      : [
          "  載っていた報告書の PDF・XLSX・PPTX・Markdown は消しました（kizuki report --format で作り直せます）。",
          "  データベースの空いた場所と毎晩の写しには、しばらく言葉が残ります。すぐに除く手順は docs/vault.ja.md にあります。",
        ]),
  ].join("\n");
}

function describeForgotten({ voiceIds, letters }: z.infer<typeof Result>): string {
  if (letters > 0) return `${letters} 件の不達を消去しました。`;
  if (voiceIds.length > 0)
    return `${voiceIds.length} 件の声を消去しました。声に付けた気づき、決めたこと、結果も消えました。`;
  return "ほかに消去する声は見つかりません。前に止まったのが別の方の消去なら、番号を確かめて、もう一度打ってください。";
}

function describeFiles({ inInbox, elsewhere }: OriginalFiles): string[] {
  return [
    "  取り込み元のファイルには、そのまま残っています。その行かファイルを消してください（行を消したものを取り込み直す必要はありません）。同じ行のある別の書き出しも、あれば同じように:",
    ...inInbox.map((path) => `    ${path}`),
    ...elsewhere.map((name) => `    ${name}（受け箱の外。取り込んだ人の手元）`),
    ...(inInbox.length + elsewhere.length === 0
      ? ["    ファイルで届いたものではありません（メール、HTTP など、送り元に残っています）"]
      : []),
  ];
}
