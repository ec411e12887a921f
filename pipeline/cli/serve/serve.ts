import type { Command } from "commander";
import { findSilentTopics, silentTopicsNote } from "../../../models/silent-topics.ts";
import type { Config } from "../../config.ts";
import { withPool } from "../../enrich/pool-of-home.ts";
import { countOtherVectors } from "../../enrich/reencode-voices.ts";
import { type Home, openHome } from "../../home.ts";
import { allMeasures } from "../../measures.ts";
import { checkReadiness } from "../../operations/check-readiness.ts";
import { operatorApp } from "../../operations/operator-app.ts";
import { progressWatch } from "../../operations/progress-watch.ts";
import { prometheusMeasures } from "../../operations/prometheus-measures.ts";
import { countOwnLag, readReadings } from "../../operations/read-readings.ts";
import type { Part } from "../../operations/stop-parts.ts";
import { jstMinute } from "../../period.ts";
import { nextDue } from "../../schedule/reconcile.ts";
import { startScheduler } from "../../schedule/scheduler.ts";
import { forgetClaims } from "../../schedule/warehouse-ledger.ts";
import { keepStream } from "../../vault/keep-stream.ts";
import { type CliContext, configOf, keysOf } from "../context.ts";
import { homeCommands } from "../home-commands.ts";
import { enrichPending } from "../import.ts";
import { otherVectorsNote } from "../reencode.ts";
import { type Running, runUntilStopped } from "../run-until-stopped.ts";
import { cleanFiles } from "../vault-forget.ts";
import { movements, startWatch } from "../watch-progress.ts";
import { watchConfig } from "./serve-config.ts";
import { startDeliveries } from "./serve-deliver.ts";
import { openPort } from "./serve-http.ts";
import { startInbox } from "./serve-inbox.ts";
import { startIntake } from "./serve-intake.ts";
import { JOB_WORDS, tickOf, timetableOf } from "./serve-jobs.ts";
import { kafkaLog, logMeasures, type News, openNews } from "./serve-news.ts";
import { startPulls } from "./serve-pull.ts";
import { listen } from "./socket-server.ts";
import { watchCalibration } from "./watch-calibration.ts";

type Serving = Running & { readonly config: Config; readonly news: News };

/** Does all that a home does by itself until it is told to stop. A kill at any moment loses nothing. */
async function serve(context: CliContext, options: { logJson?: boolean }): Promise<void> {
  const config = configOf(context);
  const news = openNews(context, config, { ...options, role: "serve" });
  const deadlineMs = config.stop.deadlineSeconds * 1000;
  await runUntilStopped({ news, deadlineMs }, (running) =>
    start(context, { ...running, config, news }),
  );
}

async function start(context: CliContext, serving: Serving): Promise<void> {
  const { config, news, started, crashed, stop } = serving;
  const nowMs = () => performance.now();
  const prometheus = prometheusMeasures(nowMs);
  const watch = progressWatch({ nowMs, stuckAfterMs: config.stop.stuckMinutes * 60_000 });
  const measures = allMeasures([prometheus, movements(watch), logMeasures(news.log)]);
  const workerOutput = news.isTerminal ? "inherit" : "ignore";
  const keys = keysOf(context, config);
  const home = await openHome(config, keys, context.clock, {
    measures,
    stop,
    workerOutput,
    stage: (name) => news.reporter.stage(name),
    log: kafkaLog(news),
  });
  started({ name: "home", stop: () => home.close() });
  // Its own close ends it too, for those who still wait for something to be loaded.
  home.kafka?.failed.catch((cause) => !stop.soon.aborted && crashed(cause));
  started(await startVault(home, news, crashed));
  await forgetClaims(home);
  started(startWatch(watch, () => countOwnLag(home), serving));
  let modelsLoaded = false;
  if (config.http !== undefined) {
    const live = async () => watch.sample(await countOwnLag(home));
    const app = operatorApp({
      metrics: () => prometheus.exposition(() => readReadings(home)),
      live,
      ready: () => checkReadiness(home, { modelsLoaded, live }),
    });
    const { host, port } = config.http;
    started(await openPort(app, { name: "http", host, port }, crashed));
    const paths = "/metrics、/livez、/readyz";
    news.tell("http-open", { port }, `http://${host}:${port} で ${paths} に答えます。`);
  }
  const server = await listen(home, homeCommands);
  started({
    name: "socket",
    async stop() {
      const closed = server.close();
      // An import that waits for workers elsewhere may wait for hours; closing home ends it.
      if (home.kafka === undefined) await closed;
    },
  });
  await home.intakeInTurn(() => withPool(home, (pool) => enrichPending(home, pool, news.reporter)));
  // What a forgetting that was killed left in files.
  if (home.hasItsKey) await home.intakeInTurn(() => cleanFiles(home));
  await tellOtherVectors(home, news);
  tellSilentTopics(home, news);
  const tick = tickOf(home, news);
  started(startTimetable(home, tick, crashed));
  started(watchConfig(home, news));
  if (home.kafka !== undefined) started(watchCalibration(home, news));
  const afterwards = () => tick().catch(crashed);
  started(await startInbox(home, news, { afterwards, crashed }));
  started(await startPulls(home, news, { afterwards, crashed }));
  await startIntake(home, news, serving);
  await tick();
  started(startDeliveries(home, news));
  for (const job of timetableOf(home)) {
    const at = jstMinute(nextDue(job, context.clock()));
    const fields = { job: job.name, due: at.replace(" ", "T") };
    news.tell("next-due", fields, `次の${JOB_WORDS[job.name]}: ${at}`);
  }
  news.tell("running", {}, "動いています。止めるには Ctrl-C を押してください。");
  if (config.http !== undefined) modelsLoaded = await modelsLoad(home, news);
}

