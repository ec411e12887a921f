import { findQuotedLines } from "./find-quoted-lines.ts";
import { RULE, withoutAnswered } from "./without-answered.ts";

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
  const lines = text.split("\n");
  const own = withoutAnswered(lines, findQuotedLines(lines)).filter(
    (line) => !DEVICE.test(line.trim()),
  );
  const left = own.slice(0, findSignature(own)).join("\n").trim();
  return left === "" ? text : left;
}

/** As the standard writes it above a signature; some programs take the blank off. Below a customer's own dashes is talk. */
const DASHES = /^--\s?$/;
const SAID = /[。!?！？]$|(?:ます|です|した|ない|ください|なし)$/;

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
