import type { Command } from "commander";
import { z } from "zod";
import { formatCount } from "../../reports/format-japanese.ts";
import { calibrationMark } from "../calibration.ts";
import type { Config } from "../config.ts";
import { enrichStream } from "../enrich/enrich-stream.ts";
import { workerSettings } from "../enrich/worker-messages.ts";
import { WorkerPool } from "../enrich/worker-pool.ts";
import { UsageError } from "../errors.ts";
import { allMeasures, type Measures, silentMeasures } from "../measures.ts";
import { operatorApp } from "../operations/operator-app.ts";
import { progressWatch } from "../operations/progress-watch.ts";
import { prometheusMeasures } from "../operations/prometheus-measures.ts";
import type { Part } from "../operations/stop-parts.ts";
import { type CliContext, configOf, givenKeysOf } from "./context.ts";
import { type Running, runUntilStopped } from "./run-until-stopped.ts";
import { openPort } from "./serve/serve-http.ts";
import { kafkaLog, type News, openNews } from "./serve/serve-news.ts";
import { kafkaOf } from "./streams.ts";
import { movements, startWatch } from "./watch-progress.ts";

/** Between two lines of progress. */
const PROGRESS_MS = 5000;

const Port = z.coerce.number().int().min(1).max(65_535);

type Enriching = Running & {
  readonly config: Config;
  readonly news: News;
  readonly port: number | undefined;
};

/** Runs until it is told to stop, or until Kafka ends it or nothing moves: then its supervisor starts it again. */
async function enrich(
  context: CliContext,
  options: { readonly logJson?: boolean; readonly http?: string },
): Promise<void> {
  const port = portOf(options.http);
  const config = configOf(context);
  const news = openNews(context, config, { ...options, role: "enrich" });
  const deadlineMs = config.stop.deadlineSeconds * 1000;
  await runUntilStopped({ news, deadlineMs }, (running) =>
    start(context, { ...running, config, news, port }),
  );
}

/** Not the config's: `serve` may be on the same machine, and so may other workers. */
function portOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const port = Port.safeParse(given);
  if (port.success) return port.data;
  throw new UsageError(`--http … 読んだもの: ${given}、期待: 1 から 65535 のポート番号。`);
}

async function start(context: CliContext, enriching: Enriching): Promise<void> {
  const { config, news, started, crashed, stop } = enriching;
  const kafka = kafkaOf(context);
  const keys = givenKeysOf(context, config);
  const nowMs = () => performance.now();
  const prometheus = prometheusMeasures(nowMs);
  const watch = progressWatch({ nowMs, stuckAfterMs: config.stop.stuckMinutes * 60_000 });
  const progress = tellProgress(news);
  started(progress.part);
  const measures = allMeasures([prometheus, movements(watch), progress.measures]);
  const output = news.isTerminal ? "inherit" : "ignore";
  const settings = workerSettings(config);
  const { offsets } = settings;
  const pool = new WorkerPool(config.workers, settings, { measures, output });
  // What is in hand past the half of the deadline is dropped: it comes again.
  stop.now.addEventListener("abort", () => pool.close());
  started({ name: "pool", stop: async () => pool.close() });
  // Whose models do not load must not take partitions.
  await pool.prove();
  news.log.info("models-loaded");
  const worker = await enrichStream(kafka, {
    keys,
    pool,
    calibration: calibrationMark(offsets),
    clock: context.clock,
    // One more than works, so that none waits while a chunk is published.
    concurrency: config.workers + 1,
    measures,
    stage: (name) => news.reporter.stage(name),
    log: kafkaLog(news),
  });
  started({ name: "worker", stop: () => worker.close() });
  // What is given up at the end is no failure.
  worker.failed.catch((cause: unknown) => stop.soon.aborted || crashed(cause));
  // Without an answer nobody knows of anything that waits: a broker that is away is no standstill.
  const lag = async () => (await worker.lag()) ?? 0;
  started(startWatch(watch, lag, enriching));
  if (enriching.port !== undefined) {
    const app = operatorApp({
      metrics: () => prometheus.exposition(),
      live: async () => watch.sample(await lag()),
      ready: async () => {
        const parts = {
          broker: (await worker.lag()) !== undefined,
          running: !stop.soon.aborted,
        };
        return { ready: parts.broker && parts.running, parts };
      },
    });
    const place = { host: config.http?.host ?? "127.0.0.1", port: enriching.port };
    started(await openPort(app, { name: "http", ...place }, crashed));
    const said = `http://${place.host}:${place.port} で /metrics、/livez、/readyz に答えます。`;
    news.tell("http-open", { port: place.port }, said);
  }
  const calibrated = Object.keys(offsets).length;
  news.tell(
    "running",
    { processes: config.workers, calibrated },
    `voc.raw を待っています（プロセス ${config.workers}、校正した分類器 ${calibrated}）。止めるには Ctrl-C を押してください。`,
  );
}

/** A line every few seconds in which something went through, and one at the end. */
function tellProgress(news: News): { readonly measures: Measures; readonly part: Part } {
  let records = 0;
  let dead = 0;
  let told = 0;
  let toldMs = performance.now();
  const tell = (): void => {
    const nowMs = performance.now();
    const perSecond = Math.round(((records - told) * 1000) / (nowMs - toldMs));
    toldMs = nowMs;
    if (records === told) return;
    const letters = dead === 0 ? "" : `、不達 ${dead} 件`;
    const said = `分類した声 ${formatCount(records)} 件${letters}（毎秒 ${perSecond} 件）`;
    news.tell("progress", { records, dead, perSecond }, said);
    told = records;
  };
  const timer = setInterval(tell, PROGRESS_MS);
  const passed: Measures["passed"] = (_step, counts) => {
    records += (counts.ok ?? 0) + (counts.skip ?? 0) + (counts.dead ?? 0);
    dead += counts.dead ?? 0;
  };
  const stop = async () => {
    clearInterval(timer);
    tell();
  };
  return { measures: { ...silentMeasures, passed }, part: { name: "progress", stop } };
}

export function registerEnrich(program: Command, context: CliContext): void {
  program
    .command("enrich")
    .description("Kafka の voc.raw の声を分類し続けます。何台でも、いくつでも動かせます")
    .option("--http <ポート>", "このポートで /metrics、/livez、/readyz に答えます")
    .option(
      "--log-json",
      "端末でも、記録を JSON の行で出します（端末でなければ、いつもそうします）",
    )
    .addHelpText(
      "after",
      "\nkizuki.yaml の kafka と、kizuki serve と同じ鍵が要ります。いつ落ちても、声は失われず二重にもなりません。\n",
    )
    .action((options: { logJson?: boolean; http?: string }) => enrich(context, options));
}
