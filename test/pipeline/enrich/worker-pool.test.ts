import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { CRASH_REASON, WorkerPool } from "../../../pipeline/enrich/worker-pool.ts";
import { WORKER_SETTINGS } from "../../support/pool-without-models.ts";

const WORKER = fileURLToPath(new URL("../../support/mortal-worker.ts", import.meta.url));
/** Says that it is ready, and dies of every request. */
const BROKEN = fileURLToPath(new URL("../../support/broken-worker.ts", import.meta.url));

function pool(size: number): WorkerPool {
  const made = new WorkerPool(size, WORKER_SETTINGS, { script: WORKER });
  onTestFinished(() => made.close());
  return made;
}

const segments = (texts: readonly string[]) =>
  texts.map((text) => ({ text, vector: new Uint8Array(384) }));

async function labels(workers: WorkerPool, texts: readonly string[]): Promise<string[]> {
  const outcomes = await workers.score(segments(texts));
  return outcomes.map((outcome) =>
    outcome.status === "ok" ? (outcome.value[0]?.label ?? "") : outcome.reason,
  );
}

test("answers stand in the order of the questions, however many processes work", async () => {
  const workers = pool(2);
  const groups = Array.from({ length: 20 }, (_, group) => [`${group}a`, `${group}b`]);
  const answers = await Promise.all(groups.map((group) => labels(workers, group)));
  expect(answers).toEqual(groups);
});

test("a record that kills its process is rejected alone, and its neighbours go through", async () => {
  const texts = ["a", "b", "c", "poison", "e", "f", "poison", "h"];
  expect(await labels(pool(1), texts)).toEqual(
    texts.map((text) => (text === "poison" ? CRASH_REASON : text)),
  );
});

test("after a crash the pool goes on", async () => {
  const workers = pool(2);
  expect(await labels(workers, ["poison"])).toEqual([CRASH_REASON]);
  expect(await labels(workers, ["next"])).toEqual(["next"]);
});

test("a process that has grown fat is replaced after its chunk", async () => {
  const workers = pool(1);
  const pidOf = async (text: string) => {
    const [outcome] = await workers.score(segments([text]));
    return outcome?.status === "ok" ? outcome.value[0]?.head : undefined;
  };
  const first = await pidOf("thin");
  expect(await pidOf("fat")).toBe(first);
  expect(await pidOf("thin")).not.toBe(first);
});

test("a closed pool refuses what waits and starts nothing", async () => {
  const workers = pool(1);
  const asked = ["a", "b", "c"].map((text) => workers.score(segments([text])));
  const settled = Promise.allSettled(asked);
  workers.close();
  expect((await settled).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  await expect(workers.score(segments(["d"]))).rejects.toThrow("中断");
});

test("a machine on which every process dies is told as broken: no voice is blamed for it", async () => {
  const workers = new WorkerPool(1, WORKER_SETTINGS, { script: BROKEN });
  onTestFinished(() => workers.close());
  await expect(workers.score(segments(["a", "b", "c", "d", "e"]))).rejects.toThrow("機械の問題");
});

test("records that kill their process one after the other are rejected, while the machine is sound", async () => {
  const texts = ["poison", "poison", "poison", "poison", "e"];
  const reasons = texts.slice(1).map(() => CRASH_REASON);
  expect(await labels(pool(1), texts)).toEqual([...reasons, "e"]);
}, 180_000); // Some fifteen processes start one after the other.

test("a process that was killed from outside costs no record", async () => {
  const workers = pool(1);
  const [first] = await workers.score(segments(["a"]));
  const pid = first?.status === "ok" ? Number(first.value[0]?.head) : 0;
  process.kill(pid, "SIGTERM");
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await labels(workers, ["b"])).toEqual(["b"]);
});

test("what throws in the real worker is rejected alone, and what cannot be loaded stays the machine's fault", async () => {
  const workers = new WorkerPool(1, WORKER_SETTINGS);
  onTestFinished(() => workers.close());
  const [fine] = segments(["袋が開けにくい"]);
  if (fine === undefined) throw new Error("a segment is there");
  // No text: TypeScript would not let it through, and the analyser throws.
  const throws = { ...fine, ...JSON.parse('{"text":null}') };
  const outcomes = await workers.score([fine, throws, fine]);
  expect(
    outcomes.map((outcome) => (outcome.status === "reject" ? outcome.reason : outcome.status)),
  ).toEqual(["ok", CRASH_REASON, "ok"]);
  const absent = new WorkerPool(1, { ...WORKER_SETTINGS, taxonomies: ["ない.yaml"] });
  onTestFinished(() => absent.close());
  await expect(absent.score([fine])).rejects.toThrow("ない.yaml");
}, 180_000);
