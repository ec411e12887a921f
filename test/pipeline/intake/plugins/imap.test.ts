import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { OpenPull } from "../../../../pipeline/intake/pull/open-pull.ts";
import { makeCertificates } from "../../../support/kafka/certificates.ts";
import { freePorts } from "../../../support/kafka/free-ports.ts";
import { hasDovecot, PASSWORD, startDovecot, USER } from "../../../support/mail/dovecot.ts";
import { startProxy } from "../../../support/mail/proxy.ts";
import { openTestPull, readPull } from "../../../support/read-pull.ts";
import { PROJECT } from "../../../support/run-kizuki.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

function fixture(name: string): Buffer {
  return readFileSync(join(PROJECT, `test/fixtures/mails/${name}.eml`));
}

function plain(id: number | string, words: string): string {
  return `From: a@example.com\nMessage-ID: <${id}@example.com>\nDate: Tue, 01 Jul 2025 09:05:00 +0900\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\nSubject: x\n\n${words}\n`;
}

function open(
  port: number,
  settings: Readonly<Record<string, unknown>> = {},
  password = PASSWORD,
): Promise<OpenPull> {
  const folder = tempFolder();
  writeFileSync(join(folder, "password"), `${password}\n`);
  chmodSync(join(folder, "password"), 0o600);
  return openTestPull(folder, {
    plugin: "imap",
    settings: { host: "127.0.0.1", port, user: USER, tls: false, ...settings },
    secrets: { password: "password" },
  });
}

const words = "①番の商品の味が薄くなりました。髙島屋の店員さんは親切でした。ｱｲｽも溶けていました。";
const WRITTEN = [
  { name: "jis-7bit", 本文: "味が薄くなりました。店員さんは親切でした。", 件名: "味について" },
  { name: "jis-base64", 本文: "味が薄くなりました。店員さんは親切でした。", 件名: "味について" },
  { name: "jis-vendor", 本文: "①番ｱｲ" },
  {
    name: "jis-unlabelled",
    本文: "味が薄くなりました。店員さんは親切でした。",
    件名: "味について",
  },
  { name: "cp932-8bit", 本文: words, 件名: "①について" },
  { name: "cp932-unlabelled", 本文: words },
  { name: "utf8-says-jis", 本文: words },
  {
    name: "utf8-quoted-printable",
    本文: words,
    件名: "とても長い件名なので二つに分かれて書かれます",
  },
  { name: "html-only", 本文: "味が薄いです。\n\nA&B店で買いました。" },
  { name: "with-attachments", 本文: "袋が開けにくいです。", 添付の数: "2" },
  { name: "flowed", 本文: "この商品は軽いです。\nつぎの行です。" },
  { name: "reply", 本文: "返信ありがとうございます。まだ直りません。" },
  { name: "subject-only", 本文: "返品したい" },
];

