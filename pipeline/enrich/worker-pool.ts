import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { ScoredTag } from "../../models/score-tags.ts";
import { KizukiError } from "../errors.ts";
import { type Measures, silentMeasures } from "../measures.ts";
import { type Outcome, outcomeOf } from "../outcome.ts";
import { EncodedSegment, EnrichedVoice } from "../schema/enriched-record.ts";
import type { RawVoice } from "../schema/raw-voice.ts";
import type {
  StoredSegment,
  WorkerReply,
  WorkerRequest,
  WorkerSettings,
} from "./worker-messages.ts";

const WORKER = fileURLToPath(new URL("./worker.ts", import.meta.url));

/** Longest that one item may take before its process is killed; a real voice takes milliseconds. */
const ITEM_DEADLINE_MS = 10_000;
/** What each further item of a chunk adds, as a share of that: a chunk that is slow as a whole is halved, not lost. */
const FURTHER_ITEM_SHARE = 0.05;

/** JavaScript's memory of one process: a record that eats more ends it, and not the machine. */
const HEAP_MB = 1024;

/** A process past this is replaced after its chunk: ONNX keeps the memory of the longest text it saw. */
const RECYCLE_BYTES = 1536 * 1024 * 1024;

type Chunk = {
  readonly request: WorkerRequest;
  readonly resolve: (results: Outcome<unknown>[]) => void;
  readonly reject: (cause: unknown) => void;
};

const EnrichResults = z.array(outcomeOf(EnrichedVoice));
const ReencodeResults = z.array(outcomeOf(EncodedSegment));
const ScoreResults = z.array(outcomeOf(z.array(ScoredTag)));

export type PoolOptions = {
  /** The worker's code; a test gives one that dies when it is told to. */
  readonly script?: string;
  /** Longest that one item may take. */
  readonly itemDeadlineMs?: number;
  readonly measures?: Measures;
  /** Where what libraries print goes: "ignore" where standard error is a log of JSON lines. */
  readonly output?: "inherit" | "ignore";
};

type Slot = { child: ChildProcess | undefined; ready: Promise<void> | undefined };

/** What a record is called that took its process with it, however often it was tried. */
export const CRASH_REASON = "worker crashed";

/**
 * Runs chunks of records in child processes, one chunk at a time each. Processes, not threads: ONNX
 * crashes a host on a thread's exit, and a record that kills its process must not kill the pipeline.
 *
 * A chunk whose process dies is halved until the record to blame stands alone; that one is rejected.
 */
export class WorkerPool {
  readonly #settings: WorkerSettings;
  readonly #options: Required<PoolOptions>;
  readonly #slots: Slot[];
  readonly #queue: Chunk[] = [];
  /** Every process that lives, ready or not. */
  readonly #children = new Set<ChildProcess>();
  #closed = false;
  /** Records in a row that killed a fresh process each. */
  #crashes = 0;

