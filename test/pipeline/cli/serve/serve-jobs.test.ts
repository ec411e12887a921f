import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { tickOf } from "../../../../pipeline/cli/serve/serve-jobs.ts";
import type { Home } from "../../../../pipeline/home.ts";
import { silentLog } from "../../../../pipeline/log.ts";
import { silentReporter } from "../../../../pipeline/reporter.ts";
import { forgetClaims } from "../../../../pipeline/schedule/warehouse-ledger.ts";
import { deliverDue } from "../../../../reports/deliver/deliver-due.ts";
import { readDeliveries } from "../../../../reports/deliver/deliveries.ts";
import { fill, type Lined, openLined } from "../../../support/home-with-lines.ts";
import { type MailServer, startMailServer } from "../../../support/mail-server.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

/** Several reports a test, each with charts and forms. */
vi.setConfig({ testTimeout: 600_000 });

const MONDAY = "2025-08-04T09:30:00+09:00";

/** A terminal that remembers. */
function news() {
  const said: string[] = [];
  const told = {
    role: "serve",
    tell: (_event: string, _fields: unknown, japanese: string) => void said.push(japanese),
    tellFailure: (_event: string, _cause: unknown, _fields: unknown, japanese: string) =>
      void said.push(japanese),
    log: silentLog,
    reporter: silentReporter,
    isTerminal: false,
  } as const;
  return { said, told };
}

const deliverTo = ({ port }: MailServer, more: object = {}) => ({
  from: { address: "voc@example.jp" },
  smtp: { host: "127.0.0.1", port, security: "none", timeoutSeconds: 5 },
  domains: ["example.jp"],
  recipients: [
    { name: "庭園係", reports: ["weekly"], lines: ["庭園"], mail: "garden@example.jp" },
    {
      name: "本部",
      reports: ["weekly", "daily"],
      mail: "head@example.jp",
      attach: ["html", "xlsx"],
    },
    { name: "両方", reports: ["weekly"], lines: ["全体", "その他"], mail: "both@example.jp" },
  ],
  ...more,
});

async function openScheduled(more: object = {}, lines?: Lined["lines"]) {
  const server = await startMailServer([]);
  const lined: Lined = {
    folder: tempFolder(),
    clock: { now: MONDAY },
    deliver: deliverTo(server, more),
    ...(lines && { lines }),
  };
  const home = await openLined(lined);
  await fill(home);
  return { server, lined, home };
}

async function ledgerOf({ warehouse }: Home, job: string) {
  const reader = await warehouse.reader.runAndReadAll(
    "select period, state from ledger where job = $job order by period",
    { job },
  );
  return reader.getRowsJS();
}

async function valuesOf({ warehouse }: Home) {
  const reader = await warehouse.reader.runAndReadAll(
    "select job, period, revision, value from reports order by all",
  );
  return reader.getRowsJS();
}

const asked = async (home: Home) =>
  (await readDeliveries(home))
    .map(({ period, recipient, state }) => [period, recipient, state])
    .sort();

test("Monday's tick makes every line, the whole and yesterday's digest, and sends each to those who asked", async () => {
  const { home, server } = await openScheduled();
  const { said, told } = news();
  await tickOf(home, told)();
  expect(said).toContainEqual(expect.stringContaining("（ほかに商品ラインごとに 3 件）"));
  expect(await ledgerOf(home, "weekly")).toEqual([
    ["2025-W31", "done"],
    ["2025-W31.その他", "done"],
    ["2025-W31.庭園", "done"],
    ["2025-W31.街歩き", "done"],
  ]);
  expect(await ledgerOf(home, "daily")).toEqual([["2025-08-03", "done"]]);
  const expected = [
    ["2025-08-03", "本部"],
    ["2025-W31", "両方"],
    ["2025-W31", "本部"],
    ["2025-W31.その他", "両方"],
    ["2025-W31.庭園", "庭園係"],
  ].sort();
  expect(await asked(home)).toEqual(expected.map((row) => [...row, "queued"]));
  await deliverDue(home);
  expect(await asked(home)).toEqual(expected.map((row) => [...row, "sent"]));
  const before = await valuesOf(home);
  await tickOf(home, told)();
  expect(await deliverDue(home)).toEqual([]);
  expect(server.received).toHaveLength(5);
  expect(await valuesOf(home)).toEqual(before);
  const daily = server.received.find((message) => message.includes("2025-08-03.html"));
  expect(daily).toBeDefined();
  expect(daily).not.toContain("2025-08-03.xlsx");
  await home.close();
});

