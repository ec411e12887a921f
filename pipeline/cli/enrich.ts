import type { Command } from "commander";
import { type EnrichEvents, enrichStream } from "../enrich/enrich-stream.ts";
import { workerSettings } from "../enrich/worker-messages.ts";
import { WorkerPool } from "../enrich/worker-pool.ts";
import type { Reporter } from "../reporter.ts";
import { type CliContext, configOf, givenKeysOf } from "./context.ts";
import { stopSignal } from "./stop-signal.ts";
import { kafkaOf } from "./streams.ts";

/** Between two lines of progress. */
const PROGRESS_MS = 5000;

/** Runs until it is told to stop, or until Kafka ends it: then its supervisor starts it again. */
async function enrich(context: CliContext): Promise<void> {
  const config = configOf(context);
  const kafka = kafkaOf(context);
  const keys = givenKeysOf(context, config);
  const { reporter, clock } = context;
  const stopped = stopSignal();
  const pool = new WorkerPool(config.workers, workerSettings(config));
  const progress = tellProgress(reporter);
  try {
    const worker = await enrichStream(kafka, {
      keys,
      pool,
      clock,
      concurrency: config.workers,
      events: progress,
      log: ({ level, message }) => {
        if (level === "error") reporter.line(`Kafka: ${message}`);
      },
    });
    reporter.line(
      `voc.raw を待っています（プロセス ${config.workers}）。止めるには Ctrl-C を押してください。`,
    );
    try {
      await Promise.race([stopped, worker.failed]);
      reporter.line("止めています…");
    } finally {
      await worker.close();
    }
  } finally {
    progress.end();
    // What is in hand past the deadline is dropped: it comes again.
    pool.close();
  }
}

function tellProgress(reporter: Reporter): EnrichEvents & { end(): void } {
  let done = 0;
  let dead = 0;
  let told = 0;
  const tell = (): void => {
    if (done === told) return;
    const rate = Math.round(((done - told) * 1000) / PROGRESS_MS);
    const letters = dead === 0 ? "" : `、不達 ${dead} 件`;
    reporter.line(`分類した声 ${done.toLocaleString("en-US")} 件${letters}（毎秒 ${rate} 件）`);
    told = done;
  };
  const timer = setInterval(tell, PROGRESS_MS);
  return {
    advance(records, letters) {
      done += records;
      dead += letters;
    },
    stage: (name) => reporter.stage(name),
    end() {
      clearInterval(timer);
      tell();
    },
  };
}

export function registerEnrich(program: Command, context: CliContext): void {
  program
    .command("enrich")
    .description("Kafka の voc.raw の声を分類し続けます。何台でも、いくつでも動かせます")
    .addHelpText(
      "after",
      "\nkizuki.yaml の kafka と、kizuki serve と同じ鍵が要ります。いつ落ちても、声は失われず二重にもなりません。\n",
    )
    .action(() => enrich(context));
}
