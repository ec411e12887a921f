import { clockText, readSerial } from "../xlsx/excel-serial.ts";
import { type DateReading, type DayFault, readDay } from "./read-day.ts";
import { spellMailDate } from "./spell-mail-date.ts";

/** When a voice was received, in JST whatever offset was written: one spelling for one instant. */
export type ReceivedAt = {
  readonly receivedAt: string;
  readonly receivedPrecision: "instant" | "date";
};

export type DateFault = DayFault | "impossible date";

/**
 * Reads the spellings of Japanese exports: 2025/7/1, 2025-07-01, 2025.7.1, 2025年7月1日, 20250701, 令和7年7月1日, R7.7.1, a
 * spreadsheet's count of days (45839.38), each with or without a weekday and a time (9:05, 09:05:07, 9時05分, 午後3時,
 * Google Forms' 9:05:07 午後 GMT+9, 25:30 of the day before), ISO 8601 and RFC 2822. Unsaid, the zone is Asia/Tokyo.
 *
 * @param reading what the file's dates leave open: without it 7/1 and 01/02/03 are faults, never guesses
 */
export function parseReceivedAt(text: string, reading: DateReading = {}): ReceivedAt | DateFault {
  if (text.length > LONGEST_DATE) return "unreadable date";
  const normalized = text.normalize("NFKC").trim();
  const written = readDay(spelledOut(spellMailDate(normalized), reading.epoch), reading);
  if (typeof written === "string") return written;
  const startMs = dayStart(written.year, written.month, written.day);
  const rest = written.rest.trim();
  if (rest === "") {
    if (startMs === undefined) return "impossible date";
    return { receivedAt: isoInJst(startMs - JST_MS), receivedPrecision: "date" };
  }
  const timeMs = readTime(rest);
  if (timeMs === undefined) return "unreadable date";
  if (startMs === undefined || Number.isNaN(timeMs)) return "impossible date";
  return { receivedAt: isoInJst(startMs + timeMs), receivedPrecision: "instant" };
}

/** Whether a cell is written as a date: the 30th of February is one record's mistake, and still a date. */
export function isDate(cell: string): boolean {
  return parseReceivedAt(cell) !== "unreadable date";
}

/**
 * Spells out what a spreadsheet counted, whether it counts day and time in one cell or in a cell each: 45839 9:05,
 * 2025/7/1 0.378. Behind a day that has its time already, nothing is a time.
 */
function spelledOut(text: string, epoch: 1900 | 1904 | undefined): string {
  const [, before = text, fraction] = DAY_FRACTION.exec(text) ?? [];
  const [, count = before, rest = ""] = COUNTED_DAY.exec(before) ?? [];
  const time =
    fraction === undefined ? rest : ` ${clockText(Math.round(Number(fraction) * 86_400))}`;
  return `${readSerial(count, epoch) ?? count}${time}`;
}

const COUNTED_DAY = /^(\d{5})(\s.*)$/;
/** 0.375 is nine o'clock, and midnight is 0. */
const DAY_FRACTION = /^(\S+)\s+(0(?:\.\d{1,20})?)$/;

/** No date is that long, and no pattern below should meet a megabyte. */
const LONGEST_DATE = 64;

const HALF = "(午前|午後|AM|PM)";
const TIME = new RegExp(
  `^T?\\s*${HALF}?\\s*(\\d{1,2})(?:[:時]\\s*(\\d{1,2})(?:[:分]\\s*(?:(\\d{1,2})(?:[.,](\\d+))?秒?)?)?|時(半)?)\\s*([^\\d\\s].*)?$`,
  "i",
);
/** 0905 and 090507, as behind 20250701. */
const COMPACT_TIME = /^T?\s*()(\d{2})(\d{2})(?:(\d{2})(?:[.,](\d+))?)?()\s*([^\d\s].*)?$/i;
const TAIL = new RegExp(`^${HALF}?\\s*(?:(Z|UTC|JST)|(?:GMT)?([+-])(\\d{1,2}):?(\\d{2})?)?$`, "i");

const MINUTE_MS = 60_000;
const JST_MS = 9 * 60 * MINUTE_MS;

/** Years outside are typing errors and placeholders such as 9999-12-31. */
const YEARS = { first: 1970, last: 2100 };

/** @returns milliseconds of that day's 00:00 UTC, or `undefined` where the calendar has no such day */
function dayStart(year: number, month: number, day: number): number | undefined {
  if (year < YEARS.first || year > YEARS.last || month < 1 || month > 12) return undefined;
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return day >= 1 && day <= daysInMonth ? Date.UTC(year, month - 1, day) : undefined;
}

/** @returns milliseconds to add to the day's 00:00 UTC; NaN for a time no clock shows */
function readTime(text: string): number | undefined {
  const match = TIME.exec(text) ?? COMPACT_TIME.exec(text);
  if (match === null) return undefined;
  const [, before, hour, minute = "0", second = "0", fraction = "", isHalfPast, written = ""] =
    match;
  const tail = TAIL.exec(written);
  if (tail === null) return undefined;
  const [, behind, zone, sign, hours, minutes = "0"] = tail;
  if (Number(minute) > 59 || Number(second) > 59) return Number.NaN;
  const minuteOfHour = isHalfPast ? 30 : Number(minute);
  const hourOfDay = readHour(Number(hour), before || behind);
  const offsetMs =
    sign === undefined ? zoneMs(zone) : signedMs(sign, Number(hours) * 60 + Number(minutes));
  const seconds = (hourOfDay * 60 + minuteOfHour) * 60 + Number(second);
  return seconds * 1000 + Number(fraction.slice(0, 3).padEnd(3, "0")) - offsetMs;
}

/** Broadcasters and late shops count on past midnight: 25:30 is half past one of the next morning. */
const LAST_HOUR = 29;

function readHour(hour: number, half: string | undefined): number {
  if (half === undefined) return hour > LAST_HOUR ? Number.NaN : hour;
  if (hour > 12) return Number.NaN;
  return (hour % 12) + (/^(?:午後|pm)$/i.test(half) ? 12 : 0);
}

function zoneMs(zone: string | undefined): number {
  return zone === undefined || zone.toUpperCase() === "JST" ? JST_MS : 0;
}

function signedMs(sign: string, minutes: number): number {
  // No zone is further than 14 hours from UTC.
  if (minutes > 14 * 60) return Number.NaN;
  return (sign === "-" ? -minutes : minutes) * MINUTE_MS;
}

function isoInJst(utcMs: number): string {
  return new Date(utcMs + JST_MS).toISOString().replace(/(?:\.000)?Z$/, "+09:00");
}
