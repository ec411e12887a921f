import { expect, test } from "vitest";
import { loadConfig } from "../../../pipeline/config.ts";
import { DeliverConfig } from "../../../pipeline/deliver/deliver-config.ts";
import { type Home, openHome } from "../../../pipeline/home.ts";
import { keysFromText } from "../../../pipeline/keys.ts";
import { weekOf } from "../../../pipeline/period.ts";
import { neverStops, type Stop } from "../../../pipeline/stop.ts";
import { askDeliveries } from "../../../reports/deliver/ask-deliveries.ts";
import { deliverDue } from "../../../reports/deliver/deliver-due.ts";
import { readDeliveries } from "../../../reports/deliver/deliveries.ts";
import { makeReport } from "../../../reports/frozen/make-report.ts";
import {
  type Behaviour,
  type MailServer,
  startMailServer,
  startSilentServer,
} from "../../support/mail-server.ts";
import { fillWarehouse } from "../../support/report-warehouse.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const WEEK = weekOf("2025-08-01");
const BY_TIMETABLE = { again: false, askedBy: "timetable" } as const;
const MONDAY = "2025-08-04T00:00:00Z";

type Outbox = { home: Home; folder: string; server: MailServer; clock: { now: string } };

async function openOutbox(behaviours: Behaviour[] = [], folder = tempFolder()): Promise<Outbox> {
  const server = await startMailServer(behaviours);
  const clock = { now: MONDAY };
  const home = await openWith(folder, server, clock);
  await fillWarehouse(home.warehouse.connection, {
    from: "2025-06-02",
    weeks: 9,
    voicesPerWeek: 24,
  });
  return { home, folder, server, clock };
}

async function openWith(
  folder: string,
  { port }: Pick<MailServer, "port">,
  clock: { now: string },
  changes: { smtp?: { passwordFile: string; user: string; security: "tls" }; stop?: Stop } = {},
) {
  const config = {
    ...loadConfig({ home: folder, file: undefined, workingFolder: folder }),
    taxonomies: ["tourism"],
    deliver: DeliverConfig.parse({
      from: { address: "voc@example.jp" },
      smtp: { host: "127.0.0.1", port, security: "none", timeoutSeconds: 600, ...changes.smtp },
      domains: ["example.jp"],
      recipients: [
        { name: "商品企画", reports: ["weekly"], mail: "plan@example.jp" },
        { name: "品質保証", reports: ["weekly"], mail: "qa@example.jp", attach: ["md"] },
        { name: "役員", reports: ["monthly"], mail: "board@example.jp" },
      ],
    }),
  };
  const keys = keysFromText("ab".repeat(32));
  const { stop = neverStops } = changes;
  return await openHome(config, keys, () => new Date(clock.now), { stop });
}

const idsIn = ({ received }: MailServer) =>
  received.map((message) => /^Message-ID: (.*)$/im.exec(message)?.[1]);

const statesOf = async (home: Home) =>
  (await readDeliveries(home)).map(({ recipient, state, reason }) => [recipient, state, reason]);

test("the timetable's report goes once to each of its recipients, however often it is made and sent", async () => {
  const { home, server } = await openOutbox();
  await makeReport(home, WEEK, BY_TIMETABLE);
  expect(await statesOf(home)).toEqual([
    ["品質保証", "queued", null],
    ["商品企画", "queued", null],
  ]);
  expect(await deliverDue(home)).toHaveLength(2);
  await makeReport(home, WEEK, BY_TIMETABLE);
  expect(await deliverDue(home)).toEqual([]);
  expect(new Set(idsIn(server)).size).toBe(2);
  expect(server.received).toHaveLength(2);
  await home.close();
});

test("a report that a person made is sent by the timetable, not before; with --deliver at once", async () => {
  const { home } = await openOutbox();
  await makeReport(home, WEEK, { again: false, askedBy: "person" });
  expect(await readDeliveries(home)).toEqual([]);
  await makeReport(home, WEEK, BY_TIMETABLE);
  expect(await readDeliveries(home)).toHaveLength(2);
  await makeReport(home, WEEK, { again: true, askedBy: "person" });
  expect(await readDeliveries(home)).toHaveLength(2);
  await makeReport(home, WEEK, { again: true, askedBy: "person", deliver: true });
  expect((await readDeliveries(home)).map(({ revision }) => revision)).toEqual([1, 1, 3, 3]);
  await home.close();
});

test("a period that is not the newest is sent to nobody unasked", async () => {
  const { home } = await openOutbox();
  await makeReport(home, weekOf("2025-07-25"), BY_TIMETABLE);
  expect(await readDeliveries(home)).toEqual([]);
  await home.close();
});

test("a home that is rebuilt from its streams sends nothing again", async () => {
  const { home, folder, server, clock } = await openOutbox(["accept", "refuse the recipient"]);
  await makeReport(home, WEEK, BY_TIMETABLE);
  await deliverDue(home);
  const before = await readDeliveries(home);
  expect(before.map(({ state }) => state).sort()).toEqual(["dead", "sent"]);
  await home.warehouse.connection.run("delete from deliveries");
  await home.warehouse.connection.run("delete from offsets where stream = 'voc.actions'");
  await home.close();
  const again = await openWith(folder, server, clock);
  expect(await readDeliveries(again)).toEqual(before);
  expect(await deliverDue(again)).toEqual([]);
  await again.close();
});

