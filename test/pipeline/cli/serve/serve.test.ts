import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { openWarehouse } from "../../../../pipeline/warehouse/open-warehouse.ts";
import { runKizuki } from "../../../support/run-kizuki.ts";
import { startServer } from "../../../support/start-server.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

function voices(folder: string): string {
  const file = join(folder, "voices.csv");
  const rows = ["1,2025-12-30,駐車場が遠い", "2,2026-01-02,店員さんが親切でした"];
  writeFileSync(file, ["受付番号,日付,ご意見", ...rows].join("\n"));
  return file;
}

async function reportsIn(home: string): Promise<unknown[][]> {
  const warehouse = await openWarehouse(join(home, "warehouse.duckdb"));
  const sql = "select job, period, count(*)::int from reports group by all order by all";
  const reader = await warehouse.reader.runAndReadAll(sql);
  warehouse.close();
  return reader.getRowsJS();
}

test("a serve that is killed over Monday 08:00 makes up the report at its next start, once", async () => {
  const folder = tempFolder();
  const home = join(folder, "home");
  const { code } = await runKizuki(["import", voices(folder)], { home });
  expect(code).toBe(0);
  const eightMs = performance.now() + 10_000;
  const before = await startServer(home, { clock: "2026-01-05T07:59:50+09:00" });
  expect(existsSync(join(home, "reports/weekly/2026-W01.html"))).toBe(false);
  await sleep(eightMs - performance.now() + 1_000);
  before.kill("SIGKILL");
  await before.ended;
  const after = await startServer(home, { clock: "2026-01-05T08:01:00+09:00" });
  after.kill("SIGKILL");
  await after.ended;
  const later = await startServer(home, { clock: "2026-01-05T10:00:00+09:00" });
  later.kill("SIGTERM");
  expect((await later.ended).code).toBe(0);
  const made = await reportsIn(home);
  expect(made.filter(([, period]) => period === "2026-W01")).toEqual([["weekly", "2026-W01", 1]]);
  expect(made.filter(([job]) => job === "monthly")).toEqual([["monthly", "2025-12", 1]]);
  expect(readdirSync(join(home, "reports/weekly"))).toContain("2026-W01.html");
});

test("while serve runs, commands go through it and answer the same; a second serve is refused by name", async () => {
  const folder = tempFolder();
  const home = join(folder, "home");
  const server = await startServer(home);
  const imported = await runKizuki(["import", voices(folder), "--json"], { home });
  expect(JSON.parse(imported.stdout)).toMatchObject({ files: [{ rows: 2, voices: 2 }] });
  const report = ["report", "weekly", "--period", "2026-W01", "--json"];
  const reports = await Promise.all([1, 2, 3].map(() => runKizuki(report, { home })));
  const made = reports.map(({ stdout }) => JSON.parse(stdout));
  expect(made.map(({ revision }) => revision)).toEqual([1, 1, 1]);
  expect(made.filter(({ wasFrozen }) => !wasFrozen)).toHaveLength(1);
  const [status, added, second, broken] = await Promise.all([
    runKizuki(["status", "--json"], { home }),
    runKizuki(["awareness", "add", "--voice", "2", "--author", "林", "--reason", "読んで"], {
      home,
    }),
    runKizuki(["serve"], { home }),
    runKizuki(["awareness", "add", "--voice", "9", "--author", "林", "--reason", "読んで"], {
      home,
    }),
  ]);
  expect(JSON.parse(status.stdout)).toMatchObject({ voices: 2 });
  expect(added.code).toBe(0);
  expect(second.code).toBe(4);
  expect(second.stderr).toMatch(/プロセス番号 \d+/);
  expect(broken.code).toBe(3);
  server.kill("SIGTERM");
  await server.ended;
  const alone = await runKizuki(["status", "--json"], { home });
  expect(JSON.parse(alone.stdout)).toMatchObject({ voices: 2, awareness: 1 });
});