  constructor(size: number, settings: WorkerSettings, options: PoolOptions = {}) {
    this.#settings = settings;
    this.#options = {
      script: WORKER,
      itemDeadlineMs: ITEM_DEADLINE_MS,
      measures: silentMeasures,
      output: "inherit",
      ...options,
    };
    this.#slots = Array.from({ length: size }, () => ({ child: undefined, ready: undefined }));
  }

  get size(): number {
    return this.#slots.length;
  }

  /** @returns one outcome a voice, in order */
  async enrich(voices: readonly RawVoice[]): Promise<Outcome<EnrichedVoice>[]> {
    return EnrichResults.parse(await this.#run({ type: "enrich", items: voices }));
  }

  /** @returns all that the heads decide of each segment, in order */
  async reclassify(segments: readonly StoredSegment[]): Promise<Outcome<EncodedSegment>[]> {
    return ReencodeResults.parse(await this.#run({ type: "reclassify", items: segments }));
  }

  /** @returns what the heads say of all labels of each segment, in order */
  async score(segments: readonly StoredSegment[]): Promise<Outcome<ScoredTag[]>[]> {
    return ScoreResults.parse(await this.#run({ type: "score", items: segments }));
  }

  /** @returns vector and tags of each text, in order */
  async reencode(texts: readonly string[]): Promise<Outcome<EncodedSegment>[]> {
    return ReencodeResults.parse(await this.#run({ type: "reencode", items: texts }));
  }

  /**
   * Starts a process and ends it, to see that the models load.
   *
   * @throws WorkerStartError where they do not
   */
  async prove(): Promise<void> {
    const child = await this.#start();
    child.kill("SIGKILL");
  }

  #run(request: WorkerRequest): Promise<Outcome<unknown>[]> {
    if (this.#closed) return Promise.reject(new PoolClosedError(CLOSED));
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, resolve, reject });
      this.#wake();
    });
  }

  /** Ends all processes, those that are still starting too; work that waits is refused. */
  close(): void {
    this.#closed = true;
    for (const chunk of this.#queue.splice(0)) chunk.reject(new PoolClosedError(CLOSED));
    for (const child of this.#children) child.kill("SIGKILL");
  }

  #wake(): void {
    for (const slot of this.#slots) {
      if (slot.ready === undefined && this.#queue.length > 0) {
        slot.ready = this.#drain(slot).finally(() => {
          slot.ready = undefined;
        });
      }
    }
  }

  async #drain(slot: Slot): Promise<void> {
    for (let chunk = this.#queue.shift(); chunk !== undefined; chunk = this.#queue.shift()) {
      try {
        chunk.resolve(await this.#runOn(slot, chunk.request));
      } catch (cause) {
        chunk.reject(cause);
      }
    }
  }

  async #runOn(slot: Slot, request: WorkerRequest): Promise<Outcome<unknown>[]> {
    const reply = await this.#ask(slot, request);
    if (reply === undefined) return await this.#bisect(slot, request);
    this.#crashes = 0;
    this.#options.measures.encoded(reply.encodedMs);
    if (reply.rssBytes > RECYCLE_BYTES) {
      slot.child?.kill();
      slot.child = undefined;
    }
    return [...reply.results];
  }

  /** @returns undefined where the process died of the request, or passed its deadline */
  async #ask(slot: Slot, request: WorkerRequest): Promise<Done | undefined> {
    if (this.#closed) throw new PoolClosedError(CLOSED);
    if (slot.child?.exitCode !== null || slot.child.signalCode !== null) {
      slot.child = await this.#start();
    }
    const { child } = slot;
    const reply = await ask(child, request, this.#options.itemDeadlineMs);
    if (reply !== undefined) return reply;
    child.kill("SIGKILL");
    slot.child = undefined;
    if (this.#closed) throw new PoolClosedError(CLOSED);
    return undefined;
  }

  async #bisect(slot: Slot, request: WorkerRequest): Promise<Outcome<unknown>[]> {
    if (request.items.length === 1) return await this.#tryOnceMore(slot, request);
    const middle = Math.ceil(request.items.length / 2);
    const first = await this.#runOn(slot, part(request, 0, middle));
    const second = await this.#runOn(slot, part(request, middle, request.items.length));
    return [...first, ...second];
  }

  /** A process may die of something else than its record: memory of its neighbours, a signal from outside. */
  async #tryOnceMore(slot: Slot, request: WorkerRequest): Promise<Outcome<unknown>[]> {
    const reply = await this.#ask(slot, request);
    if (reply !== undefined) return [...reply.results];
    this.#crashes += 1;
    if (this.#crashes >= SUSPICIOUS_CRASHES && !(await this.#isSound(slot, request))) {
      throw new WorkerStartError(
        `ワーカーが ${this.#crashes} 件続けて落ちました。声ではなく機械の問題です（メモリの空きと kizuki doctor を確かめてください）。取り込んだ分は残っています。`,
      );
    }
    return [{ status: "reject", reason: CRASH_REASON }];
  }

  /** Whether a process still answers for words that no other has died of. */
  async #isSound(slot: Slot, request: WorkerRequest): Promise<boolean> {
    if ((await this.#ask(slot, harmless(request))) === undefined) return false;
    this.#crashes = 0;
    return true;
  }

  #start(): Promise<ChildProcess> {
    const { script, output } = this.#options;
    const child = fork(script, [JSON.stringify(this.#settings)], {
      serialization: "advanced",
      execArgv: [
        `--max-old-space-size=${HEAP_MB}`,
        // Threads that help to collect garbage cost a twentieth of the time, and another process has that core.
        "--single-threaded-gc",
        ...["--import", import.meta.resolve("tsx")],
      ],
      stdio: ["ignore", output, output, "ipc"],
    });
    this.#children.add(child);
    child.once("exit", () => this.#children.delete(child));
    return new Promise((resolve, reject) => {
      child.once("message", (message: WorkerReply) => {
        if (message.type === "ready") return resolve(child);
        child.kill("SIGKILL");
        reject(new WorkerStartError(messageOf(message)));
      });
      child.once("error", (cause) => reject(new WorkerStartError("起動できません。", { cause })));
      child.once("exit", (code) =>
        reject(new WorkerStartError(`準備の途中で終わりました（終了コード ${code}）。`)),
      );
    });
  }
}

/** Records in a row that kill a fresh process: then the machine itself is tried. */
const SUSPICIOUS_CRASHES = 3;

const CLOSED = "処理を中断しました。";

class PoolClosedError extends KizukiError {
  readonly code = "KIZUKI_POOL_CLOSED";
}

class WorkerStartError extends KizukiError {
  readonly code = "KIZUKI_WORKER_START";
  override readonly exitCode = 5;
}

function part(request: WorkerRequest, from: number, until: number): WorkerRequest {
  const { type, items } = request;
  if (type === "enrich") return { type, items: items.slice(from, until) };
  if (type === "reencode") return { type, items: items.slice(from, until) };
  return { type, items: items.slice(from, until) };
}

const HARMLESS = "駅から近くて便利です";

/** A request of the same kind as this one. */
function harmless(request: WorkerRequest): WorkerRequest {
  if (request.type === "reencode") return { type: "reencode", items: [HARMLESS] };
  if (request.type === "enrich") {
    const items = request.items.slice(0, 1).map((voice) => ({ ...voice, verbatim: HARMLESS }));
    return { type: "enrich", items };
  }
  const vector = new Uint8Array(request.items[0]?.vector.length ?? 0).fill(1);
  return { type: request.type, items: [{ text: HARMLESS, vector }] };
}

function messageOf(message: WorkerReply): string {
  return message.type === "failed" ? message.message : "思わぬ返事が来ました。";
}

type Done = Extract<WorkerReply, { type: "done" }>;

/** @returns undefined when the process died, passed its deadline, or says that the request made it throw */
function ask(
  child: ChildProcess,
  request: WorkerRequest,
  itemDeadlineMs: number,
): Promise<Done | undefined> {
  const further = FURTHER_ITEM_SHARE * (request.items.length - 1);
  return new Promise((resolve) => {
    const deadline = setTimeout(() => settle(undefined), itemDeadlineMs * (1 + further));
    const onExit = () => settle(undefined);
    const onMessage = (message: WorkerReply) =>
      settle(message.type === "done" ? message : undefined);
    function settle(reply: Done | undefined): void {
      clearTimeout(deadline);
      child.off("exit", onExit).off("message", onMessage);
      resolve(reply);
    }
    child.once("exit", onExit).on("message", onMessage);
    child.send(request, (error) => {
      if (error !== null) settle(undefined);
    });
  });
}
