import holidayJp from "@holiday-jp/holiday_jp";
import { addDays } from "../../pipeline/period.ts";

/** Days on which customers are told apart by what they do: work, a Saturday, a day off. */
export type DayKind = "weekday" | "saturday" | "holiday";

/** Days that are off all over Japan without being public holidays: the turn of the year and 盆. */
const CUSTOMARY = /-(12-(29|30|31)|01-0[123]|08-1[3456])$/;

/** The public holidays are @holiday-jp/holiday_jp's, which go to 2050 as the law stands. */
export function dayKind(date: string): DayKind {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  const isOff = weekday === 0 || Object.hasOwn(holidayJp.holidays, date) || CUSTOMARY.test(date);
  if (isOff) return "holiday";
  return weekday === 6 ? "saturday" : "weekday";
}

type Span = { readonly from: string; readonly until: string };

export function daysOf({ from, until }: Span): string[] {
  const days: string[] = [];
  for (let day = from; day < until; day = addDays(day, 1)) days.push(day);
  return days;
}

export function daysOffIn(span: Span): number {
  return daysOf(span).filter((day) => dayKind(day) !== "weekday").length;
}
