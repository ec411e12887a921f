import { expect, test } from "vitest";
import { addDays, weekOf } from "../../../pipeline/period.ts";
import { dayKind, daysOf } from "../../../reports/past/calendar.ts";
import { readHistory } from "../../../reports/past/history.ts";
import { compareWithPast, pastOf } from "../../../reports/past/past.ts";

type Effects = Parameters<typeof readHistory>[0];

/** Of a year until the period's end. */
async function historyOf(date: string, voicesOn: (day: string) => number) {
  const period = weekOf(date);
  const days = daysOf({ from: addDays(period.from, -364), until: period.until });
  const none = { sql: "", params: {}, rows: [] };
  const rows = days.flatMap((received_on) => {
    const voice_count = voicesOn(received_on);
    return voice_count === 0 ? [] : [{ received_on, voice_count }];
  });
  const effects: Pick<Effects, "readVoicesByDay" | "readMeasuresOverTime" | "readTopicsOverTime"> =
    {
      readVoicesByDay: async () => ({ ...none, rows }),
      readMeasuresOverTime: async () => none,
      readTopicsOverTime: async () => none,
    };
  return await readHistory(effects, { period, taxonomy: "tourism", asOf: period.until });
}

const NEW_YEAR = /^2026-01-0[1-4]$/;

test("days on which voices always come and none did are compared neither in their week nor in the next", async () => {
  const voicesOn = (day: string) => (NEW_YEAR.test(day) ? 0 : 50);
  const own = await historyOf("2026-01-01", voicesOn);
  expect(own.at(-1)).toMatchObject({ voices: 150, days: 3 });
  expect(own.at(-2)).toMatchObject({ voices: 350, days: 7 });
  const days = ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"];
  expect(pastOf(own).spans.leftOut).toEqual(days);
  const next = await historyOf("2026-01-08", voicesOn);
  expect(pastOf(next).spans.leftOut).toEqual(days);
});

test.each([
  { why: "few come on any day", voicesOn: (day: string) => (NEW_YEAR.test(day) ? 0 : 5) },
  {
    why: "none ever comes on such a day",
    voicesOn: (day: string) => (dayKind(day) === "holiday" ? 0 : 50),
  },
  { why: "the whole week is silent", voicesOn: (day: string) => (day < "2025-12-29" ? 50 : 0) },
])("a silent day counts where $why", async ({ voicesOn }) => {
  const history = await historyOf("2026-01-01", voicesOn);
  expect(history.at(-1)?.days).toBeGreaterThanOrEqual(6);
  expect(pastOf(history).spans.leftOut).toBeUndefined();
});

test("a day of the week that mostly has no voice loses none, however many come on others", async () => {
  const history = await historyOf("2026-06-10", (day) => {
    const isSent = ["2026-06-03", "2026-06-10"].includes(day);
    return isSent || new Date(day).getUTCDay() === 1 ? 300 : 0;
  });
  expect(history.at(-1)?.days).toBe(history.at(-1)?.calendarDays);
  expect(pastOf(history).spans.leftOut).toBeUndefined();
});

test.each([
  { came: "the day after", onTuesday: 100, word: "unclear" },
  { came: "the day after, and as many again", onTuesday: 450, word: "increased" },
])(
  "what a silent day lacks and what came $came is a rise only where it is one with that day",
  async ({ onTuesday, word }) => {
    const onDay: Record<string, number> = { "2026-06-08": 0, "2026-06-09": onTuesday };
    const past = pastOf(await historyOf("2026-06-10", (day) => onDay[day] ?? 50));
    const rateOf: Parameters<typeof compareWithPast>[1][number]["rateOf"] = ({ voices, days }) => ({
      count: voices,
      base: days,
    });
    expect(past.spans.leftOut).toEqual(["2026-06-08"]);
    const [moved] = compareWithPast(past, [{ rateOf, isShare: false }]);
    expect(moved?.change.word).toBe(word);
  },
);
