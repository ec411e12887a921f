/** Lines at the head of the mail that is answered, as mail programs write them. */
const ANSWERED = [
  /^-{2,}\s*(?:Original Message|Forwarded message|元のメッセージ|転送メッセージ)\s*-*$/i,
  /^On .{6,120} wrote:$/,
  /^\d{4}[年/-].{6,120}(?:<[^<>\s]+@[^<>\s]+>|のメッセージ|wrote|さんは書きました)\s*[:：]?$/,
];
/** Outlook's way: a block of headers, of which these two stand at its head. */
const OUTLOOK_FROM = /^(?:差出人|From)\s*[:：]/;
const OUTLOOK_SENT = /^(?:送信日時|Sent|日時|Date)\s*[:：]/;
const SIGNATURE = "-- ";
const QUOTED = /^[>＞]/;

/**
 * Takes away what is not the sender's own: quoted lines, all from the head of the mail that is answered on, and all from a
 * signature's "-- " on. The company's own sentences would else count as the customer's. A signature without that sign
 * stays: nothing tells it from words.
 *
 * @param text lines end in LF
 * @returns the text as it was where nothing else would be left
 */
export function cutQuotes(text: string): string {
  const lines = text.split("\n");
  const end = lines.findIndex((line, index) => beginsTail(line, lines[index + 1] ?? ""));
  const own = (end < 0 ? lines : lines.slice(0, end)).filter((line) => !QUOTED.test(line));
  const left = own.join("\n").trim();
  return left === "" ? text : left;
}

function beginsTail(line: string, next: string): boolean {
  if (OUTLOOK_FROM.test(line.trim()) && OUTLOOK_SENT.test(next.trim())) return true;
  return line === SIGNATURE || ANSWERED.some((pattern) => pattern.test(line.trim()));
}
