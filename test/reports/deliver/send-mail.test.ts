import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { DeliverConfig, type Smtp } from "../../../pipeline/deliver/deliver-config.ts";
import { neverStops } from "../../../pipeline/stop.ts";
import { sendMail } from "../../../reports/deliver/send-mail.ts";
import { makeCertificates } from "../../support/kafka/certificates.ts";
import {
  type Behaviour,
  closedPort,
  startMailServer,
  startSilentServer,
  tlsOf,
} from "../../support/mail-server.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const MESSAGE = { from: "voc@example.jp", to: "a@example.jp", subject: "題", text: "本文" };

function smtp(changes: Partial<Smtp>): Smtp {
  const { smtp: parsed } = DeliverConfig.parse({
    smtp: { host: "127.0.0.1", security: "none" },
    recipients: [{ name: "a", reports: ["weekly"], webhook: { kind: "slack", urlFile: "x" } }],
  });
  if (parsed === undefined) throw new Error("no smtp");
  return { ...parsed, ...changes };
}

const send = (changes: Partial<Smtp>, password?: string, giveUp = neverStops.now) =>
  sendMail({ smtp: smtp(changes), password }, MESSAGE, giveUp);

test.each<{ behaviour: Behaviour; status: string; reason?: string; arrives: boolean }>([
  { behaviour: "accept", status: "sent", arrives: true },
  { behaviour: "refuse the recipient", status: "refused", reason: "smtp-550", arrives: false },
  { behaviour: "put off the recipient", status: "later", reason: "smtp-451", arrives: false },
  { behaviour: "refuse the message", status: "refused", reason: "smtp-554", arrives: true },
  { behaviour: "put off the message", status: "later", reason: "smtp-452", arrives: true },
  { behaviour: "cut the line before its answer", status: "lost", arrives: true },
  { behaviour: "hang before its answer", status: "lost", reason: "smtp-etimedout", arrives: true },
  { behaviour: "cut the line at the greeting", status: "later", arrives: false },
])(
  "a server that will $behaviour means $status",
  async ({ behaviour, status, reason, arrives }) => {
    const server = await startMailServer([behaviour]);
    const attempt = await send({ port: server.port, timeoutSeconds: 2 });
    expect(attempt).toMatchObject(reason === undefined ? { status } : { status, reason });
    expect(server.received.length).toBe(arrives ? 1 : 0);
  },
);

test("a server that is not there, or says nothing, is tried later", async () => {
  expect(await send({ port: await closedPort() })).toMatchObject({ status: "later" });
  expect(await send({ port: await startSilentServer(), timeoutSeconds: 1 })).toMatchObject({
    status: "later",
    reason: "smtp-etimedout",
  });
});

test("a wrong password is tried later, the right one comes from its file", async () => {
  const passwords: unknown[] = [];
  const folder = tempFolder();
  const { ca, keyStore } = makeCertificates(folder);
  const server = await startMailServer([], {
    ...tlsOf(keyStore),
    authOptional: false,
    onAuth({ password }, _session, done) {
      passwords.push(password);
      if (password === "right") done(null, { user: "voc" });
      else done(new Error("no"));
    },
  });
  const common = { port: server.port, security: "starttls", user: "voc", caFile: ca } as const;
  expect(await send(common, "wrong")).toEqual({ status: "later", reason: "smtp-auth" });
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, "right\n", { mode: 0o600 });
  expect(await send({ ...common, passwordFile }, "wrong")).toEqual({ status: "sent" });
  expect(passwords).toEqual(["wrong", "right"]);
});

test("a certificate that nobody vouches for, or a server without encryption, gets no message", async () => {
  const folder = tempFolder();
  const { keyStore } = makeCertificates(folder);
  const unknown = await startMailServer([], tlsOf(keyStore));
  expect(await send({ port: unknown.port, security: "starttls" })).toMatchObject({
    status: "later",
  });
  const plain = await startMailServer();
  expect(await send({ port: plain.port, security: "starttls" })).toMatchObject({ status: "later" });
  expect([...unknown.received, ...plain.received]).toEqual([]);
});

test.each([
  { behaviour: "hang before its answer", received: 1, status: "lost" },
  { behaviour: "hang at the greeting", received: 0, status: "later" },
] as const)(
  "told to stop, it does not wait for a server that will $behaviour",
  async ({ behaviour, received, status }) => {
    const server = await startMailServer([behaviour]);
    const stop = new AbortController();
    const attempt = send({ port: server.port, timeoutSeconds: 600 }, undefined, stop.signal);
    await vi.waitFor(() => expect(server.received).toHaveLength(received), 60_000);
    await vi.waitFor(() => expect(server.behaviours).toEqual([]), 60_000);
    stop.abort();
    expect(await attempt).toEqual({ status, reason: "smtp-eabort" });
  },
);
