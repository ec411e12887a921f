import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { KizukiError, ModelError } from "../errors.ts";
import { type Outcome, outcomeOf } from "../outcome.ts";
import { EnrichedVoice, TopicTag } from "../schema/enriched-record.ts";
import type { RawVoice } from "../schema/raw-voice.ts";
import type {
  StoredSegment,
  WorkerReply,
  WorkerRequest,
  WorkerSettings,
} from "./worker-messages.ts";

const WORKER = fileURLToPath(new URL("./worker.ts", import.meta.url));

/** Longest that one item may take before its process is killed; a real voice takes milliseconds. */
const DEADLINE_PER_ITEM_MS = 10_000;

/** A process past this is replaced after its chunk: ONNX keeps the memory of the longest text it saw. */
const RECYCLE_BYTES = 1536 * 1024 * 1024;

type Chunk = {
  readonly request: WorkerRequest;
  readonly resolve: (results: Outcome<unknown>[]) => void;
  readonly reject: (cause: unknown) => void;
};

const EnrichResults = z.array(outcomeOf(EnrichedVoice));
const RetagResults = z.array(outcomeOf(z.array(TopicTag)));

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
  readonly #script: string;
  readonly #slots: Slot[];
  readonly #queue: Chunk[] = [];
  #closed = false;

  /** @param script the worker's code; a test gives one that dies when it is told to */
  constructor(size: number, settings: WorkerSettings, script: string = WORKER) {
    this.#settings = settings;
    this.#script = script;
    this.#slots = Array.from({ length: size }, () => ({ child: undefined, ready: undefined }));
  }

  /** @returns one outcome a voice, in order */
  async enrich(voices: readonly RawVoice[]): Promise<Outcome<EnrichedVoice>[]> {
    return EnrichResults.parse(await this.#run({ type: "enrich", items: voices }));
  }

  /** @returns the topics of each segment, in order */
  async retag(segments: readonly StoredSegment[]): Promise<Outcome<TopicTag[]>[]> {
    return RetagResults.parse(await this.#run({ type: "retag", items: segments }));
  }

  #run(request: WorkerRequest): Promise<Outcome<unknown>[]> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, resolve, reject });
      this.#wake();
    });
  }

  close(): void {
    this.#closed = true;
    for (const slot of this.#slots) slot.child?.kill("SIGKILL");
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
    if (slot.child === undefined) slot.child = await this.#start();
    const reply = await ask(slot.child, request);
    if (reply === undefined) {
      slot.child.kill("SIGKILL");
      slot.child = undefined;
      if (this.#closed) throw new ModelError("処理を中断しました。");
      return await this.#bisect(slot, request);
    }
    if (reply.rssBytes > RECYCLE_BYTES) {
      slot.child.kill();
      slot.child = undefined;
    }
    return [...reply.results];
  }

  async #bisect(slot: Slot, request: WorkerRequest): Promise<Outcome<unknown>[]> {
    if (request.items.length === 1) return [{ status: "reject", reason: CRASH_REASON }];
    const middle = Math.ceil(request.items.length / 2);
    const first = await this.#runOn(slot, part(request, 0, middle));
    const second = await this.#runOn(slot, part(request, middle, request.items.length));
    return [...first, ...second];
  }

  #start(): Promise<ChildProcess> {
    const child = fork(this.#script, [JSON.stringify(this.#settings)], {
      serialization: "advanced",
      execArgv: ["--import", import.meta.resolve("tsx")],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
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

class WorkerStartError extends KizukiError {
  readonly code = "KIZUKI_WORKER_START";
  override readonly exitCode = 5;
}

function part(request: WorkerRequest, from: number, until: number): WorkerRequest {
  return request.type === "enrich"
    ? { type: "enrich", items: request.items.slice(from, until) }
    : { type: "retag", items: request.items.slice(from, until) };
}

function messageOf(message: WorkerReply): string {
  return message.type === "failed" ? message.message : "思わぬ返事が来ました。";
}

type Done = Extract<WorkerReply, { type: "done" }>;

/** @returns undefined when the process died or passed its deadline */
function ask(child: ChildProcess, request: WorkerRequest): Promise<Done | undefined> {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(
      () => settle(undefined),
      DEADLINE_PER_ITEM_MS * request.items.length,
    );
    const onExit = () => settle(undefined);
    const onMessage = (message: WorkerReply) => {
      if (message.type === "failed") {
        settle(undefined);
        reject(new WorkerStartError(message.message));
      } else if (message.type === "done") settle(message);
    };
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
