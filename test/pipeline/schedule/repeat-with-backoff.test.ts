import { expect, test } from "vitest";
import { repeatWithBackoff } from "../../../pipeline/schedule/repeat-with-backoff.ts";

const MINUTE = 60_000;

async function pausesOf(outcomes: readonly boolean[], everyMs: number): Promise<number[]> {
  const left = [...outcomes];
  const pauses: number[] = [];
  const stopped = new AbortController();
  await repeatWithBackoff(async () => left.shift() ?? true, {
    everyMs,
    stop: stopped.signal,
    wait: async (ms) => {
      pauses.push(ms / MINUTE);
      if (left.length === 0) stopped.abort();
    },
  });
  return pauses;
}

test("after failures the pauses grow up to the interval, and success begins anew", async () => {
  const outcomes = [true, false, false, false, false, true, false];
  expect(await pausesOf(outcomes, 5 * MINUTE)).toEqual([5, 1, 2, 4, 5, 5, 1]);
  expect(await pausesOf(Array(9).fill(false), 1440 * MINUTE)).toEqual([
    1, 2, 4, 8, 16, 32, 60, 60, 60,
  ]);
});

test("a pause of an hour ends when it is to stop", async () => {
  const stopped = new AbortController();
  let times = 0;
  const ended = repeatWithBackoff(
    async () => {
      times += 1;
      setTimeout(() => stopped.abort(), 10);
      return true;
    },
    { everyMs: 60 * MINUTE, stop: stopped.signal },
  );
  await ended;
  expect(times).toBe(1);
});