test("a file in the inbox is taken in and moved to done, an unreadable one and a link out of it to failed", async () => {
  const folder = tempFolder();
  const home = join(folder, "home");
  const inbox = join(folder, "inbox");
  mkdirSync(inbox);
  const config = join(folder, "kizuki.yaml");
  writeFileSync(config, "inbox: ./inbox\n");
  voices(inbox);
  writeFileSync(join(inbox, "odd.csv"), "a,b\n1,2\n");
  const outside = join(folder, "outside.csv");
  writeFileSync(outside, "受付番号,日付,ご意見\n9,2026-01-03,受け箱の外にある声です\n");
  symlinkSync(outside, join(inbox, "link.csv"));
  const server = await startServer(home, { args: ["--config", config] });
  for (let waited = 0; waited < 100 && readdirSync(inbox).length > 2; waited += 1) await sleep(500);
  server.kill("SIGTERM");
  await server.ended;
  const withReport = (name: string) => [name, `${name}.結果.txt`];
  expect(readdirSync(join(inbox, "done"))).toEqual(withReport("voices.csv"));
  expect(readdirSync(join(inbox, "failed"))).toEqual(["link.csv", "odd.csv"].flatMap(withReport));
  const reportOf = (path: string) => readFileSync(join(inbox, `${path}.結果.txt`), "utf8");
  expect(reportOf("done/voices.csv")).toContain("2 行 → 新しい声 2 件");
  expect(reportOf("failed/odd.csv")).toContain("受け箱に入れると、もう一度取り込みます");
  expect(existsSync(outside)).toBe(true);
});

test("a file of voices that another source brought fails in the inbox, and the command in its report takes it in", async () => {
  const folder = tempFolder();
  const [home, inbox, desk] = ["home", "inbox", "desk.yaml"].map((name) => join(folder, name));
  if (home === undefined || inbox === undefined || desk === undefined) throw new Error("three");
  mkdirSync(inbox);
  const config = join(folder, "kizuki.yaml");
  writeFileSync(config, "inbox: ./inbox\nsources: { 窓口: ./desk.yaml }\n");
  const columns = "columns: { receivedAt: 日付, verbatim: ご意見, id: 受付番号 }";
  writeFileSync(desk, `name: desk\nchannel: phone\n${columns}\n`);
  const heads = "受付番号,日付,ご意見";
  const rows = ["A-1,2025-12-30,駐車場が遠くて困りました", "A-2,2026-01-02,店員さんが親切でした"];
  const first = join(folder, "first.csv");
  writeFileSync(first, [heads, ...rows].join("\n"));
  expect((await runKizuki(["import", first, "--source", desk], { home })).code).toBe(0);
  const name = "it's again.csv";
  writeFileSync(join(inbox, name), [heads, ...rows.toReversed()].join("\n"));
  const server = await startServer(home, { args: ["--config", config] });
  await vi.waitFor(() => expect(readdirSync(inbox)).toHaveLength(2), 300_000);
  const report = readFileSync(join(inbox, "failed", `${name}.結果.txt`), "utf8");
  expect(report).toContain("取り込み元「desk」から取り込み済み");
  const commands = report.split("\n").filter((line) => line.startsWith("kizuki "));
  // As a shell reads it.
  const [same, args = []] = commands.map((command) => {
    const words = `kizuki() { printf '%s\\n' "$@"; }\n${command}`;
    return execFileSync("sh", ["-c", words], { encoding: "utf8" }).trimEnd().split("\n");
  });
  const path = join(inbox, "failed", name);
  expect(same).toEqual(["import", path, "--source", "窓口"]);
  expect(args).toEqual(["import", path, "--anyway"]);
  const ran = await runKizuki(["--config", config, ...args, "--json"], { home });
  server.kill("SIGTERM");
  await server.ended;
  expect(JSON.parse(ran.stdout)).toMatchObject({ files: [{ rows: 2, voices: 2 }] });
}, 600_000);
