import { z } from "zod";

/** What a person has to say once of a file's dates, where the dates alone do not tell. */
export const DateReading = z.strictObject(
  {
    /** Of dates without a four-digit year in front, such as 01/02/03. */
    order: z.enum(["ymd", "mdy", "dmy"], "ymd | mdy | dmy のどれか").optional(),
    /** Of dates without a year: each is the first such day from here on. */
    firstDay: z.iso.date("2025-04-01 のような日").optional(),
    /** Of days that a spreadsheet counted: the year that it counts from. */
    epoch: z.union([z.literal(1900), z.literal(1904)], "1900 か 1904").optional(),
  },
  "次の項目の組: order, firstDay, epoch",
);
export type DateReading = z.infer<typeof DateReading>;

export type DayFault =
  | "unreadable date"
  /** 01/02/03 */
  | "ambiguous date"
  /** 7/1 */
  | "date without year";

export type WrittenDay = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** What stands behind the day: a time, or nothing. */
  readonly rest: string;
};

/** @param text after NFKC and trim @returns the day as it is written, which no calendar need have */
export function readDay(text: string, reading: DateReading): WrittenDay | DayFault {
  const inFull = FULL.exec(text) ?? COMPACT.exec(text);
  if (inFull !== null) return written(inFull, ["year", "month", "day"]);
  const inEra = ERA.exec(text) ?? COMPACT_ERA.exec(text);
  if (inEra !== null) return readEra(inEra);
  const yearLast = YEAR_LAST.exec(text);
  if (yearLast !== null)
    return readOrdered(yearLast, reading.order === "ymd" ? undefined : reading.order);
  const short = SHORT.exec(text);
  if (short !== null) return readOrdered(short, reading.order);
  const yearless = YEARLESS.exec(text);
  return yearless === null ? "unreadable date" : readYearless(yearless, reading.firstDay);
}

// 火, (火), （火）, 火曜, 火曜日
const WEEKDAY =
  "(?:\\s*(?:\\([日月火水木金土](?:曜日?)?\\)|\\s[日月火水木金土](?:曜日?)?(?=\\s|$)|[日月火水木金土]曜日?))?";
const REST = `${WEEKDAY}(.*)$`;
const FULL = new RegExp(
  `^(\\d{4})(?:[-/.]|年\\s*)(\\d{1,2})(?:[-/.]|月\\s*)(\\d{1,2})(?!\\d)日?${REST}`,
);
const COMPACT = new RegExp(`^(\\d{4})(\\d{2})(\\d{2})${REST}`);
const ERA = new RegExp(
  `^(令和|平成|昭和|[RHS])\\s*(元|\\d{1,2})(?:[-/.]|年\\s*)(\\d{1,2})(?:[-/.]|月\\s*)(\\d{1,2})(?!\\d)日?${REST}`,
  "i",
);
const COMPACT_ERA = new RegExp(`^([RHS])(\\d{2})(\\d{2})(\\d{2})(?!\\d)${REST}`, "i");
const YEAR_LAST = new RegExp(`^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4})(?!\\d)${REST}`);
const SHORT = new RegExp(`^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{1,2})(?!\\d)${REST}`);
const YEARLESS = new RegExp(`^(\\d{1,2})(?:[-/]|月\\s*)(\\d{1,2})(?![\\d/.-])日?${REST}`);

/** The year before each era's first. */
const ERA_START = { 令和: 2018, 平成: 1988, 昭和: 1925, R: 2018, H: 1988, S: 1925 } as const;

function readEra([
  ,
  era = "",
  count = "",
  month = "",
  day = "",
  rest = "",
]: RegExpExecArray): WrittenDay {
  const start = Object.entries(ERA_START).find(([name]) => name === era.toUpperCase())?.[1] ?? 0;
  const year = start + (count === "元" ? 1 : Number(count));
  return { year, month: Number(month), day: Number(day), rest };
}

type Part = "year" | "month" | "day";
const ORDERS = {
  ymd: ["year", "month", "day"],
  mdy: ["month", "day", "year"],
  dmy: ["day", "month", "year"],
} as const;

function readOrdered(
  match: RegExpExecArray,
  order: keyof typeof ORDERS | undefined,
): WrittenDay | DayFault {
  return order === undefined ? "ambiguous date" : written(match, ORDERS[order]);
}

function written(match: RegExpExecArray, order: readonly Part[]): WrittenDay | DayFault {
  const at = (part: Part) => match[order.indexOf(part) + 1] ?? "";
  const year = fullYear(at("year"));
  if (year < FIRST_YEAR) return "unreadable date";
  return { year, month: Number(at("month")), day: Number(at("day")), rest: match[4] ?? "" };
}

/** Programs write 0001-01-01 and 1899-12-30 where they have no date. */
const FIRST_YEAR = 1900;

/** Voices are of our days: 25 is 2025, 98 is 1998. 0025 is no short year. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

function readYearless(
  [, month = "", day = "", rest = ""]: RegExpExecArray,
  firstDay: string | undefined,
): WrittenDay | DayFault {
  if (firstDay === undefined) return "date without year";
  const year = Number(firstDay.slice(0, 4));
  const isBefore = `${month.padStart(2, "0")}-${day.padStart(2, "0")}` < firstDay.slice(5);
  return { year: year + (isBefore ? 1 : 0), month: Number(month), day: Number(day), rest };
}
