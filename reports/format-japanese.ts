const WEEKDAYS = ["日", "月", "火", "水", "木", "金", "土"];

/** 12,345, without the help of a locale. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** 0.1234 is 12.3%. */
export function formatPercent(share: number, digits = 1): string {
  return `${formatDecimal(share * 100, digits)}%`;
}

/** Digits that a number has in decimal; those behind them are of its binary form. */
const KNOWN_DIGITS = 15;

/** As a workbook shows it: a half goes up. In binary 63.05 lies below the half, and `toFixed` alone gives 63.0. */
export function formatDecimal(value: number, digits: number): string {
  const scaled = Number((value * 10 ** digits).toPrecision(KNOWN_DIGITS));
  return (Math.round(scaled) / 10 ** digits).toFixed(digits);
}

/** A ratio keeps two digits that say something: 2.3, 0.45, 12; near 1 three, so that its side of 1 shows. */
export function formatRatio(ratio: number): string {
  if (ratio >= 9.95) return formatCount(Math.round(ratio));
  return formatDecimal(ratio, ratio < 1.05 ? 2 : 1);
}

/** 2025-08-03 is 8月3日（日）. */
export function formatDay(date: string): string {
  const known = days.get(date);
  if (known !== undefined) return known;
  const day = `${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日（${weekdayOf(date)}）`;
  days.set(date, day);
  return day;
}

/** A report says the same few days thousands of times: 9 ms of 70. */
const days = new Map<string, string>();

/** 2025-08-03 is 2025年8月3日（日）. */
export function formatDate(date: string): string {
  return `${date.slice(0, 4)}年${formatDay(date)}`;
}

/** 2025-08-03 is 8/3. */
export function formatShortDay(date: string): string {
  return `${Number(date.slice(5, 7))}/${Number(date.slice(8, 10))}`;
}

const DAY_LENGTH = "2025-07-28".length;

/** 2025-W31 is 2025年 第31週, 2025-W31.スナック that with 　スナック; 2025-07 is 2025年7月, 2025-07-28 the day. */
export function formatPeriodName(name: string): string {
  const year = name.slice(0, 4);
  if (!name.startsWith("W", 5)) {
    return name.length === DAY_LENGTH ? formatDate(name) : `${year}年${Number(name.slice(5))}月`;
  }
  const [week = "", line] = name.slice(6).split(".");
  return `${year}年 第${Number(week)}週${line === undefined ? "" : `　${line}`}`;
}

/** 2025-08-03 is 日. */
export function weekdayOf(date: string): string {
  return WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? "";
}
