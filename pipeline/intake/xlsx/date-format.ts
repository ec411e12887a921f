/** Number formats that Excel knows by number alone and that show a date or a time; 27 to 36 and 50 to 58 are Japanese. */
export function isBuiltInDate(id: number): boolean {
  return (
    (id >= 14 && id <= 22) ||
    (id >= 27 && id <= 36) ||
    (id >= 45 && id <= 47) ||
    (id >= 50 && id <= 58)
  );
}

/**
 * Whether a format shows a date or a time: it has a y, m, d, h, s, or the g and e of Japanese years, outside of what is
 * quoted, escaped, or in brackets ([Red], [$-411]; [h] counts hours beyond a day).
 */
export function isDateFormat(code: string): boolean {
  const [first = ""] = code.split(";");
  if (/^(?:general|g\/標準)$/i.test(first)) return false;
  if (/\[(?:h+|m+|s+)\]/i.test(first)) return true;
  const bare = first.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, "").replace(/E[+-]/gi, "");
  return /[ymdhsge]/i.test(bare);
}

/** Whether a format counts hours beyond a day, as broadcasters write 25:30. */
export function countsHours(code: string): boolean {
  return /\[h+\]/i.test(code);
}

/** @returns how many digits a format such as 0000000000000 fills up to; 0 for any other */
export function paddedDigits(code: string): number {
  return /^0{2,}$/.test(code) ? code.length : 0;
}
