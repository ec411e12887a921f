/** Lines at the head of the mail that is answered, as mail programs write them. */
const ANSWERED = [
  /^-{2,}\s*(?:Original Message|Forwarded message|元のメッセージ|転送メッセージ)\s*-*$/i,
  /^On .{6,120} wrote:$/,
  /^\d{4}[年/-].{6,120}(?:<[^<>\s]+@[^<>\s]+>|のメッセージ|wrote|さんは書きました)\s*[:：]?$/,
];
/** Outlook's way: a block of headers, of which these two stand at its head. A form goes on with a label for what is said. */
const OUTLOOK_FROM = /^(?:差出人|From)\s*[:：]/;
const OUTLOOK_SENT = /^(?:送信日時|Sent|日時|Date)\s*[:：]/;
const HEADER = /^(?:差出人|送信日時|日時|宛先|件名|From|Sent|Date|To|Cc|Subject)\s*[:：]/;
const FORM_WORDS =
  /^[■●◆【]?(?:内容|本文|ご?意見|ご?要望|コメント|メッセージ|お?問い?合わ?せ|お?申し?出)[^:：]{0,8}[:：]/;
/** Lines below the first of a block of headers. */
const BLOCK_LINES = 12;
const QUOTED = /^[>＞]/;
/** What programs on telephones write below. */
const DEVICE =
  /^(?:Sent from (?:my |Yahoo|Mail |Outlook).{0,40}|Get Outlook for .{2,20}|Outlook for .{2,12}を入手.{0,40}|(?:iPhone|iPad|Android|Galaxy|Xperia|スマートフォン|スマホ|Yahoo!?メール|Gmail|ドコモメール)[^。]{0,12}から送信(?:しました)?)$/i;

/**
 * Takes away what is not the sender's own: quoted lines, all from the head of the mail that is answered on, and the
 * signature. The company's own sentences would else count as the customer's, and a signature as an opinion.
 *
 * @param text lines end in LF
 * @returns the text as it was where nothing else would be left
 */
export function cutQuotes(text: string): string {
  const own = withoutAnswered(text.split("\n")).filter(
    (line) => !QUOTED.test(line) && !DEVICE.test(line.trim()),
  );
  const left = own.slice(0, findSignature(own)).join("\n").trim();
  return left === "" ? text : left;
}

/** Where the lines of the answered mail are marked, its head alone goes here: the answer may stand below them. */
function withoutAnswered(lines: readonly string[]): string[] {
  const own: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    if (!isHead(lines.slice(index, index + BLOCK_LINES))) {
      own.push(line);
      continue;
    }
    let next = index + 1;
    while (next < lines.length && isBetween(lines[next] ?? "")) next += 1;
    if (!QUOTED.test(lines[next] ?? "")) return own;
    index = next;
  }
  return own;
}

function isBetween(line: string): boolean {
  return line.trim() === "" || HEADER.test(line.trim());
}

function isHead(block: readonly string[]): boolean {
  const [line = "", next = "", ...rest] = block.map((each) => each.trim());
  if (!OUTLOOK_FROM.test(line) || !OUTLOOK_SENT.test(next)) {
    return ANSWERED.some((pattern) => pattern.test(line));
  }
  const blank = rest.indexOf("");
  return !rest.slice(0, blank < 0 ? rest.length : blank).some((each) => FORM_WORDS.test(each));
}

/** As the standard writes it above a signature; some programs take the blank off. Below a customer's own dashes is talk. */
const DASHES = /^--\s?$/;
const SAID = /[。!?！？]$|(?:ます|です|した|ない|ください|なし)$/;

/** A line drawn across, often twice. Dots and exclamations are said. */
const RULE = /^[-=_*+#~〜ー―–—\u2500-\u257f☆★◆◇■□\s]{4,}$/;
const CONTACT =
  /〒|(?:^|[^A-Za-z])(?:TEL|FAX|E-?mail)(?![A-Za-z])|^住所\s*[:：]|^(?:電話|携帯|メール)\s*[:：]\s*(?:[+(\d]|\S+@)|\S@\S|株式会社|有限会社|合同会社|[都道府県][^\s都道府県]{1,8}[市区町村郡]|(?<!\d)0\d{1,4}-\d{1,4}-\d{3,4}(?!\d)/i;
/** Names of people, companies and streets have no particle and no ending. */
const SENTENCE =
  /[。!?！？]|[^\sぁ-ん][をがはにへで]|[ぁ-ん]て[もは]|(?:[すただいねよん]|なし|ず|まま|希望|混入|不良|話し中)$/;
const LABEL = /[:：](?!\/\/)/;
const SIGNATURE_LINES = 12;
const LINE_LENGTH = 60;

/**
 * Company, address and telephone at the end; below a line drawn across a name stands alone, too. A form that came by mail
 * has such lines as well, with other labels among them or words behind them: it stays.
 *
 * @returns the index of its first line, or how many lines there are
 */
function findSignature(lines: readonly string[]): number {
  const dashes = lines.findIndex((line) => DASHES.test(line));
  if (dashes >= 0 && !lines.slice(dashes).some((line) => SAID.test(line.trim()))) return dashes;
  for (let start = Math.max(0, lines.length - SIGNATURE_LINES); start < lines.length; start += 1) {
    const tail = lines.slice(start).map((line) => line.trim());
    if (tail[0] !== "" && isSignature(tail)) return start;
  }
  return lines.length;
}

function isSignature(tail: readonly string[]): boolean {
  const isFramed = tail.findIndex(isRule) === 0;
  const close = tail.findLastIndex(isRule);
  const frameEnd = close > 0 ? close : tail.length;
  return (
    tail.some(isContact) &&
    tail.every((line, index) => {
      if (line === "" || isRule(line) || isContact(line)) return true;
      return isFramed && index < frameEnd && isBare(line);
    })
  );
}

function isRule(line: string): boolean {
  return RULE.test(line);
}

function isContact(line: string): boolean {
  if (line.length > LINE_LENGTH || !CONTACT.test(line)) return false;
  return line.startsWith("〒") || !SENTENCE.test(line);
}

function isBare(line: string): boolean {
  return line.length <= LINE_LENGTH && !SENTENCE.test(line) && !LABEL.test(line);
}
