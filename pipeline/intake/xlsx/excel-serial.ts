const DAY_SECONDS = 86_400;
/** The day 0 of Excel's count, which takes 1900 for a leap year, as it is right from March 1900 on. */
const EPOCH_MS = Date.UTC(1899, 11, 30);
/** Workbooks that began on an old Mac count from 1904. */
const DAYS_TO_1904 = 1462;

/**
 * Writes a serial as the text that a cell shows of it: 2025-07-01, 2025-07-01T09:05:00, or 09:05:00 where it is less
 * than a day. To the second: a serial of 15 digits holds no more, and 9:05 is a fraction without an end.
 */
export function serialText(serial: number, epoch: 1900 | 1904): string {
  const seconds = Math.round(serial * DAY_SECONDS);
  if (seconds < DAY_SECONDS) return clockText(seconds);
  const days = Math.floor(seconds / DAY_SECONDS) + (epoch === 1904 ? DAYS_TO_1904 : 0);
  const day = new Date(EPOCH_MS + days * DAY_SECONDS * 1000).toISOString().slice(0, 10);
  const inDay = seconds % DAY_SECONDS;
  return inDay === 0 ? day : `${day}T${clockText(inDay)}`;
}

/** @returns 25:30:00 for a day and an hour and a half */
export function clockText(seconds: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** The serials of 1970 to 2100. Outside, JavaScript and Excel no longer speak of the same days. */
export function isSerial(value: number): boolean {
  return value >= 0 && value < 73_415;
}

/**
 * @param text a cell whose number was exported as it is: 45839.378472
 * @returns the date that it counts, or `undefined` where it counts none of our days
 */
export function readSerial(text: string, epoch: 1900 | 1904 = 1900): string | undefined {
  if (!/^\d{5}(?:\.\d{1,15})?$/.test(text)) return undefined;
  const value = Number(text);
  return value >= FIRST_SERIAL && isSerial(value) ? serialText(value, epoch) : undefined;
}

/** 1970-01-01. */
const FIRST_SERIAL = 25_569;