test("a server that puts off is tried again when its time has come", async () => {
  const { home, server, clock } = await openOutbox(["put off the recipient"]);
  await makeReport(home, WEEK, BY_TIMETABLE);
  await deliverDue(home);
  expect(await statesOf(home)).toEqual([
    ["品質保証", "queued", "smtp-451"],
    ["商品企画", "sent", null],
  ]);
  expect(await deliverDue(home)).toEqual([]);
  clock.now = "2025-08-04T00:06:00Z";
  expect(await deliverDue(home)).toMatchObject([{ state: "sent" }]);
  expect(server.received).toHaveLength(2);
  await home.close();
});

test("a death between the server's yes and the journal sends one message more, with the same id", async () => {
  const { home, folder, server, clock } = await openOutbox();
  await makeReport(home, WEEK, BY_TIMETABLE);
  const { append } = home.streams.actions;
  home.streams.actions.append = () => Promise.reject(new Error("killed"));
  await expect(deliverDue(home)).rejects.toThrow("killed");
  home.streams.actions.append = append;
  await home.close();
  expect(server.received).toHaveLength(1);
  const again = await openWith(folder, server, clock);
  await deliverDue(again);
  expect(server.received).toHaveLength(3);
  expect(new Set(idsIn(server)).size).toBe(2);
  await again.close();
});

test("what was given up is sent when a person asks, as a new message", async () => {
  const { home, server } = await openOutbox(["refuse the recipient", "refuse the recipient"]);
  await makeReport(home, WEEK, BY_TIMETABLE);
  await deliverDue(home);
  expect(new Set((await statesOf(home)).map(([, state]) => state))).toEqual(new Set(["dead"]));
  const ask = { revision: 1, recipients: ["商品企画"], again: true };
  await askDeliveries(home, WEEK, ask);
  await deliverDue(home);
  await askDeliveries(home, WEEK, ask);
  await deliverDue(home);
  expect(server.received).toHaveLength(2);
  expect(new Set(idsIn(server)).size).toBe(2);
  await home.close();
});

test("a voice that should have been masked keeps the report in the house", async () => {
  const { home, server } = await openOutbox();
  await home.warehouse.connection.run(
    "update voices set text = '電話は090-1234-5678です' where received_on >= '2025-07-28'",
  );
  await makeReport(home, WEEK, BY_TIMETABLE);
  await deliverDue(home);
  expect(await statesOf(home)).toEqual([
    ["品質保証", "dead", "unmasked-text"],
    ["商品企画", "dead", "unmasked-text"],
  ]);
  expect(server.received).toEqual([]);
  await home.close();
});

test("a recipient who is no longer in the config is listed as given up", async () => {
  const { home, server } = await openOutbox();
  const ask = { revision: 1, recipients: ["退職者"], again: false };
  await makeReport(home, WEEK, { again: false, askedBy: "person" });
  await askDeliveries(home, WEEK, ask);
  await deliverDue(home);
  expect(await statesOf(home)).toEqual([["退職者", "dead", "not-in-config"]]);
  expect(server.received).toEqual([]);
  await home.close();
});

test("what is wrong in the config is listed in full, and mended it goes", async () => {
  const { home, folder, server, clock } = await openOutbox();
  await makeReport(home, WEEK, BY_TIMETABLE);
  await home.close();
  const smtp = { user: "voc", security: "tls", passwordFile: "/nowhere/password" } as const;
  const wrong = await openWith(folder, server, clock, { smtp });
  const [done] = await deliverDue(wrong);
  expect(done?.cause?.message).toContain("/nowhere/password が読めません");
  const [row] = await readDeliveries(wrong);
  expect(row).toMatchObject({ state: "queued", reason: "kizuki-config" });
  expect(row?.message).toBe(done?.cause?.message);
  await wrong.close();
  clock.now = "2025-08-04T00:06:00Z";
  const right = await openWith(folder, server, clock);
  await deliverDue(right);
  expect((await readDeliveries(right)).map(({ state, message }) => [state, message])).toEqual([
    ["sent", null],
    ["sent", null],
  ]);
  await right.close();
});

test("a message given up because the process is to end is due at once at the next start", async () => {
  const { home, folder, server, clock } = await openOutbox();
  await makeReport(home, WEEK, BY_TIMETABLE);
  await home.close();
  const now = new AbortController();
  const stop = { soon: neverStops.soon, now: now.signal };
  const stopping = await openWith(folder, { port: await startSilentServer() }, clock, { stop });
  const sending = deliverDue(stopping);
  now.abort();
  expect(await sending).toEqual([]);
  await stopping.close();
  const again = await openWith(folder, server, clock);
  expect(await deliverDue(again)).toMatchObject([{ state: "sent" }, { state: "sent" }]);
  await again.close();
});
