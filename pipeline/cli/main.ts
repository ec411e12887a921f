import { homedir, userInfo } from "node:os";
import { join, resolve } from "node:path";
import { Command, CommanderError } from "commander";
import { z } from "zod";
import { clockFrom, systemClock } from "../clock.ts";
import { ConfigError, KizukiError } from "../errors.ts";
import type { CliContext } from "./context.ts";
import { terminalReporter } from "./terminal-reporter.ts";

/** Empty strings are as good as absent: a shell script's unset variable. */
const text = z.string().transform((value) => (value === "" ? undefined : value));

const Environment = z.object({
  KIZUKI_HOME: text.optional(),
  KIZUKI_CONFIG: text.optional(),
  KIZUKI_MASTER_KEY: text.optional(),
  KIZUKI_SMTP_PASSWORD: text.optional(),
  XDG_CONFIG_HOME: text.optional(),
  /** An instant from which the clock runs, for rehearsals and tests. */
  KIZUKI_CLOCK: text.pipe(z.iso.datetime({ offset: true }).optional()).optional(),
  /** Set to anything: no colours (no-color.org). */
  NO_COLOR: text.optional(),
  /** "1": each stage of the way is printed, for tests that kill there. */
  KIZUKI_STAGES: text.optional(),
  /** Where `npm run` was called, which is where relative paths are meant from. */
  INIT_CWD: text.optional(),
  npm_lifecycle_event: text.optional(),
});

const EXIT_CODES = `
終了コード: 0 成功 / 1 思わぬ誤り / 2 指定や設定の誤り / 3 読めないファイルや取り込み元 / 4 他の kizuki が使用中 / 5 モデルの誤り / 6 書き込めない / 7 Kafka に届かない・断られた / 130 Ctrl-C
`;

async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const program = new Command("kizuki");
  const context = contextOf(environment, program);
  program
    .description("気づき: 日本語のお客様の声を、週次・月次の VOC ミーティングの報告書にします")
    .option("--home <フォルダ>", "すべてを書く場所（環境変数 KIZUKI_HOME、既定は ./kizuki-home）")
    .option("--config <ファイル>", "設定ファイル（環境変数 KIZUKI_CONFIG、既定は kizuki.yaml）")
    .helpOption("-h, --help", "使い方を示します")
    .helpCommand("help [コマンド]", "コマンドの使い方を示します")
    .addHelpText("after", EXIT_CODES)
    .configureHelp({ styleTitle: translateTitle, styleDescriptionText: translateExtra })
    .configureOutput({ outputError: (message, write) => write(translateError(message)) })
    .showSuggestionAfterError(false)
    .exitOverride();
  for (const register of await registersOf(process.argv)) register(program, context);
  for (const command of allCommands(program)) command.copyInheritedSettings(program).exitOverride();
  await program.parseAsync();
}

/** In the order of the help. */
const COMMANDS = {
  demo: async () => (await import("./demo.ts")).registerDemo,
  import: async () => (await import("./import.ts")).registerImport,
  pull: async () => (await import("./pull.ts")).registerPull,
  source: async () => (await import("./source.ts")).registerSource,
  report: async () => (await import("./report.ts")).registerReport,
  deliver: async () => (await import("./deliver.ts")).registerDeliver,
  awareness: async () => (await import("./awareness.ts")).registerAwareness,
  tag: async () => (await import("./tag.ts")).registerTag,
  mask: async () => (await import("./mask.ts")).registerMask,
  classify: async () => (await import("./classify.ts")).registerClassify,
  master: async () => (await import("./master.ts")).registerMaster,
  reclassify: async () => (await import("./reclassify.ts")).registerReclassify,
  reencode: async () => (await import("./reencode.ts")).registerReencode,
  dead: async () => (await import("./dead.ts")).registerDead,
  vault: async () => (await import("./vault.ts")).registerVault,
  rebuild: async () => (await import("./rebuild.ts")).registerRebuild,
  models: async () => (await import("./models.ts")).registerModels,
  status: async () => (await import("./status.ts")).registerStatus,
  backup: async () => (await import("./backup.ts")).registerBackup,
  snapshot: async () => (await import("./snapshot.ts")).registerSnapshot,
  doctor: async () => (await import("./doctor.ts")).registerDoctor,
  streams: async () => (await import("./streams.ts")).registerStreams,
  enrich: async () => (await import("./enrich.ts")).registerEnrich,
  "http-key": async () => (await import("./http-key.ts")).registerHttpKey,
  serve: async () => (await import("./serve/serve.ts")).registerServe,
};

/** Loads only commands that the arguments name, for a quick start; all of them where none is named, for the help. */
async function registersOf(args: readonly string[]) {
  const all = Object.entries(COMMANDS);
  const named = all.filter(([name]) => args.includes(name));
  return await Promise.all((named.length > 0 ? named : all).map(([, load]) => load()));
}

/** @throws ConfigError naming every bad variable */
function readEnvironment(variables: NodeJS.ProcessEnv): z.infer<typeof Environment> {
  const result = Environment.safeParse(variables);
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path }) => {
    const name = path.join(".");
    return `  ${name} … 読んだもの: ${variables[name]}、期待: 2026-01-05T08:00:00+09:00 のような日時`;
  });
  throw new ConfigError(`環境変数に誤りがあります:\n${lines.join("\n")}`);
}

