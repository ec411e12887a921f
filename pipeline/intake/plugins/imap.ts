import { resolve } from "node:path";
import { type FetchMessageObject, ImapFlow } from "imapflow";
import { z } from "zod";
import { isLoopback } from "../../is-loopback.ts";
import { readPemFile } from "../../secret-file.ts";
import { MAIL_SOURCE, mailCells } from "../mail/mail-cells.ts";
import { mailParts } from "../mail/mail-parts.ts";
import { shortHash } from "../pull/short-hash.ts";
import { PullError } from "../pull-error.ts";
import type { PulledBatch, Reading, SourcePlugin } from "../source-plugin.ts";

const Settings = z
  .strictObject({
    host: z.string().min(1),
    port: z.int().min(1).max(65_535).optional(),
    user: z.string().min(1),
    mailbox: z.string().min(1).default("INBOX"),
    /** "starttls" begins in the clear on port 143 and refuses to go on without TLS. */
    tls: z.union([z.boolean(), z.literal("starttls")], "true、starttls、false").default(true),
    /** PEM of an authority that Node does not know. */
    caFile: z.string().min(1).optional(),
    /** Mails that came before are left alone, such as 2026-01-01. */
    since: z.iso.date("2026-01-01 の形").optional(),
    /** Else nobody at the mailbox sees that it was read. */
    markSeen: z.boolean().default(false),
    /** A text part that is longer is a dead letter. No voice is: it has 20,000 characters at most. */
    largestTextBytes: z.int().min(1000).max(10_000_000).default(1_000_000),
  })
  .refine(({ tls, host }) => tls !== false || isLoopback(host), {
    path: ["tls"],
    error: "true か starttls（この機械の外へは、パスワードを暗号なしで送りません）",
  });
type Settings = z.infer<typeof Settings>;

const Place = z.strictObject({
  /** Of host, user and mailbox: with other settings it is another place. */
  mailbox: z.string(),
  uidValidity: z.string(),
  uid: z.int().nonnegative(),
});
type Place = z.infer<typeof Place>;

/** Mails of one batch: what a kill may make fetched once more. */
const BATCH_MAILS = 50;
const CONNECT_MS = 20_000;
const SILENCE_MS = 60_000;

/** Reads new mails by UID. The mails stay where they are, and unread. */
export const plugin: SourcePlugin<typeof Settings> = {
  manifest: {
    name: "imap",
    reads: { ja: "IMAP のメールボックスに届いたメール", en: "mails that come to an IMAP mailbox" },
    Settings,
    secrets: { password: "required" },
    source: MAIL_SOURCE,
  },
  async *read(watermark, reading) {
    const { settings, signal } = reading;
    const client = connectionOf(reading);
    // Without a listener an error of the socket would end the process; the command in hand rejects as well.
    client.on("error", () => undefined);
    const giveUp = () => client.close();
    signal.addEventListener("abort", giveUp);
    try {
      await client.connect();
      const mailbox = await client.mailboxOpen(settings.mailbox, { readOnly: !settings.markSeen });
      const start = startOf(watermark, settings, String(mailbox.uidValidity));
      yield* newMails(client, start, settings);
      await client.logout();
    } catch (cause) {
      throw asPullError(cause, settings);
    } finally {
      signal.removeEventListener("abort", giveUp);
      client.close();
    }
  },
};

function connectionOf({ settings, secrets, folder }: Reading<Settings>): ImapFlow {
  const { host, tls, user, caFile } = settings;
  const isSecure = tls === true;
  return new ImapFlow({
    host,
    port: settings.port ?? (isSecure ? 993 : 143),
    secure: isSecure,
    doSTARTTLS: tls === "starttls",
    ...(caFile !== undefined && { tls: { ca: readPemFile(resolve(folder, caFile), "caFile") } }),
    auth: { user, pass: secrets.password ?? "" },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
  });
}

type Start = { readonly place: Place; readonly note: string | undefined };

/** After another UIDVALIDITY the numbers of before mean nothing: all is read again, and Message-ID tells what is known. */
function startOf(watermark: unknown, settings: Settings, uidValidity: string): Start {
  const mailbox = shortHash([settings.host, settings.user, settings.mailbox]);
  const fresh = { mailbox, uidValidity, uid: 0 };
  const known = Place.safeParse(watermark);
  if (!known.success || known.data.mailbox !== mailbox) return { place: fresh, note: undefined };
  if (known.data.uidValidity === uidValidity) return { place: known.data, note: undefined };
  const note = `メールボックスが作り直されたようです（UIDVALIDITY が ${known.data.uidValidity} から ${uidValidity} に変わりました）。はじめから読み直します。取り込み済みのメールは Message-ID でわかるので、二重にはなりません。`;
  return { place: fresh, note };
}