/** With Kafka the sealed words come beside everything else; without, each import brings its own. */
async function startVault(home: Home, news: News, crashed: Running["crashed"]): Promise<Part> {
  const { kafka } = home.config;
  if (kafka === undefined || !home.hasItsKey) return { name: "vault", stop: async () => undefined };
  const keeper = await keepStream(kafka, home);
  keeper.failed.catch((cause) => !home.stop.soon.aborted && crashed(cause));
  if (keeper.lost > 0) {
    const japanese = `voc.raw の記録 ${keeper.lost} 件が、原文を保管庫に移す前に消えました（serve が止まっていた間に保存期間が過ぎました）。隠したあとの本文は残っています。`;
    news.log.warn("vault-lost", { records: keeper.lost });
    news.reporter.line(japanese);
  }
  return { name: "vault", stop: () => keeper.close() };
}

function startTimetable(home: Home, tick: () => Promise<void>, crashed: Running["crashed"]): Part {
  const stopScheduler = startScheduler(timetableOf(home), () => tick().catch(crashed));
  return {
    name: "timetable",
    async stop() {
      stopScheduler();
      // Takes its turn behind the one that runs, and begins nothing itself.
      await tick();
    },
  };
}

async function tellOtherVectors(home: Home, news: News): Promise<void> {
  const segments = await countOtherVectors(home);
  if (segments > 0) news.tell("other-vectors", { segments }, otherVectorsNote(segments));
}

function tellSilentTopics({ config, encoder }: Home, news: News): void {
  try {
    const place = { encoder: encoder(), heads: config.heads };
    for (const silent of findSilentTopics(config.taxonomies, place)) {
      news.tell("silent-topics", { topics: silent.topics.length }, silentTopicsNote(silent));
    }
  } catch (cause) {
    news.tellFailure("models-failed", cause, {}, "モデルを読めません");
  }
}

/** Shown once by a worker that starts, for `/readyz`: without it the first file of Monday would find out. */
async function modelsLoad(home: Home, news: News): Promise<boolean> {
  try {
    await withPool(home, (pool) => pool.prove());
    news.log.info("models-loaded");
    return true;
  } catch (cause) {
    news.tellFailure("models-failed", cause, {}, "モデルを読めません");
    return false;
  }
}

export function registerServe(program: Command, context: CliContext): void {
  program
    .command("serve")
    .description("動き続けて、受け箱のファイルを取り込み、決まった時に報告書を作ります")
    .option(
      "--log-json",
      "端末でも、記録を JSON の行で出します（端末でなければ、いつもそうします）",
    )
    .addHelpText(
      "after",
      "\n受け箱は kizuki.yaml の inbox に書きます。動いている間、他のコマンドは serve を通して働きます。\n運用の手引き: docs/operations.ja.md\n",
    )
    .action((options: { logJson?: boolean }) => serve(context, options));
}
