import { expect, test } from "vitest";
import { InputError, StorageError } from "../../pipeline/errors.ts";
import { jsonLog } from "../../pipeline/log.ts";

const CANARY = "カナリアが鳴いた 090-1111-2222";

function lines(level: "info" | "error" = "info") {
  const written: string[] = [];
  const log = jsonLog({
    level,
    clock: () => new Date("2026-01-04T23:00:00Z"),
    role: "serve",
    destination: { write: (line: string) => void written.push(line) },
  });
  return { log, written };
}

test("a line is JSON with level, JST time, role and event, and no host name", () => {
  const { log, written } = lines();
  log.info("job-done", { job: "weekly", period: "2026-W01", ms: 12 });
  expect(JSON.parse(written[0] ?? "")).toEqual({
    level: "info",
    time: "2026-01-05T08:00:00.000+09:00",
    role: "serve",
    pid: process.pid,
    job: "weekly",
    period: "2026-W01",
    ms: 12,
    event: "job-done",
  });
});

test.each([
  { why: "Japanese", value: "山田太郎" },
  { why: "words with spaces", value: "the customer said" },
  { why: "a telephone number", value: "090-1111-2222" },
  { why: "the name of a file with one", value: "0901111222.csv" },
  { why: "a line break that would forge a line", value: 'x\n{"level":"info"}' },
])("a string that is no code is withheld: $why", ({ value }) => {
  const { log, written } = lines();
  log.info("batch", { step: value });
  expect(JSON.parse(written[0] ?? "")).toMatchObject({ step: "withheld" });
});

test("an error is told by class, codes and place; its message and its causes' messages are not", () => {
  const { log, written } = lines("error");
  const root = Object.assign(new Error(CANARY), { code: "ENOSPC" });
  const cause = new StorageError(`${CANARY} を書けません`, { cause: root });
  log.error("job-failed", cause, { job: "backup" });
  log.fatal("failed", new InputError(CANARY));
  log.error("failed", CANARY);
  expect(written.join("")).not.toMatch(/カナリア|1111/);
  expect(JSON.parse(written[0] ?? "")).toMatchObject({
    level: "error",
    error: "StorageError",
    code: "KIZUKI_STORAGE",
    rootCode: "ENOSPC",
    job: "backup",
  });
  expect(JSON.parse(written[1] ?? "")).toMatchObject({ level: "fatal", code: "KIZUKI_INPUT" });
});

test("an error thrown in this program names file and line", () => {
  const { log, written } = lines();
  try {
    JSON.parse("{");
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    cause.stack = `SyntaxError: ${CANARY}\n    at JSON.parse (<anonymous>)\n    at read (file:///opt/kizuki/pipeline/cli/serve/serve.ts:12:3)`;
    log.error("failed", cause);
  }
  expect(JSON.parse(written[0] ?? "")).toMatchObject({ at: "pipeline/cli/serve/serve.ts:12" });
  expect(written[0]).not.toContain("カナリア");
});

test("lines below the level are not written", () => {
  const { log, written } = lines("error");
  log.info("running");
  expect(written).toEqual([]);
});
