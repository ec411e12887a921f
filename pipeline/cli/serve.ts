import { mkdir } from "node:fs/promises";
import type { Command } from "commander";
import { type Home, openHome } from "../home.ts";
import { watchInbox } from "../intake/watch-inbox.ts";
import type { Reporter } from "../reporter.ts";
import { jobs } from "../schedule/jobs.ts";
import { nextDue, type Reconciled, reconcile } from "../schedule/reconcile.ts";
import { startScheduler } from "../schedule/scheduler.ts";
import { forgetClaims, ledgerEffects } from "../schedule/warehouse-ledger.ts";
import { type CliContext, configOf, keysOf } from "./context.ts";
import { homeCommands } from "./home-commands.ts";
import { enrichPending, importCommand, withPool } from "./import.ts";
import { tellOtherVectors } from "./reencode.ts";
import { listen } from "./socket-server.ts";

/** Runs until it is told to stop: socket, inbox, timetable. A kill at any moment loses nothing. */
async function serve(context: CliContext): Promise<void> {
  const config = configOf(context);
  const { makeReport } = await import("../../reports/make-report.ts");
  const home = await openHome(config, keysOf(context, config), context.clock);
  const { reporter } = context;
  const stopped = stopSignal();
  const say = (text: string) => reporter.line(`${stamp(context.clock())} ${text}`);
  try {
    await forgetClaims(home);
    const server = await listen(home, homeCommands);
    await home.intakeInTurn(() => withPool(home, (pool) => enrichPending(home, pool, reporter)));
    await tellOtherVectors(home, { ...reporter, line: say });
    const timetable = jobs(config.schedule);
    const tick = async (): Promise<void> => {
      const effects = ledgerEffects(home, async (period) => {
        const { files } = await makeReport(home, period, { again: false, askedBy: "timetable" });
        say(`${period.name} の報告書を作りました: ${files[0]}`);
      });
      const results = await reconcile(timetable, context.clock(), effects);
      for (const failure of results.filter(hasFailed)) {
        say(
          `${failure.period.name} の報告書を作れません（次の機会にやり直します）: ${String(failure.error)}`,
        );
      }
    };
    const stopScheduler = startScheduler(timetable, tick);
    const stopWatching = await startInbox(home, reporter, say, tick);
    await tick();
    for (const job of timetable) {
      say(
        `次の${job.name === "weekly" ? "週次" : "月次"}の報告書: ${stamp(nextDue(job, context.clock()))}`,
      );
    }
    say("動いています。止めるには Ctrl-C を押してください。");
    await stopped;
    say("止めています…");
    stopScheduler();
    await stopWatching();
    await server.close();
  } finally {
    await home.close();
  }
}

function hasFailed(result: Reconciled): boolean {
  return result.error !== undefined;
}

async function startInbox(
  home: Home,
  reporter: Reporter,
  say: (text: string) => void,
  afterwards: () => Promise<void>,
): Promise<() => Promise<void>> {
  const { inbox } = home.config;
  if (inbox === undefined) return async () => undefined;
  await mkdir(inbox, { recursive: true });
  say(`受け箱 ${inbox} を見ています。`);
  return await watchInbox(inbox, async (path) => {
    try {
      const options = importCommand.Options.parse({ files: [path] });
      const { files, failed } = await importCommand.run(home, options, reporter);
      for (const { message } of failed) say(message);
      for (const file of files) say(`${file.file}: ${file.rows} 行、新しい声 ${file.voices} 件`);
      // A report that fails is the next tick's; the file is in all the same.
      await afterwards().catch((cause: unknown) => say(`報告書を作れません: ${String(cause)}`));
      return failed.length === 0 ? "done" : "failed";
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      say(`${path} を取り込めません（次に serve を始めた時にやり直します）: ${why}`);
      return "try again";
    }
  });
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

/** 2026-01-05 08:00 in Asia/Tokyo. */
function stamp(at: Date): string {
  return new Date(at.getTime() + 9 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
}

export function registerServe(program: Command, context: CliContext): void {
  program
    .command("serve")
    .description("動き続けて、受け箱のファイルを取り込み、決まった時に報告書を作ります")
    .addHelpText(
      "after",
      "\n受け箱は kizuki.yaml の inbox に書きます。動いている間、他のコマンドは serve を通して働きます。\n",
    )
    .action(() => serve(context));
}