describe.runIf(hasDovecot())("a mailbox of Dovecot", () => {
  test("a mail says what its sender wrote, in whatever way its program wrote it", async () => {
    const server = await startDovecot();
    for (const { name } of WRITTEN) server.deliver(name, fixture(name));
    const { cells } = await readPull(await open(server.port));
    expect(cells).toHaveLength(WRITTEN.length);
    for (const { name, ...expected } of WRITTEN) {
      const id = `<${name}@example.com>`;
      const found = cells.find((cell) => cell["Message-ID"] === id);
      const all = { ...expected, 差出人: "hanako@example.com", 日時: "2025-07-01T00:05:00.000Z" };
      expect(found, name).toMatchObject(all);
    }
  });

  test("mails are read once, in order, and stay unread", async () => {
    const server = await startDovecot();
    for (let mail = 0; mail < 120; mail += 1) {
      server.deliver(String(mail).padStart(3, "0"), plain(mail, `声 ${mail}`));
    }
    const pull = await open(server.port);
    const first = await readPull(pull, undefined, { batches: 1 });
    const rest = await readPull(pull, first.watermark);
    const all = [...first.cells, ...rest.cells].map((cells) => cells.本文);
    expect(new Set(all).size).toBe(120);
    expect(all).toHaveLength(120);
    expect(first.cells).toHaveLength(50);
    server.deliver("later", plain("later", "あとの声"));
    const later = await readPull(pull, rest.watermark);
    expect(later.cells.map((cells) => cells.本文)).toEqual(["あとの声"]);
    expect((await readPull(pull, later.watermark)).batches).toEqual([]);
    expect(await unseen(server.port)).toBe(121);
    const marking = await open(server.port, { markSeen: true });
    await readPull(marking);
    expect(await unseen(server.port)).toBe(0);
  });

  test("a mailbox that was made anew is read again, says so, and every mail has the id it had", async () => {
    const server = await startDovecot();
    for (const name of ["reply", "no-message-id"]) server.deliver(name, fixture(name));
    const pull = await open(server.port);
    const before = await readPull(pull);
    await server.remake();
    const after = await readPull(pull, before.watermark);
    const ids = (read: typeof before) => read.cells.map((cells) => cells.番号).sort();
    expect(ids(after)).toEqual(ids(before));
    expect(new Set(ids(after)).size).toBe(2);
    expect(after.batches[0]?.note).toContain("UIDVALIDITY");
    expect(streamOf(after)).not.toBe(streamOf(before));
    expect((await readPull(pull, after.watermark)).batches).toEqual([]);
  });

  test("a mail that is too large or in no known writing is a record with a reason, and the next is read", async () => {
    const server = await startDovecot();
    server.deliver("1", plain(1, `${"大きな声".repeat(100)}\n`.repeat(10)));
    server.deliver("2", fixture("no-text-of-ours"));
    server.deliver("3", plain(3, "小さな声"));
    const read = await readPull(await open(server.port, { largestTextBytes: 2000 }));
    expect([...read.problems].sort()).toEqual(["mail too large", "unknown character set"]);
    expect(read.cells.map((cells) => cells.本文)).toEqual(["小さな声"]);
  });

  test("mails that came before a day are left alone", async () => {
    const server = await startDovecot();
    server.deliver("1", plain(1, "きょうの声"));
    const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    expect((await readPull(await open(server.port, { since: tomorrow }))).cells).toEqual([]);
    expect((await readPull(await open(server.port, { since: "2026-01-01" }))).cells).toHaveLength(
      1,
    );
  });

  test("a connection that is cut in the middle of a mail is told, and the next reading has every mail", async () => {
    const server = await startDovecot();
    for (let mail = 0; mail < 5; mail += 1) server.deliver(String(mail), plain(mail, `声 ${mail}`));
    server.deliver("9", plain(9, "長い声。".repeat(20_000)));
    const proxy = await startProxy(server.port, 30_000, (cut) => cut());
    const pull = await open(proxy);
    await expect(readPull(pull)).rejects.toThrow(/接続が切れた/);
    const read = await readPull(await open(server.port));
    expect(read.cells).toHaveLength(6);
  });

  test("what is wrong is said with what to do", async () => {
    const server = await startDovecot();
    const wrong = await open(server.port, {}, "wrong");
    await expect(readPull(wrong)).rejects.toThrow(/ログインできません.*password/s);
    const missing = await open(server.port, { mailbox: "無い箱" });
    await expect(readPull(missing)).rejects.toThrow(/「無い箱」を開けません/);
    const [free = 0] = await freePorts(1);
    await expect(readPull(await open(free))).rejects.toThrow(/つながりません.*ECONNREFUSED/s);
    await expect(open(server.port, { host: "imap.example.com" })).rejects.toThrow(/暗号なし/);
    await expect(open(server.port, { tls: "maybe", colour: 1 })).rejects.toThrow(/誤りが 2 件/);
  });

  test("TLS is proved by the authority that is named, and refused without it", async () => {
    const folder = tempFolder();
    const certificates = makeCertificates(folder);
    const server = await startDovecot({
      tls: { cert: certificates.keyStore, key: certificates.keyStore },
    });
    server.deliver("1", plain(1, "秘密の道"));
    const secure = { tls: true, host: "localhost" };
    await expect(readPull(await open(server.port, secure))).rejects.toThrow(/暗号でつなげません/);
    const known = await open(server.port, { ...secure, caFile: certificates.ca });
    expect((await readPull(known)).cells).toHaveLength(1);
  });
});

function streamOf({ batches: [first] }: Awaited<ReturnType<typeof readPull>>): string | undefined {
  return first !== undefined && "stream" in first ? first.stream : undefined;
}

/** Mails without the flag, as another program at the mailbox sees them. */
async function unseen(port: number): Promise<number> {
  const { ImapFlow } = await import("imapflow");
  const auth = { user: USER, pass: PASSWORD };
  const client = new ImapFlow({ host: "127.0.0.1", port, secure: false, auth, logger: false });
  await client.connect();
  const status = await client.status("INBOX", { unseen: true });
  await client.logout();
  return status === false ? -1 : (status.unseen ?? -1);
}
