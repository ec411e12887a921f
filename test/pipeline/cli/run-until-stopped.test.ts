import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { PROJECT } from "../../support/run-kizuki.ts";

type Ended = { readonly code: number | null; readonly lines: readonly Record<string, unknown>[] };

/** Runs the process of `hanging-process.ts` and sends it signals, the first when it runs. */
function run(how: string, signals: readonly NodeJS.Signals[]): Promise<Ended> {
  const script = "test/support/hanging-process.ts";
  const child = spawn(process.execPath, ["--import", "tsx", script, how], { cwd: PROJECT });
  let text = "";
  const [first, second] = signals;
  child.stderr.setEncoding("utf8").on("data", (piece: string) => {
    const before = text;
    text += piece;
    const comes = (event: string) => text.includes(event) && !before.includes(event);
    if (comes('"running"') && first !== undefined) child.kill(first);
    if (comes('"stopping"') && second !== undefined) child.kill(second);
  });
  return new Promise((resolve) => {
    child.on("close", (code) => {
      expect(text).not.toContain("カナリア");
      const lines = text.trim().split("\n");
      resolve({ code, lines: lines.map((line) => JSON.parse(line)) });
    });
  });
}

test.each(["SIGTERM", "SIGINT"] as const)("%s ends all parts, with 0", async (signal) => {
  const { code, lines } = await run("end", [signal]);
  expect(code).toBe(0);
  expect(lines.map(({ event }) => event)).toEqual(["running", "stopping", "stopped", "stopped"]);
});

test("a part that ends only when it is told to give up ends within the deadline", async () => {
  const { code, lines } = await run("slow", ["SIGTERM"]);
  expect(code).toBe(0);
  expect(lines.at(-1)).toMatchObject({ event: "stopped" });
});

test("past the deadline the process ends with 1 and says what hung", async () => {
  const { code, lines } = await run("hang", ["SIGTERM"]);
  expect(code).toBe(1);
  expect(lines.at(-1)).toMatchObject({ level: "fatal", event: "stop-overrun", part: "second" });
});

test("a second signal does not wait for anything", async () => {
  const { code, lines } = await run("hang", ["SIGTERM", "SIGTERM"]);
  expect(code).toBe(1);
  expect(lines.at(-1)).toMatchObject({ event: "stopping", again: true });
});

test.each([
  { how: "crash", error: "TypeError" },
  { how: "throw", error: "RangeError" },
])(
  "a part that crashes, or an error that nobody caught, ends it with 1 and one fatal line: $how",
  async ({ how, error }) => {
    const { code, lines } = await run(how, []);
    expect(code).toBe(1);
    expect(lines.filter(({ level }) => level === "fatal")).toEqual([
      expect.objectContaining({ event: "failed", error }),
    ]);
  },
);
