import type { Home } from "../../home.ts";
import { lineNames } from "../../lines-config.ts";
import { oneAtATime } from "../../one-at-a-time.ts";
import { ageOut } from "../../operations/age-out.ts";
import {
  addDays,
  type DayPeriod,
  isReportPeriod,
  type JobPeriod,
  periodOfLine,
  type ReportPeriod,
} from "../../period.ts";
import { type Job, nightlyJobs, reportJobs } from "../../schedule/jobs.ts";
import { reconcile, type Skipped } from "../../schedule/reconcile.ts";
import { ledgerEffects } from "../../schedule/warehouse-ledger.ts";
import { backUp } from "../backup.ts";
import { makeSnapshot } from "../snapshot.ts";
import { cleanFiles } from "../vault-forget.ts";
import type { News } from "./serve-news.ts";

export const JOB_WORDS: Readonly<Record<JobPeriod["job"], string>> = {
  weekly: "週次の報告書",
  monthly: "月次の報告書",
  daily: "日次の報告書",
  retention: "保存期間を過ぎた声の消去",
  snapshot: "分析用の写し",
  backup: "控え",
  "dead-letters": "不達の知らせ",
};

/** The timetable of this home, reports first: what is made at night holds them. */
export function timetableOf({ config }: Pick<Home, "config">): readonly Job[] {
  const { schedule, backup, retention } = config;
  const backupHour = backup === undefined ? undefined : schedule.backupHour;
  const retentionHour = retention === undefined ? undefined : schedule.retentionHour;
  return [...reportJobs(schedule), ...nightlyJobs({ ...schedule, backupHour, retentionHour })];
}

/** Does what is due whenever it is called; ticks that come together take turns, so that no job is begun twice. */
export function tickOf(home: Home, news: News): () => Promise<void> {
  const inTurn = oneAtATime();
  const effects = ledgerEffects(home, async (period) => {
    const startMs = performance.now();
    const { said, counts } = await work(home, period);
    const ms = Math.round(performance.now() - startMs);
    news.tell("job-done", { job: period.job, period: period.name, ms, ...counts }, said);
  });
  return () =>
    inTurn(async () => {
      await finishReports(home, news);
      const reconciled = await reconcile(timetableOf(home), home.clock(), effects);
      for (const { period, error, skipped } of reconciled) {
        if (skipped !== undefined) tellSkipped(news, period, skipped);
        if (error === undefined) continue;
        news.tellFailure(
          "job-failed",
          error,
          { job: period.job, period: period.name },
          `${period.name} の${JOB_WORDS[period.job]}を作れません（次の機会にやり直します）`,
        );
      }
    });
}

/** A folder that cannot be written must keep nothing else from its turn. */
async function finishReports(home: Home, news: News): Promise<void> {
  const { writeUnfinished } = await import("../../../reports/frozen/write-unfinished.ts");
  try {
    await writeUnfinished(home);
  } catch (error) {
    news.tellFailure(
      "report-files-failed",
      error,
      {},
      "まだ書き終えていない報告書のファイルを書けません（次の機会にやり直します）",
    );
  }
}

/** Nobody reads a month of digests of yesterday; weekly and monthly reports have their voices. */
function tellSkipped(news: News, { job }: JobPeriod, { from, until, count }: Skipped): void {
  news.tell(
    "job-skipped",
    { job, from, until, periods: count },
    `${from} から ${addDays(until, -1)} までの${JOB_WORDS[job]} ${count} 件は、古いので作りません（要るものは kizuki report ${job} --period で作れます）。`,
  );
}

type Done = {
  /** What a person at the terminal is told. */
  readonly said: string;
  /** What the log is told. */
  readonly counts?: Readonly<Record<string, number>>;
};

async function work(home: Home, period: JobPeriod): Promise<Done> {
  if (isReportPeriod(period)) return { said: await report(home, period) };
  if (period.job === "retention") return await retention(home, period);
  return { said: await nightWork(home, period) };
}

async function retention(home: Home, { until }: DayPeriod): Promise<Done> {
  if (home.config.retention === undefined) return { said: "" };
  const counts = await ageOut(home, { ...home.config.retention, until, clean: cleanFiles });
  const said = `保存期間を過ぎた声 ${counts.voices} 件を消去しました。封をした記録 ${counts.rawRecords} 件を片付けました。`;
  return { said, counts };
}

/** The whole comes last: its record settles the period, so a kill before it has all lines looked at again. */
async function report(home: Home, period: ReportPeriod): Promise<string> {
  const { makeReport } = await import("../../../reports/frozen/make-report.ts");
  const lines = lineNames(home.config.lines);
  const ofLines = period.job === "weekly" ? lines.map((line) => periodOfLine(period, line)) : [];
  for (const ofLine of ofLines) {
    await makeReport(home, ofLine, { again: false, askedBy: "timetable" });
  }
  const { files } = await makeReport(home, period, { again: false, askedBy: "timetable" });
  const also = ofLines.length === 0 ? "" : `（ほかに商品ラインごとに ${ofLines.length} 件）`;
  return `${period.name} の報告書を作りました${also}: ${files[0]}`;
}

async function nightWork(home: Home, period: DayPeriod): Promise<string> {
  if (period.job === "snapshot") {
    const { file } = await makeSnapshot(home);
    return `分析用の写しを作りました: ${file}`;
  }
  if (period.job === "backup") {
    const { folder } = await backUp(home);
    return `控えを作り、開いて確かめました: ${folder}`;
  }
  const { writeDigest } = await import("../../../reports/dead-letters/dead-letter-digest.ts");
  const written = await writeDigest(home, period);
  if (written === undefined) return "新しい不達はありません。";
  return `新しい不達が ${written.letters} 件あります: ${written.path}`;
}
