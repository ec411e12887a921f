const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
/** 「Mon, 02 Nov 2026 10:15:00 +0900 (JST)」 */
const MAIL_DATE =
  /^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?\s+)?(\d{1,2})\s+([a-z]{3})[a-z]{0,6}\s+(\d{4})(?:\s+(\d{1,2}:\d{2}(?::\d{2})?)(?:\s+([+-]\d{4}|gmt|utc?|jst|z))?(?:\s+\([^()]{0,30}\))?)?$/i;

/** @param text after NFKC and trim @returns the date of a mail's header (RFC 2822) as ISO writes it; other text as it is */
export function spellMailDate(text: string): string {
  const [, day = "", name = "", year, time, zone = ""] = MAIL_DATE.exec(text) ?? [];
  const month = MONTHS.indexOf(name.toLowerCase()) + 1;
  if (year === undefined || month === 0) return text;
  const date = `${year}-${String(month).padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (time === undefined) return date;
  return `${date}T${time.padStart(5, "0")}${/^(?:gmt|ut)/i.test(zone) ? "Z" : zone}`;
}
