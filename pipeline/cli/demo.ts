import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { z } from "zod";
import { formatCount } from "../../reports/format-japanese.ts";
import { loadConfig } from "../config.ts";
import { InputError } from "../errors.ts";
import { type Home, openHome, warehousePath } from "../home.ts";
import { throwawayKeys } from "../keys.ts";
import { isReportPeriod, jstInstant, periodOf } from "../period.ts";
import type { Reporter } from "../reporter.ts";
import { type Job, reportJobs } from "../schedule/jobs.ts";
import { reconcile } from "../schedule/reconcile.ts";
import { ledgerEffects } from "../schedule/warehouse-ledger.ts";
import { addAwareness } from "./awareness.ts";
import type { CliContext } from "./context.ts";
import { importCommand } from "./import.ts";
import { statusCommand } from "./status.ts";

const DEMO = fileURLToPath(new URL("../demo/", import.meta.url));
/** Tells a folder that the demo may empty from one that it must not touch. */
const MARKER = "このフォルダは-kizuki-demo-が作りました.txt";
/** The day on which the demo takes place: the Monday after the last voice. */
const TODAY = "2026-01-05";
/** A day of which the demo has a daily page. */
const BUSY_DAY = "2025-12-28";
/** The first Monday with a whole week of voices before it. */
const FIRST_MONDAY = "2025-07-14";

const DemoAwareness = z.strictObject({
  voice: z.string(),
  author: z.string(),
  reason: z.string(),
  at: z.iso.datetime({ offset: true }),
});
type DemoAwareness = z.infer<typeof DemoAwareness>;

/** The whole way of 20,000 real voices, on a clock that replays the timetable from July to January. */
async function demo(context: CliContext, folder: string): Promise<void> {
  const startMs = performance.now();
  prepareFolder(folder);
  const config = loadConfig({
    home: folder,
    file: undefined,
    workingFolder: context.workingFolder,
  });
  let now = jstInstant(TODAY, 9);
  // The key dies with this process: nobody can open the demo's sealed log again.
  const home = await openHome(config, throwawayKeys(), () => now);
  try {
    await importVoices(home, context);
    const comments = readAwareness();
    const timetable = reportJobs(config.schedule);
    const ticks = dueMoments(timetable);
    context.reporter.begin("定期実行を再現して報告書を作成中", ticks.length);
    for (const tick of ticks) {
      now = tick;
      while (comments[0] !== undefined && new Date(comments[0].at) <= now) {
        const { at, ...comment } = comments[0];
        await addAwareness(home, { ...comment, at: new Date(at) });
        comments.shift();
      }
      await runTimetable(home, timetable, now);
      context.reporter.advance(1);
    }
    context.reporter.end();
    await makeDaily(home);
    await summarize(home, context, (performance.now() - startMs) / 1000);
  } finally {
    await home.close();
  }
}

function prepareFolder(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    if (!existsSync(join(folder, MARKER))) {
      throw new InputError(
        `${folder} には別のものが入っています。空のフォルダを kizuki demo --home フォルダ で指定してください。`,
      );
    }
    rmSync(folder, { recursive: true });
  }
  mkdirSync(folder, { recursive: true });
  const note = "kizuki demo をもう一度実行すると、このフォルダは消えて作り直されます。\n";
  writeFileSync(join(folder, MARKER), note);
  // In home, so that the other commands find it there.
  copyFileSync(join(DEMO, "kizuki.yaml"), join(folder, "kizuki.yaml"));
}

async function importVoices(home: Home, { reporter, print }: CliContext): Promise<void> {
  const files = readdirSync(join(DEMO, "voices"))
    .sort()
    .map((file) => join(DEMO, "voices", file));
  const options = { files, source: join(DEMO, "source.yaml") };
  const result = await importCommand.run(home, options, quietReading(reporter));
  const total = result.files.reduce((sum, file) => sum + file.voices, 0);
  const formats = result.files.map((file) => `${file.file}（${file.encoding}）`);
  await print(`${formats.join("、")} から ${formatCount(total)} 件の声を取り込みました。`);
}

/** Reading takes a moment here; only the classifying is worth a progress bar. */
function quietReading(reporter: Reporter): Reporter {
  return { ...reporter, line: () => undefined };
}

function readAwareness(): DemoAwareness[] {
  const lines = readFileSync(join(DEMO, "awareness.jsonl"), "utf8").trim().split("\n");
  return lines
    .map((line) => DemoAwareness.parse(JSON.parse(line)))
    .sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** Every moment from the first Monday to today at which a report fell due, oldest first. */
function dueMoments(timetable: readonly Job[]): Date[] {
  const moments = new Set<number>();
  const today = jstInstant(TODAY, 9);
  for (const job of timetable) {
    for (let date = FIRST_MONDAY; ; ) {
      const period = periodOf(job.name, date);
      const due = job.dueAt(period);
      if (due > today) break;
      moments.add(due.getTime());
      date = period.until;
    }
  }
  return [...moments].sort((a, b) => a - b).map((ms) => new Date(ms));
}

async function runTimetable(home: Home, timetable: readonly Job[], now: Date): Promise<void> {
  const { makeReport } = await import("../../reports/frozen/make-report.ts");
  const effects = ledgerEffects(home, async (period) => {
    if (!isReportPeriod(period)) return;
    await makeReport(home, period, { again: false, askedBy: "timetable" });
  });
  for (const { error } of await reconcile(timetable, now, effects)) {
    if (error !== undefined) throw error;
  }
}

/** One, of a day with many voices; a timetable with an hour for them would make one every day. */
async function makeDaily(home: Home): Promise<void> {
  const { makeReport } = await import("../../reports/frozen/make-report.ts");
  const period = periodOf("daily", BUSY_DAY);
  await makeReport(home, period, { again: false, askedBy: "timetable" });
}

async function summarize(
  home: Home,
  { reporter, print }: CliContext,
  seconds: number,
): Promise<void> {
  const status = await statusCommand.run(home, {}, reporter);
  const newest = (job: string) => status.periods.findLast((row) => row.job === job)?.period;
  const path = (job: string) => join(home.config.home, "reports", job, `${newest(job)}.html`);
  const others = (job: string) => status.periods.filter((row) => row.job === job).length - 1;
  await print(
    [
      `声 ${formatCount(status.voices)} 件、文 ${formatCount(status.segments)} 件、気づき ${status.awareness} 件（${seconds.toFixed(0)} 秒）`,
      "",
      "報告書（ブラウザーで開いてください）:",
      `  いちばん新しい週次  ${path("weekly")}`,
      `  いちばん新しい月次  ${path("monthly")}`,
      `  一日分の日次        ${path("daily")}`,
      `  ほかに週次 ${others("weekly")} 件、月次 ${others("monthly")} 件: ${join(home.config.home, "reports")}`,
      "",
      `SQL で調べる: duckdb -readonly ${warehousePath(home.config.home)}`,
      `声に気づきを付ける: npm run -s kizuki -- --home ${home.config.home} awareness add --help`,
      "自分のファイルで試す: npm run -s kizuki -- import ファイル.csv",
    ].join("\n"),
  );
}

export function registerDemo(program: Command, context: CliContext): void {
  program
    .command("demo")
    .description(
      "2 万件の本物の声を、取り込みから報告書まで通します（1〜2 分。既定の場所は ./kizuki-demo）",
    )
    .action(async () => {
      const folder = context.homeGiven() ?? resolve(context.workingFolder, "kizuki-demo");
      await demo(context, folder);
    });
}
