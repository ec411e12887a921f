import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { findTaxonomy } from "../../models/load-classifier.ts";
import { loadConfig } from "../../pipeline/config.ts";
import { type Home, openHome, warehousePath } from "../../pipeline/home.ts";
import { throwawayKeys } from "../../pipeline/keys.ts";
import { addDays, jstInstant, type Period, weekOf } from "../../pipeline/period.ts";
import { canonicalJson } from "../../reports/frozen/canonical-json.ts";
import { makeReport } from "../../reports/frozen/make-report.ts";
import { makeReports } from "../../reports/frozen/make-reports.ts";
import type { ReportInput } from "../../reports/frozen/report-head.ts";
import { warehouseEffects } from "../../reports/read-warehouse.ts";
import { buildWeekly } from "../../reports/weekly/build.ts";
import { renderWeekly } from "../../reports/weekly/render-html.ts";
import { WeeklyReport } from "../../reports/weekly/weekly-report.ts";
import { runKizuki } from "../support/run-kizuki.ts";
import { FIRST_MONDAY, WEEKS } from "./replicate-voices.ts";

/** Of each step; the fastest counts, since a neighbour's load only ever adds. */
const RUNS = 5;
/** The value is compared with its queries: the first runs are still being compiled. */
const TURNS = 12;
/** More rows with vectors would be another 9 GB. */
const MOST_WITH_VECTORS = 1_000_000;
const DAY_AFTER = addDays(FIRST_MONDAY, 7 * WEEKS);
const WEEK = weekOf(addDays(DAY_AFTER, -7));

const { values: options } = parseArgs({
  options: {
    voices: { type: "string", default: "1000000" },
    /** A home whose voices are copied; else the demo is run. */
    base: { type: "string" },
    /** Where the copies stay for the next run. */
    folder: { type: "string" },
    /** Only makes the reports of the newest `weeks`, so that the peak of memory is theirs. */
    backfill: { type: "boolean", default: false },
    weeks: { type: "string", default: String(WEEKS - 1) },
  },
});

type Cost = { readonly ms: number; readonly cpuMs: number };

async function costOf(work: () => unknown): Promise<Cost> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1000 };
}

const NEVER: Cost = { ms: Number.POSITIVE_INFINITY, cpuMs: Number.POSITIVE_INFINITY };

/** @returns the least of each, which need not be of one run */
function lesser(one: Cost, other: Cost): Cost {
  return { ms: Math.min(one.ms, other.ms), cpuMs: Math.min(one.cpuMs, other.cpuMs) };
}

async function leastOf(work: () => unknown, runs = RUNS): Promise<Cost> {
  let least = NEVER;
  for (let run = 0; run < runs; run += 1) least = lesser(least, await costOf(work));
  return least;
}

function print(what: string, { ms, cpuMs }: Cost): void {
  console.log(`${ms.toFixed(0).padStart(8)} ms  ${cpuMs.toFixed(0).padStart(8)} ms CPU  ${what}`);
}

function printMemory(what: string): void {
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(`${peak.toFixed(0).padStart(8)} MiB 最大の常駐メモリ（${what}）`);
}

/** In a process of its own, so that its memory is not counted. */
async function makeWarehouse(folder: string, voices: number): Promise<void> {
  const path = warehousePath(folder);
  if (existsSync(path)) return;
  mkdirSync(folder, { recursive: true });
  const base = options.base ?? join(folder, "demo");
  if (options.base === undefined) {
    const { code, stderr } = await runKizuki(["demo"], { home: base });
    if (code !== 0) throw new Error(stderr);
  }
  const replication = {
    base: resolve(warehousePath(base)),
    path: `${path}.partial`,
    voices,
    vectors: voices <= MOST_WITH_VECTORS,
  };
  const script = join(import.meta.dirname, "replicate-voices.ts");
  const args = ["--import", "tsx", script, JSON.stringify(replication)];
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) throw new Error(`replicate-voices: ${status}`);
  renameSync(replication.path, path);
}

type Question = {
  readonly sql: string;
  readonly params: Parameters<Connection["runAndReadAll"]>[1];
};
type Connection = Home["warehouse"]["reader"];

/** What one weekly value asks, in order. */
async function questionsOf(connection: Connection, input: ReportInput): Promise<Question[]> {
  const asked: Question[] = [];
  const run = connection.run.bind(connection);
  connection.run = (sql, params, types) => {
    asked.push({ sql, params });
    return run(sql, params, types);
  };
  await buildWeekly(warehouseEffects(connection), input);
  connection.run = run;
  return asked;
}

