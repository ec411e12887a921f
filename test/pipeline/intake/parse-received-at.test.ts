import { describe, expect, test } from "vitest";
import { parseReceivedAt } from "../../../pipeline/intake/parse-received-at.ts";

describe("a day alone is that day's midnight in Tokyo and says that it is a day", () => {
  test.each([
    "2025/7/1",
    "2025/07/01",
    "2025-07-01",
    "2025.7.1",
    "2025年7月1日",
    "2025年 7月 1日",
    "20250701",
    "２０２５／７／１",
    "2025/07/01(火)",
    "2025年7月1日（火）",
    " 2025-07-01 ",
  ])("%s", (written) => {
    expect(parseReceivedAt(written)).toEqual({
      receivedAt: "2025-07-01T00:00:00+09:00",
      receivedPrecision: "date",
    });
  });
});

describe("an instant is written in Tokyo time, whatever offset it came with", () => {
  test.each([
    { written: "2025/7/1 9:05", expected: "2025-07-01T09:05:00+09:00" },
    { written: "2025/7/1 9:5", expected: "2025-07-01T09:05:00+09:00" },
    { written: "2025-07-01 09:05:07", expected: "2025-07-01T09:05:07+09:00" },
    { written: "2025-07-01T09:05:07.125", expected: "2025-07-01T09:05:07.125+09:00" },
    { written: "2025年7月1日 9時05分", expected: "2025-07-01T09:05:00+09:00" },
    { written: "2025年7月1日9時5分7秒", expected: "2025-07-01T09:05:07+09:00" },
    { written: "20250701 9:05", expected: "2025-07-01T09:05:00+09:00" },
    { written: "20250701090507", expected: "2025-07-01T09:05:07+09:00" },
    { written: "２０２５／７／１　９：０５", expected: "2025-07-01T09:05:00+09:00" },
    { written: "2025-07-01T00:05:00Z", expected: "2025-07-01T09:05:00+09:00" },
    { written: "2025-06-30T20:35:00-03:30", expected: "2025-07-01T09:05:00+09:00" },
    { written: "2025-07-01T09:05:00+0900", expected: "2025-07-01T09:05:00+09:00" },
    { written: "2025-06-30T23:30:00Z", expected: "2025-07-01T08:30:00+09:00" },
    { written: "2025/07/01 9:05:07 午後 GMT+9", expected: "2025-07-01T21:05:07+09:00" },
    { written: "2025/07/01 12:00 AM", expected: "2025-07-01T00:00:00+09:00" },
    { written: "2024-02-29 23:59:59", expected: "2024-02-29T23:59:59+09:00" },
  ])("$written", ({ written, expected }) => {
    expect(parseReceivedAt(written)).toEqual({
      receivedAt: expected,
      receivedPrecision: "instant",
    });
  });
});

test.each([
  { why: "no calendar has the 30th of February", written: "2025-02-30" },
  { why: "2025 is no leap year", written: "2025年2月29日" },
  { why: "there is no 13th month", written: "2025/13/1" },
  { why: "there is no day 0", written: "2025-07-00" },
  { why: "no clock shows 24:00", written: "2025-07-01 24:00" },
  { why: "no clock shows 9:60", written: "2025-07-01 9:60" },
  { why: "9999 stands for no date at all", written: "9999-12-31" },
  { why: "no zone is 25 hours away", written: "2025-07-01T09:05+25:00" },
])("$written is impossible: $why", ({ written }) => {
  expect(parseReceivedAt(written)).toBe("impossible date");
});

test.each([
  "",
  "なし",
  "2025/7",
  "7/1",
  "45839",
  "2025-07-01junk",
  "2025-07-019:05x",
  "1".repeat(1e6),
])("%.20s is not a date", (written) => {
  expect(parseReceivedAt(written)).toBe("unreadable date");
});