async function* newMails(
  client: ImapFlow,
  { place, note }: Start,
  settings: Settings,
): AsyncGenerator<PulledBatch> {
  const { mailbox, uidValidity, uid } = place;
  const range = { uid: `${uid + 1}:*`, ...(settings.since && { since: settings.since }) };
  const found = await client.search(range, { uid: true });
  if (!found) throw new Error("the search was refused");
  // `n:*` names the last mail also where its number is below n.
  const uids = found.filter((found) => found > uid).sort((a, b) => a - b);
  const stream = `imap:${mailbox}:${uidValidity}`;
  let told = note;
  for (let first = 0; first < uids.length || told !== undefined; first += BATCH_MAILS) {
    const batch = uids.slice(first, first + BATCH_MAILS);
    const records = batch.length === 0 ? [] : await fetchMails(client, batch, settings);
    const watermark = { mailbox, uidValidity, uid: batch.at(-1) ?? 0 };
    yield { stream, records, watermark, ...(told !== undefined && { note: told }) };
    told = undefined;
    if (settings.markSeen && batch.length > 0) {
      await client.messageFlagsAdd(batch, ["\\Seen"], { uid: true });
    }
  }
}

type Numbered = Extract<PulledBatch, { stream: string }>["records"];

/** In the order of their numbers; one that is gone meanwhile is none. */
async function fetchMails(client: ImapFlow, uids: number[], settings: Settings): Promise<Numbered> {
  const query = { uid: true, envelope: true, bodyStructure: true, internalDate: true };
  const mails: FetchMessageObject[] = [];
  // All of it before the next command: a download in between would wait for this one for ever.
  for await (const mail of client.fetch(uids, query, { uid: true })) mails.push(mail);
  const records: Numbered = [];
  for (const mail of mails.sort((a, b) => a.uid - b.uid)) {
    records.push({ number: mail.uid, ...(await recordOf(client, mail, settings)) });
  }
  return records;
}

async function recordOf(client: ImapFlow, mail: FetchMessageObject, settings: Settings) {
  if (mail.bodyStructure === undefined) return { problem: "unreadable mail" };
  const parts = mailParts(mail.bodyStructure);
  const { text } = parts;
  if (text === undefined) return mailCells(mail, parts, Buffer.alloc(0));
  if (text.sizeBytes > settings.largestTextBytes) return { problem: "mail too large" };
  const downloaded = await client.downloadMany(String(mail.uid), [text.part], { uid: true });
  const body = downloaded[text.part]?.content;
  // Gone meanwhile, or a part that the server names and does not give: never as a mail without words.
  if (!body && text.sizeBytes > 0) return { problem: "unreadable mail" };
  return mailCells(mail, parts, body ?? Buffer.alloc(0));
}

/** Words of the server may name a person or a mailbox; a message for staff says what to do instead. */
function asPullError(cause: unknown, { host, user, mailbox }: Settings): Error {
  if (!(cause instanceof Error)) return new PullError(`${host} を読めません。`, { cause });
  const field = (name: string): unknown => Reflect.get(cause, name);
  if (field("authenticationFailed") === true) {
    return new PullError(
      `${host} に ${user} としてログインできません。ユーザー名と、secrets の password のファイルにあるパスワードを確かめてください。`,
      { cause },
    );
  }
  if (field("responseStatus") === "NO" || field("mailboxMissing") === true) {
    return new PullError(
      `${host} のメールボックス「${mailbox}」を開けません。名前と、${user} に読む権限があるかを確かめてください。`,
      { cause },
    );
  }
  if (/certificate|self.signed|altnames|ssl|tls/i.test(`${field("code")} ${cause.message}`)) {
    return new PullError(
      `${host} と暗号でつなげません（${String(field("code") ?? "TLS")}）。host の名前が証明書と同じか、社内の認証局なら caFile を確かめてください。`,
      { cause },
    );
  }
  return new PullError(
    `${host} との接続が切れたか、つながりません（${String(field("code") ?? cause.name)}）。ネットワークと host、port を確かめてください。読み終えた分は残っていて、次は続きから読みます。`,
    { cause },
  );
}
