/** Words that mail programs and people write above the mail that is answered. */
const LABEL =
  "(?:Original|Forwarded) (?:Message|Mail)|(?:元|転送|返信|返信元|転送元|引用元|転送された)の?(?:メッセージ|メール)|(?:以下、?|ここから)(?:引用|転送|返信元)(?:文|メール)?|引用(?:文|開始)?";
const DRAWN = "[\\s\\-=_*#~―─—–━ー]";
/** Heads of one line, as mail programs write them. */
const ANSWERED = [
  new RegExp(`^${DRAWN}{2,}(?:${LABEL})${DRAWN}*$`, "i"),
  new RegExp(`^【(?:${LABEL})】$`, "i"),
  /^Begin forwarded message:$/i,
  /^On .{6,120} wrote:$/,
  /^\d{4}[年/-].{6,120}(?:<[^<>\s]+@[^<>\s]+>|(?:のメッセージ|のメール|wrote|さんは書きました|さんが書きました))\s*[:：]?$/,
];
/** Of these nothing says that a mail is answered, unless what follows is marked as quoted. */
const INTRODUCED = /^.{1,80}(?:wrote|が書きました|は書きました|さんからのメール)\s*[:：]$/;
const QUOTE_END = new RegExp(
  `^${DRAWN}*(?:引用(?:ここまで|終わり|終了|終)|ここまで引用|以上、?引用)${DRAWN}*$`,
);

const FROM = /^(?:差出人|From)\s*[:：]/;
const SENT = /^(?:送信日時|Sent|日時|日付|Date)\s*[:：]/;
const TO = /^(?:宛先|件名|To|Subject)\s*[:：]/;
const HEADER = /^(?:差出人|送信日時|日時|日付|宛先|件名|From|Sent|Date|To|Cc|Subject)\s*[:：]/;
/** A form has such headers as well, and goes on with a label for what is said. */
const FORM_WORDS =
  /^[■●◆【]?(?:内容|本文|ご?意見|ご?要望|コメント|メッセージ|お?問い?合わ?せ|お?申し?出)[^:：]{0,8}[:：]/;
/** Lines below the first of a block of headers. */
const BLOCK_LINES = 12;

/** A line drawn across, often twice. Dots and exclamations are said. */
export const RULE = /^[-=_*+#~〜ー―–—\u2500-\u257f☆★◆◇■□\s]{4,}$/;

/**
 * Takes the mail that is answered away, from its head on. Where its lines are marked as quoted or its end is said, what
 * stands behind them stays: the answer may be there.
 *
 * @param quoted whether each line is
 */
export function withoutAnswered(lines: readonly string[], quoted: readonly boolean[]): string[] {
  const own: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const head = quoted[index] ? 0 : countHeadLines(lines, quoted, index);
    if (head === 0) {
      if (!quoted[index]) own.push(lines[index] ?? "");
      continue;
    }
    dropRule(own);
    const end = findEnd(lines, quoted, index + head);
    if (end === undefined) return own;
    index = end;
  }
  return own;
}

/** Outlook draws a line above the head. */
function dropRule(own: string[]): void {
  while (own.length > 0 && (RULE.test(own.at(-1) ?? "") || own.at(-1)?.trim() === "")) own.pop();
}

/** @returns the last line that is not the sender's own; undefined where none is behind it */
function findEnd(
  lines: readonly string[],
  quoted: readonly boolean[],
  from: number,
): number | undefined {
  let next = from;
  while (next < lines.length && isBetween(lines[next] ?? "")) next += 1;
  if (quoted[next]) return next;
  const end = lines.findIndex((line, index) => index >= from && QUOTE_END.test(line.trim()));
  return end < 0 ? undefined : end;
}

function isBetween(line: string): boolean {
  return line.trim() === "" || HEADER.test(plain(line));
}

/** @returns 0 where none begins here */
function countHeadLines(
  lines: readonly string[],
  quoted: readonly boolean[],
  index: number,
): number {
  const block = lines.slice(index, index + BLOCK_LINES).map(plain);
  const [line = "", next = ""] = block;
  if (ANSWERED.some((pattern) => pattern.test(line)) || isHeaderBlock(block)) return 1;
  // A long head is broken before the address or before 「wrote:」.
  const isBroken =
    /^(?:On |\d{4}[年/-])/.test(line) && /^(?:<[^<>\s]+>\s*[:：]?|wrote:)$/.test(next);
  if (isBroken && ANSWERED.some((pattern) => pattern.test(`${line} ${next}`))) return 2;
  return INTRODUCED.test(line) && (quoted[index + 1] || (next === "" && quoted[index + 2])) ? 1 : 0;
}

/** Outlook writes bold names into plain text between stars. */
function plain(line: string): string {
  return line.trim().replace(/^\*([^*]{1,12})\*/, "$1");
}

/** Two lines of sender and time, or more in another order, that no form's labels go on. */
function isHeaderBlock(block: readonly string[]): boolean {
  const [line = "", next = ""] = block;
  if (!HEADER.test(line)) return false;
  const length = block.findIndex((each) => !HEADER.test(each));
  const headers = length < 0 ? block : block.slice(0, length);
  const has = (pattern: RegExp) => headers.some((each) => pattern.test(each));
  const isMail = (FROM.test(line) && SENT.test(next)) || (has(FROM) && has(SENT) && has(TO));
  const blank = block.indexOf("");
  return (
    isMail &&
    !block.slice(0, blank < 0 ? block.length : blank).some((each) => FORM_WORDS.test(each))
  );
}