function contextOf(environment: z.infer<typeof Environment>, program: Command): CliContext {
  const calledByNpm = environment.npm_lifecycle_event !== undefined;
  const workingFolder = (calledByNpm ? environment.INIT_CWD : undefined) ?? process.cwd();
  const options = () =>
    z.object({ home: z.string().optional(), config: z.string().optional() }).parse(program.opts());
  const configFolder = environment.XDG_CONFIG_HOME ?? join(homedir(), ".config");
  return {
    homeGiven: () => {
      const home = options().home ?? environment.KIZUKI_HOME;
      return home === undefined ? undefined : resolve(workingFolder, home);
    },
    get home() {
      return this.homeGiven() ?? resolve(workingFolder, "kizuki-home");
    },
    get configFile() {
      const file = options().config ?? environment.KIZUKI_CONFIG;
      return file === undefined ? undefined : resolve(workingFolder, file);
    },
    masterKey: environment.KIZUKI_MASTER_KEY,
    smtpPassword: environment.KIZUKI_SMTP_PASSWORD,
    defaultKeyFile: join(configFolder, "kizuki", "master.key"),
    workingFolder,
    user: () => userInfo().username,
    clock:
      environment.KIZUKI_CLOCK === undefined
        ? systemClock
        : clockFrom(new Date(environment.KIZUKI_CLOCK)),
    reporter: terminalReporter({
      stream: process.stderr,
      nowMs: () => performance.now(),
      stages: environment.KIZUKI_STAGES === "1",
    }),
    errorIsTerminal: process.stderr.isTTY,
    outputIsTerminal: process.stdout.isTTY && environment.NO_COLOR === undefined,
    input: process.stdin,
    print: (line) =>
      new Promise((resolve) => {
        process.stdout.write(`${line}\n`, () => resolve());
      }),
  };
}

function allCommands(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...allCommands(child)]);
}

const TITLES: Readonly<Record<string, string>> = {
  "Usage:": "使い方:",
  "Options:": "指定:",
  "Commands:": "コマンド:",
  "Arguments:": "引数:",
  "Global Options:": "共通の指定:",
};

function translateTitle(title: string): string {
  return TITLES[title] ?? title;
}

/** What commander writes behind a description: its default and what may be chosen. */
function translateExtra(description: string): string {
  return description.replace(/ \(((?:choices|default): .*)\)$/s, (_, extra: string) => {
    const said = extra
      .replace(/choices: /, "選択肢: ")
      .replace(/default: /, "既定: ")
      .replaceAll('"', "")
      .replaceAll(", ", "、");
    return `（${said}）`;
  });
}

/** commander speaks English; staff read Japanese. */
function translateError(message: string): string {
  return message
    .replace(
      /^error: unknown command '(.*)'/,
      "コマンド「$1」はありません。kizuki --help で一覧を見られます。",
    )
    .replace(
      /^error: unknown option '(.*)'/,
      "指定「$1」はありません。--help で使い方を見られます。",
    )
    .replace(
      /^error: missing required argument '(.*)'/,
      "引数「$1」がありません。--help で使い方を見られます。",
    )
    .replace(
      /^error: required option '(.*)' not specified/,
      "指定「$1」が要ります。--help で使い方を見られます。",
    )
    .replace(/^error: option '(.*)' argument missing/, "指定「$1」の値がありません。")
    .replace(
      /^error: command-argument value '(.*)' is invalid for argument '(.*)'. Allowed choices are (.*)\./,
      "$2「$1」は使えません。期待: $3。",
    )
    .replace(/^error: too many arguments.*/, "引数が多すぎます。--help で使い方を見られます。");
}

function report(cause: unknown): number {
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : 2;
  if (cause instanceof KizukiError) {
    console.error(cause.message);
    return cause.exitCode;
  }
  console.error("思わぬ誤りです。取り込み済みの声は無事です。次の内容を開発者に伝えてください。");
  console.error(cause);
  return 1;
}

process.once("SIGINT", () => {
  // `serve` stops in its own way.
  if (process.listenerCount("SIGINT") > 0) return;
  console.error("\n中断しました。ここまでの分は残っています。同じコマンドで続きから始まります。");
  process.exit(130);
});
// kafkajs asks for timers in the past, which does no harm and which Node says from 24 on.
const printWarning = process.listeners("warning");
process.removeAllListeners("warning");
process.on("warning", (warning) => {
  if (warning.name === "TimeoutNegativeWarning") return;
  for (const print of printWarning) print(warning);
});
// A reader such as `head` has gone; an import goes on all the same.
function ignoreBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") return;
  process.exit(6);
}
process.stdout.on("error", ignoreBrokenPipe);
process.stderr.on("error", ignoreBrokenPipe);

/** What a command leaves behind, such as a connection to a broker that is gone, must not keep it alive. */
const LINGER_MS = 2000;

main()
  .catch((cause: unknown) => {
    process.exitCode = report(cause);
  })
  .finally(() => setTimeout(() => process.exit(), LINGER_MS).unref());
