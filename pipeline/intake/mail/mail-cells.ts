import { createHash } from "node:crypto";
import type { FetchMessageObject } from "imapflow";
import { ATTRIBUTE_LIMIT, ID_LIMIT } from "../../schema/raw-voice.ts";
import { cutQuotes } from "../../text/cut-quotes.ts";
import type { SourcePlugin, UnnumberedRecord } from "../source-plugin.ts";
import { decodeMailText } from "./decode-mail-text.ts";
import type { MailParts } from "./mail-parts.ts";
import { textOfHtml } from "./text-of-html.ts";

/** How mails become voices where the source brings no description of its own. */
export const MAIL_SOURCE = {
  channel: "mail",
  columns: {
    id: "番号",
    receivedAt: "日時",
    verbatim: "本文",
    customerKey: "差出人",
  },
  attributes: ["件名", "添付の数"],
} satisfies SourcePlugin["manifest"]["source"];

/**
 * Makes the cells of one mail. Without words of its own a mail speaks by its subject.
 *
 * @param body what the server holds as the text part, its transfer encoding taken off
 */
export function mailCells(
  mail: FetchMessageObject,
  { text, attachments }: MailParts,
  body: Buffer,
): UnnumberedRecord {
  const subject = decodeSubject(mail.envelope?.subject ?? "");
  const whole = text === undefined ? "" : wordsOf(body, text);
  if (whole === undefined) {
    return { problem: "unknown character set", bytes: body.toString("latin1") };
  }
  const own = cutQuotes(whole);
  const sender = mail.envelope?.from?.[0]?.address?.toLowerCase() ?? "";
  return {
    cells: {
      番号: idOf(mail, whole),
      "Message-ID": mail.envelope?.messageId?.trim() ?? "",
      日時: sentAt(mail)?.toISOString() ?? "",
      件名: subject.slice(0, ATTRIBUTE_LIMIT),
      本文: own.trim() === "" ? subject : own,
      引用を含む本文: whole,
      差出人: sender.slice(0, ID_LIMIT),
      // Kept nowhere: it is masked in the words.
      差出人の氏名: decodeSubject(mail.envelope?.from?.[0]?.name ?? "").slice(0, ID_LIMIT),
      添付の数: String(attachments),
    },
  };
}

function wordsOf(body: Buffer, text: NonNullable<MailParts["text"]>): string | undefined {
  const decoded = decodeMailText(body, text.charset)?.replace(/\r\n?/g, "\n");
  if (decoded === undefined) return undefined;
  if (text.isHtml) return textOfHtml(decoded);
  return text.flow === "fixed" ? decoded : unflow(decoded, text.flow === "delsp");
}

function unflow(text: string, deletesSpace: boolean): string {
  let joined = "";
  let goesOn = false;
  for (const line of text.split("\n")) {
    const words = line.replace(/^ /, "");
    joined += goesOn ? words : `\n${words}`;
    goesOn = words.endsWith(" ") && words !== "-- ";
    if (goesOn && deletesSpace) joined = joined.slice(0, -1);
  }
  return joined.slice(1);
}

/** Old programs write JIS into a header as it is, where the standard wants it encoded. */
function decodeSubject(subject: string): string {
  if (!subject.includes("\u001b$")) return subject;
  return decodeMailText(Buffer.from(subject, "latin1"), "iso-2022-jp") ?? subject;
}

/**
 * The same mail has the same id wherever it lies, so that a mailbox that was made anew doubles nothing. Letters alone: a
 * Message-ID looks like an address, and digits may look like a telephone, and then the mask would make all of them one.
 */
function idOf(mail: FetchMessageObject, words: string): string {
  const { messageId = "", date, subject, from } = mail.envelope ?? {};
  const id = messageId.trim();
  const known = id === "" ? [String(date), subject, from?.[0]?.address, words] : [id];
  const digest = createHash("sha256").update(JSON.stringify(known)).digest("hex").slice(0, 32);
  return `mail-${digest.replace(/\d/g, (digit) => "ghijklmnop"[Number(digit)] ?? digit)}`;
}

/** Clocks of senders run ahead at times; no mail was sent after it came. */
const AHEAD_MS = 60 * 60 * 1000;

/** The mail's own date, which stays what it is when a mailbox moves; the server's where that cannot be right. */
function sentAt(mail: FetchMessageObject): Date | undefined {
  const [own, came] = [dateOf(mail.envelope?.date), dateOf(mail.internalDate)];
  if (own === undefined || came === undefined) return own ?? came;
  return own.getTime() > came.getTime() + AHEAD_MS ? came : own;
}

function dateOf(date: Date | string | undefined): Date | undefined {
  if (date === undefined) return undefined;
  const read = new Date(date);
  const year = read.getUTCFullYear();
  return year >= 1990 && year <= 2100 ? read : undefined;
}
