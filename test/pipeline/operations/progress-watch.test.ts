import { expect, test } from "vitest";
import { progressWatch, SAMPLE_MS } from "../../../pipeline/operations/progress-watch.ts";

/** Samples every 15 s as the process does. @param lags what waits at each sample; "moved" for work in between */
function statuses(steps: readonly (number | "moved" | { readonly sleptMs: number })[]): string[] {
  let nowMs = 0;
  const watch = progressWatch({ nowMs: () => nowMs, stuckAfterMs: 60_000 });
  const seen: string[] = [];
  for (const step of steps) {
    if (step === "moved") watch.moved();
    else if (typeof step === "object") nowMs += step.sleptMs;
    else {
      nowMs += SAMPLE_MS;
      seen.push(watch.sample(step).status);
    }
  }
  return seen;
}

test.each([
  { why: "nothing waits: idle, however long", steps: [0, 0, 0, 0, 0, 0, 0], last: "idle" },
  { why: "records wait for less than the limit", steps: [0, 5, 5, 5], last: "waiting" },
  { why: "records wait and nothing moves for a minute", steps: [0, 5, 5, 5, 5, 5], last: "stuck" },
  {
    why: "one that moves is enough",
    steps: [0, 5, 5, 5, "moved" as const, 4, 4, 4],
    last: "waiting",
  },
  {
    why: "movement between two samples is seen",
    steps: [0, 5, "moved" as const, 4],
    last: "moving",
  },
  {
    why: "a backlog that stays the same while it moves is no standstill",
    steps: [9, "moved" as const, 9, 9, "moved" as const, 9, 9, "moved" as const, 9, 9],
    last: "waiting",
  },
  {
    why: "a machine that slept an hour has its whole time again",
    steps: [0, 5, 5, { sleptMs: 3_600_000 }, 5, 5, 5, 5],
    last: "waiting",
  },
  {
    why: "and is stuck when it has used it up",
    steps: [0, 5, 5, { sleptMs: 3_600_000 }, 5, 5, 5, 5, 5],
    last: "stuck",
  },
])("$why: $last", ({ steps, last }) => {
  expect(statuses(steps).at(-1)).toBe(last);
});
