import { describe, expect, test } from "vitest";
import { parseReceivedAt } from "../../../../pipeline/intake/record/parse-received-at.ts";

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
    "2025年7月1日 火曜日",
    "2025/7/1 火",
    "令和7年7月1日",
    "令和７年７月１日（火）",
    "㋿7年7月1日",
    "R7.7.1",
    "R07/07/01",
    "r7-7-1",
    "R070701",
    "平成37年7月1日",
    "H37.7.1",
    "45839",
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
    { written: "令和7年7月1日 午後3時", expected: "2025-07-01T15:00:00+09:00" },
    { written: "2025/7/1 午後3時5分", expected: "2025-07-01T15:05:00+09:00" },
    { written: "2025/7/1 午前 9:05:00", expected: "2025-07-01T09:05:00+09:00" },
    { written: "2025/7/1 PM 0:05", expected: "2025-07-01T12:05:00+09:00" },
    { written: "2025/7/1 15時", expected: "2025-07-01T15:00:00+09:00" },
    { written: "2025/7/1 9時半", expected: "2025-07-01T09:30:00+09:00" },
    { written: "2025/7/1（火）25:30", expected: "2025-07-02T01:30:00+09:00" },
    { written: "2025-12-31 24:00", expected: "2026-01-01T00:00:00+09:00" },
    { written: "45839.378472222", expected: "2025-07-01T09:05:00+09:00" },
    { written: "45839.5", expected: "2025-07-01T12:00:00+09:00" },
    { written: "45839 09:05:00", expected: "2025-07-01T09:05:00+09:00" },
    { written: "45839 午後3時", expected: "2025-07-01T15:00:00+09:00" },
    { written: "45839 0.378472222", expected: "2025-07-01T09:05:00+09:00" },
    { written: "45839 0.000694444444444444", expected: "2025-07-01T00:01:00+09:00" },
    { written: "45839 0", expected: "2025-07-01T00:00:00+09:00" },
    { written: "2025/7/1 0.375", expected: "2025-07-01T09:00:00+09:00" },
    { written: "2025-07-01 0.9999999", expected: "2025-07-02T00:00:00+09:00" },
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
  { why: "no one counts on to 30:00", written: "2025-07-01 30:00" },
  { why: "no clock shows 13 in the afternoon", written: "2025-07-01 午後13時" },
  { why: "no calendar has the 31st of April", written: "令和7年4月31日" },
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
  "12345",
  "99999",
  "7.1",
  "令和",
  "M45.7.30",
  "2025/7/1 午後",
  "2025-07-01junk",
  "2025-07-019:05x",
  "45839.5 09:05",
  "45839 0.5 junk",
  "2025-07-010.375",
  // What programs write for no date: never the year 2001 or 1999.
  "0001-01-01",
  "0001-01-01T00:00:00Z",
  "00010101",
  "0099-05-05",
  "0000-00-00",
  "1899-12-30",
  "1".repeat(1e6),
])("%.20s is not a date", (written) => {
  expect(parseReceivedAt(written)).toBe("unreadable date");
});

describe("what a date leaves open is asked about, never guessed", () => {
  test.each([
    { written: "7/1", fault: "date without year" },
    { written: "7月1日 9:05", fault: "date without year" },
    { written: "01/02/03", fault: "ambiguous date" },
    { written: "25/7/1", fault: "ambiguous date" },
    { written: "07/15/2025", fault: "ambiguous date" },
    { written: "15.07.2025 9:05", fault: "ambiguous date" },
  ])("$written: $fault", ({ written, fault }) => {
    expect(parseReceivedAt(written)).toBe(fault);
  });

  test.each([
    { written: "01/02/03", reading: { order: "ymd" }, expected: "2001-02-03" },
    { written: "01/02/03", reading: { order: "mdy" }, expected: "2003-01-02" },
    { written: "01/02/03", reading: { order: "dmy" }, expected: "2003-02-01" },
    { written: "98-7-1", reading: { order: "ymd" }, expected: "1998-07-01" },
    { written: "07/15/2025", reading: { order: "mdy" }, expected: "2025-07-15" },
    { written: "15.07.2025", reading: { order: "dmy" }, expected: "2025-07-15" },
    { written: "7/1", reading: { firstDay: "2025-04-01" }, expected: "2025-07-01" },
    { written: "4月1日", reading: { firstDay: "2025-04-01" }, expected: "2025-04-01" },
    { written: "3/31", reading: { firstDay: "2025-04-01" }, expected: "2026-03-31" },
    { written: "44377", reading: { epoch: 1904 }, expected: "2025-07-01" },
  ] as const)("$written by $reading is $expected", ({ written, reading, expected }) => {
    expect(parseReceivedAt(written, reading)).toMatchObject({
      receivedAt: `${expected}T00:00:00+09:00`,
    });
  });

  test("a month and day that fit no order are no date of it", () => {
    expect(parseReceivedAt("07/15/2025", { order: "dmy" })).toBe("impossible date");
    expect(parseReceivedAt("07/15/2025", { order: "ymd" })).toBe("ambiguous date");
  });

  test("a year of four digits at the end is the year that it says", () => {
    expect(parseReceivedAt("01/02/0003", { order: "mdy" })).toBe("unreadable date");
  });
});

test.each([
  { written: "Mon, 02 Nov 2026 10:15:00 +0900", expected: "2026-11-02T10:15:00+09:00" },
  { written: "2 Nov 2026 01:15 GMT", expected: "2026-11-02T10:15:00+09:00" },
  { written: "Sun, 1 Nov 2026 20:15:30 -0500 (EST)", expected: "2026-11-02T10:15:30+09:00" },
  { written: "Monday, 02 November 2026 10:15:00 JST", expected: "2026-11-02T10:15:00+09:00" },
])("a mail's date is read: $written", ({ written, expected }) => {
  expect(parseReceivedAt(written)).toEqual({ receivedAt: expected, receivedPrecision: "instant" });
});

test.each([
  { written: "Mon, 31 Nov 2026 10:15:00 +0900", expected: "impossible date" },
  { written: "02 Nop 2026 10:15:00 +0900", expected: "unreadable date" },
])("a mail's date that no calendar has is none: $written", ({ written, expected }) => {
  expect(parseReceivedAt(written)).toBe(expected);
});
