import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Measures, Step } from "../measures.ts";

/** What is read when somebody asks, because nobody tells it: sizes, lags, the ledger. */
export type Readings = {
  /** Records that stand in a stream and are not taken over by its reader yet, by stream. */
  readonly lag: ReadonlyMap<string, number>;
  /** Undefined without Kafka; workers are unknown while no broker answers. */
  readonly kafka: { readonly isUp: boolean; readonly workers: number | undefined } | undefined;
  /** Bytes of the files of the warehouse and the vault, by name. */
  readonly databaseBytes: ReadonlyMap<string, number>;
  /** Bytes that the disk of home has left. */
  readonly diskFreeBytes: number;
  /** Files that lie in the inbox. */
  readonly inboxFiles: number;
  /** Seconds since 1970 of the newest success, by job. */
  readonly jobSuccess: ReadonlyMap<string, number>;
};

/** A short text takes 3 ms on one core, one of 512 subwords half a second. */
const ENCODER_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2];

export type PrometheusMeasures = Measures & {
  /** @param read absent where a process has no warehouse, as a worker has not */
  exposition(read?: () => Promise<Readings>): Promise<{ type: string; text: string }>;
};

/** A registry of its own, not prom-client's global one: a test opens several. @param nowMs monotonic milliseconds */
export function prometheusMeasures(nowMs: () => number): PrometheusMeasures {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const records = new Counter({
    name: "kizuki_records_total",
    help: "Records that went through a step, by what became of them; rate() gives records a second",
    labelNames: ["step", "status"],
    registers,
  });
  const dead = new Counter({
    name: "kizuki_dead_letters_total",
    help: "Dead letters since the process started, by the step that refused the record",
    labelNames: ["step"],
    registers,
  });
  const encoder = new Histogram({
    name: "kizuki_encoder_seconds",
    help: "Time that the encoder took for one text",
    buckets: ENCODER_SECONDS,
    registers,
  });
  const pullFailures = new Gauge({
    name: "kizuki_pull_failures",
    help: "Readings of a source of pull: that failed one after the other; 0 once one has succeeded",
    labelNames: ["source"],
    registers,
  });
  const begun = new Map<Step, number[]>();
  new Gauge({
    name: "kizuki_batch_age_seconds",
    help: "Age of the oldest batch in hand, by step; 0 where none is",
    labelNames: ["step"],
    registers,
    collect() {
      for (const step of STEPS) {
        const oldest = Math.min(...(begun.get(step) ?? []));
        this.set({ step }, Number.isFinite(oldest) ? (nowMs() - oldest) / 1000 : 0);
      }
    },
  });
  const showReadings = readingGauges(registry);
  // A series that starts at 0 lets an alert on its first rise work.
  for (const step of STEPS) records.inc({ step, status: "ok" }, 0);
  for (const step of ["intake", "enrich"]) dead.inc({ step }, 0);
  return {
    passed(step, counts) {
      for (const [status, count] of Object.entries(counts)) records.inc({ step, status }, count);
    },
    died: (step, count) => dead.inc({ step }, count),
    batchBegun(step) {
      const at = nowMs();
      begun.set(step, [...(begun.get(step) ?? []), at]);
      return () => {
        const open = begun.get(step) ?? [];
        begun.set(step, open.toSpliced(open.indexOf(at), 1));
      };
    },
    pulled(source, outcome) {
      if (outcome === "failed") pullFailures.inc({ source });
      else pullFailures.set({ source }, 0);
    },
    encoded(milliseconds) {
      for (const ms of milliseconds) encoder.observe(ms / 1000);
    },
    async exposition(read) {
      if (read !== undefined) showReadings(await read());
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}

const STEPS: readonly Step[] = ["intake", "enrich", "load"];

function readingGauges(registry: Registry): (readings: Readings) => void {
  const registers = [registry];
  const lag = new Gauge({
    name: "kizuki_lag_records",
    help: "Records that stand in a stream and are not loaded (voc.raw: not enriched) yet",
    labelNames: ["stream"],
    registers,
  });
  const database = new Gauge({
    name: "kizuki_database_bytes",
    help: "Size of the warehouse and of the vault, by file",
    labelNames: ["file"],
    registers,
  });
  const disk = new Gauge({
    name: "kizuki_disk_free_bytes",
    help: "What the disk of home has left",
    registers,
  });
  const inbox = new Gauge({
    name: "kizuki_inbox_files",
    help: "Files that lie in the inbox",
    registers,
  });
  const job = new Gauge({
    name: "kizuki_job_last_success_timestamp_seconds",
    help: "When a job of the timetable last succeeded; a job that never has is absent",
    labelNames: ["job"],
    registers,
  });
  const broker = new Gauge({
    name: "kizuki_broker_up",
    help: "1 where Kafka answers, 0 where it does not; absent without Kafka",
    registers,
  });
  const workers = new Gauge({
    name: "kizuki_workers",
    help: "Processes of kizuki enrich in the group; absent without Kafka and while it does not answer",
    registers,
  });
  // What nobody has read is no 0: an alarm would go off.
  for (const gauge of [disk, inbox, broker, workers]) gauge.remove();
  return (readings) => {
    for (const [stream, count] of readings.lag) lag.set({ stream }, count);
    for (const [file, bytes] of readings.databaseBytes) database.set({ file }, bytes);
    showKafka({ broker, workers }, readings.kafka);
    disk.set(readings.diskFreeBytes);
    inbox.set(readings.inboxFiles);
    for (const [name, seconds] of readings.jobSuccess) job.set({ job: name }, seconds);
  };
}

function showKafka(
  { broker, workers }: { readonly broker: Gauge; readonly workers: Gauge },
  kafka: Readings["kafka"],
): void {
  if (kafka === undefined) return;
  broker.set(kafka.isUp ? 1 : 0);
  if (kafka.workers === undefined) workers.remove();
  else workers.set(kafka.workers);
}