/**
 * Queries and value in turns, so that both meet the same neighbours. The named reference is all queries in order, as the
 * driver runs each, its answer read to the end and left as it is: in one pass, since a query run five times in a row would
 * find all it needs in the caches.
 */
async function timeValue(connection: Connection, input: ReportInput): Promise<void> {
  const questions = await questionsOf(connection, input);
  const each = questions.map(() => NEVER);
  const pass = async () => {
    for (const [index, { sql, params }] of questions.entries()) {
      const cost = await costOf(() => connection.runAndReadAll(sql, params));
      each[index] = lesser(each[index] ?? NEVER, cost);
    }
  };
  const ratios: number[] = [];
  let reference = NEVER;
  let value = NEVER;
  for (let turn = 0; turn < TURNS; turn += 1) {
    const asked = await costOf(pass);
    const built = await costOf(() => buildWeekly(warehouseEffects(connection), input));
    ratios.push(built.ms / asked.ms);
    reference = lesser(reference, asked);
    value = lesser(value, built);
  }
  const middle = ratios.sort((left, right) => left - right)[TURNS / 2] ?? Number.NaN;
  for (const [index, { sql }] of questions.entries()) {
    print(`  ${/-- Question: (.*)/.exec(sql)?.[1] ?? ""}`, each[index] ?? NEVER);
  }
  print("問い合わせの合計（基準）", reference);
  print(`値を組み立てる（問い合わせの ${middle.toFixed(2)} 倍、${TURNS} 回の中央値）`, value);
}

async function timeSteps({ warehouse: { reader } }: Home): Promise<void> {
  const { name, version } = findTaxonomy("tourism");
  const input: ReportInput = {
    period: WEEK,
    revision: 1,
    taxonomy: name,
    taxonomyVersion: version,
    epoch: 1,
    asOf: DAY_AFTER,
    title: "ベンチ",
    expectedSources: [],
    earlier: [],
  };
  await timeValue(reader, input);
  let report = await buildWeekly(warehouseEffects(reader), input);
  let json = "";
  print(
    "値を JSON にする",
    await leastOf(() => {
      json = canonicalJson(report);
    }),
  );
  print(
    "JSON を読む",
    await leastOf(() => {
      report = WeeklyReport.parse(JSON.parse(json));
    }),
  );
  let bytes = "";
  const render = await leastOf(() => {
    const { html, voicesHtml } = renderWeekly(report);
    bytes = `本体 ${html.length}、声の一覧 ${voicesHtml.length}、値 ${json.length} 字`;
  });
  print(`HTML にする（${bytes}）`, render);
}

function weeksBefore(weeks: number): Period[] {
  return Array.from({ length: weeks }, (_, index) =>
    weekOf(addDays(DAY_AFTER, -7 * (weeks - index))),
  );
}

/** From the question to the files on disk, frozen in between, as the timetable has it done. */
async function timeReports(home: Home): Promise<void> {
  const costs: Cost[] = [];
  for (const week of weeksBefore(RUNS)) {
    const make = () => makeReport(home, week, { again: false, askedBy: "timetable" });
    costs.push(await costOf(make));
    if (costs.length === 1) printMemory("一つの報告書");
  }
  const middle = costs.sort((left, right) => left.ms - right.ms)[Math.floor(RUNS / 2)];
  if (middle !== undefined) print(`問い合わせから HTML まで、${RUNS} 週の中央値`, middle);
}

async function timeBackfill(home: Home, weeks: number): Promise<void> {
  const options = { again: false, askedBy: "person" } as const;
  const cost = await costOf(async () => {
    for await (const { wasFrozen } of makeReports(home, weeksBefore(weeks), options)) {
      if (wasFrozen) throw new Error("not made");
    }
  });
  print(`${weeks} 週の報告書をまとめて`, cost);
}

const kept = options.folder;
const folder = kept ?? mkdtempSync(join(tmpdir(), "kizuki-bench-"));
await makeWarehouse(folder, Number(options.voices));
const home = await openHome(
  {
    ...loadConfig({ home: folder, file: undefined, workingFolder: folder }),
    taxonomies: ["tourism"],
  },
  throwawayKeys(),
  () => jstInstant(DAY_AFTER, 9),
);
try {
  await home.warehouse.connection.run("delete from frozen_reports");
  if (options.backfill) {
    await timeBackfill(home, Number(options.weeks));
    printMemory("さかのぼって作る");
  } else {
    await home.warehouse.holdLess("768MB");
    // First, as a command begins.
    await timeReports(home);
    await timeSteps(home);
  }
} finally {
  await home.close();
  if (kept === undefined) rmSync(folder, { recursive: true });
}