test("a kill between a line's report and the whole's makes none twice, and sends none twice", async () => {
  const { home, lined, server } = await openScheduled();
  const { append } = home.streams.actions;
  let left = 2;
  home.streams.actions.append = (...given) => {
    left -= 1;
    return left < 0
      ? Promise.reject(new Error("killed"))
      : append.apply(home.streams.actions, given);
  };
  const first = news();
  await tickOf(home, first.told)();
  expect(first.said.join()).toContain("2025-W31 の週次の報告書を作れません");
  const made = await valuesOf(home);
  expect(made.map(([, period]) => period)).toEqual(["2025-W31.庭園", "2025-W31.街歩き"]);
  home.streams.actions.append = append;
  await deliverDue(home);
  await home.close();
  const again = await openLined(lined);
  await forgetClaims(again);
  await tickOf(again, news().told)();
  await deliverDue(again);
  expect(
    (await valuesOf(again)).slice(-4).map(([, period, revision]) => [period, revision]),
  ).toEqual([
    ["2025-W31", 1],
    ["2025-W31.その他", 1],
    ["2025-W31.庭園", 1],
    ["2025-W31.街歩き", 1],
  ]);
  expect(await valuesOf(again)).toEqual(expect.arrayContaining(made));
  expect(server.received.filter((message) => message.includes("To: garden@"))).toHaveLength(1);
  await again.close();
});

test("what is frozen is rendered to the same bytes, of a line and of a day too", async () => {
  const { home } = await openScheduled();
  await tickOf(home, news().told)();
  const folder = (job: string) => join(home.config.home, "reports", job);
  const bytes = () =>
    ["weekly", "daily"].flatMap((job) =>
      readdirSync(folder(job)).map((file) => [file, readFileSync(join(folder(job), file), "utf8")]),
    );
  const before = bytes();
  expect(existsSync(join(folder("weekly"), "2025-W31.その他.html"))).toBe(true);
  await home.warehouse.connection.run("delete from voices");
  const { makeReport } = await import("../../../../reports/frozen/make-report.ts");
  const { parseReportPeriod } = await import("../../../../pipeline/period.ts");
  for (const name of ["2025-W31.その他", "2025-08-03"]) {
    const period = parseReportPeriod(name);
    if (period === undefined) throw new Error(name);
    await makeReport(home, period, { again: false, askedBy: "person" });
  }
  expect(bytes()).toEqual(before);
  await home.close();
});

test("after a month down three digests are made and the older ones are said to be left out; only yesterday's is sent", async () => {
  const { home, lined } = await openScheduled({}, []);
  await tickOf(home, news().told)();
  lined.clock.now = "2025-09-01T09:30:00+09:00";
  const { said, told } = news();
  await tickOf(home, told)();
  expect(said.join("\n")).toContain(
    "2025-08-04 から 2025-08-28 までの日次の報告書 25 件は、古いので作りません",
  );
  expect((await ledgerOf(home, "daily")).map(([period]) => period)).toEqual([
    ...["2025-08-03", "2025-08-29", "2025-08-30", "2025-08-31"],
  ]);
  const weeks = (await ledgerOf(home, "weekly")).map(([period]) => period);
  expect(weeks).toEqual(["2025-W31", "2025-W32", "2025-W33", "2025-W34", "2025-W35"]);
  const sent = (await asked(home)).map(([period]) => period);
  expect(sent).toContain("2025-08-31");
  expect(sent).not.toContain("2025-08-30");
  await tickOf(home, told)();
  expect(said.filter((line) => line.includes("古いので作りません"))).toHaveLength(1);
  await home.close();
});

test("a digest of a day without any voice is made, and by the config's wish not sent", async () => {
  const { home, lined } = await openScheduled({ skipEmptyDaily: true }, []);
  lined.clock.now = "2025-08-06T09:30:00+09:00";
  await tickOf(home, news().told)();
  expect(await ledgerOf(home, "daily")).toEqual([["2025-08-05", "done"]]);
  expect((await asked(home)).map(([period]) => period)).not.toContain("2025-08-05");
  await home.close();
});
