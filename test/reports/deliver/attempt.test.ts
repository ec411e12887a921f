import { expect, test } from "vitest";
import { stateAfter } from "../../../reports/deliver/attempt.ts";

const NOW = new Date("2025-08-04T00:00:00Z");
const minutesLater = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const LATER = { status: "later", reason: "smtp-451" } as const;

test("waits grow from five minutes, and the eighth failure in a row is the last", () => {
  const states = Array.from({ length: 8 }, (_, tries) =>
    stateAfter(LATER, { tries, answersLost: 0 }, NOW),
  );
  expect(states.map(({ state }) => state)).toEqual([...Array(7).fill("queued"), "dead"]);
  const waits = states.slice(0, 7).map(({ notBefore }) => notBefore.getTime());
  expect(waits).toEqual([...waits].sort((one, other) => one - other));
  expect(states[0]?.notBefore).toEqual(minutesLater(5));
});

test("a server may ask for a longer wait, not for a shorter one", () => {
  const wait = (notBefore: Date) =>
    stateAfter({ ...LATER, notBefore }, { tries: 0, answersLost: 0 }, NOW).notBefore;
  expect(wait(minutesLater(30))).toEqual(minutesLater(30));
  expect(wait(minutesLater(1))).toEqual(minutesLater(5));
});

test("a server that asks for a month is asked again after half a day", () => {
  const states = [60 * 24 * 41, 60 * 12 + 1, 60 * 12].map((minutes) =>
    stateAfter({ ...LATER, notBefore: minutesLater(minutes) }, { tries: 0, answersLost: 0 }, NOW),
  );
  for (const { notBefore } of states) expect(notBefore).toEqual(minutesLater(60 * 12));
});

test("an answer that is lost twice is not asked for a third time", () => {
  const lost = { status: "lost", reason: "smtp-etimedout" } as const;
  const first = stateAfter(lost, { tries: 0, answersLost: 0 }, NOW);
  expect(first).toMatchObject({ state: "queued", answersLost: 1 });
  expect(stateAfter(lost, first, NOW)).toMatchObject({ state: "dead", answersLost: 2 });
});

test("a refusal for good ends it at once", () => {
  const refused = { status: "refused", reason: "smtp-550" } as const;
  expect(stateAfter(refused, { tries: 0, answersLost: 0 }, NOW)).toMatchObject({ state: "dead" });
});
