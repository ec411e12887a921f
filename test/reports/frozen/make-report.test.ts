import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { loadConfig } from "../../../pipeline/config.ts";
import { openHome } from "../../../pipeline/home.ts";
import { keysFromText } from "../../../pipeline/keys.ts";
import { monthOf, periodOf, weekOf } from "../../../pipeline/period.ts";
import { Action } from "../../../pipeline/schema/action.ts";
import { makeReport } from "../../../reports/frozen/make-report.ts";
import { WeeklyReport } from "../../../reports/weekly/weekly-report.ts";
import { fillWarehouse, insert } from "../../support/report-warehouse.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const WEEK = weekOf("2025-08-01");
const ONCE = { again: false, askedBy: "person" } as const;
const PAGES = ["html", "json", "md"] as const;
const AGAIN = { again: true, askedBy: "person" } as const;

async function openFilled() {
  const home = tempFolder();
  const config = {
    ...loadConfig({ home, file: undefined, workingFolder: home }),
    taxonomies: ["tourism"],
    expectedSources: ["hokuriku"],
  };
  const clock = () => new Date("2025-08-04T00:00:00Z");
  const opened = await openHome(config, keysFromText("ab".repeat(32)), clock);
  await fillWarehouse(opened.warehouse.connection, {
    from: "2025-06-02",
    weeks: 9,
    voicesPerWeek: 24,
  });
  return opened;
}

function valueIn(files: readonly string[]): WeeklyReport {
  const path = files.find((file) => file.endsWith(".json")) ?? "";
  return WeeklyReport.parse(JSON.parse(readFileSync(path, "utf8")));
}

test("a report made again is the second revision and corrects the first, as it was stored", async () => {
  const home = await openFilled();
  const first = valueIn((await makeReport(home, WEEK, ONCE)).files);
  expect(first).toMatchObject({ revision: 1, correction: null, taxonomyVersion: 3 });
  await home.warehouse.connection.run("delete from segment_topics where topic = 'parking'");
  const kept = valueIn((await makeReport(home, WEEK, ONCE)).files);
  expect(kept).toEqual(first);
  const second = valueIn((await makeReport(home, WEEK, AGAIN)).files);
  expect(second).toMatchObject({ revision: 2, correction: { revision: 1 } });
  expect(second.correction?.lines.at(-1)).toMatchObject({ after: { count: 0 } });
  await home.close();
});

test("a fourth revision shows what changed since the two before it, and sends back who holds the first", async () => {
  const home = await openFilled();
  const forms = ["html", "md"] as const;
  const topicGone = (topic: string) =>
    home.warehouse.connection.run(`delete from segment_topics where topic = '${topic}'`);
  await makeReport(home, WEEK, ONCE);
  await makeReport(home, WEEK, AGAIN);
  await topicGone("parking");
  await makeReport(home, WEEK, AGAIN);
  const { files } = await makeReport(home, WEEK, { ...AGAIN, forms });
  const { correction } = valueIn(files);
  expect(correction).toMatchObject({ revision: 3, older: [{ revision: 2, asOf: "2025-08-04" }] });
  const parking = correction?.lines.find(({ label }) => label.includes("駐車場"));
  expect(parking).toMatchObject({ before: { count: 0 }, after: { count: 0 } });
  const page = (ending: string) =>
    readFileSync(files.find((file) => file.endsWith(`${WEEK.name}.${ending}`)) ?? "", "utf8");
  const [html, md] = [page("html"), page("md")];
  const old = parking?.older?.[0]?.count;
  expect(old).toBeGreaterThan(0);
  expect(html).toContain(
    '<th class="num">第2版</th><th class="num">第3版</th><th class="num">今回',
  );
  expect(md).toMatch(
    new RegExp(`「駐車場」のネガティブな声 *[|] ${old}件 *[|] 0件 *[|] 0件 *[|] 第2版から：`),
  );
  for (const text of [html, md]) {
    expect(text).toContain("第1版をお持ちの方は、ここにない違いもありますので");
  }
  await home.close();
});

test("with all expected sources there, Monday's report is 確定", async () => {
  const home = await openFilled();
  const { completeness, provisional } = valueIn((await makeReport(home, WEEK, ONCE)).files);
  expect(completeness.expected).toEqual([{ source: "hokuriku", hasArrived: true }]);
  expect(provisional).toBe(false);
  await home.close();
});

test("a frozen value of an older format is not rendered by guess; a new revision can be made", async () => {
  const home = await openFilled();
  await insert(home.warehouse.connection, "frozen_reports", [
    {
      job: "weekly",
      period: WEEK.name,
      revision: 1,
      made_at: "2025-08-04 00:00:00+00",
      piece: 0,
      text: JSON.stringify({ format: 1 }),
    },
  ]);
  await expect(makeReport(home, WEEK, ONCE)).rejects.toThrow("古い形式");
  const second = valueIn((await makeReport(home, WEEK, AGAIN)).files);
  expect(second).toMatchObject({ revision: 2, correction: null });
  await home.close();
});

test("the forms that are asked for lie beside the value, rendered from what was frozen", async () => {
  const home = await openFilled();
  const { files } = await makeReport(home, WEEK, ONCE);
  await home.warehouse.connection.run("delete from voices");
  const again = await makeReport(home, WEEK, { ...ONCE, forms: ["md", "xlsx"] });
  const endings = again.files.map((file) => basename(file));
  expect(endings).toEqual(["2025-W31.md", "2025-W31.xlsx", "2025-W31.json"]);
  expect(again.wasFrozen).toBe(true);
  const { all } = valueIn(files).figures;
  expect(readFileSync(again.files[0] ?? "", "utf8")).toContain(`声 ${all?.value} 件`);
  await home.close();
});

test.each([WEEK, monthOf("2025-07-01"), periodOf("daily", "2025-08-01")])(
  "the pages of $name are those that its frozen value gives when it is read back",
  async (period) => {
    const home = await openFilled();
    const { files } = await makeReport(home, period, { ...ONCE, forms: PAGES });
    const written = files.map((file) => readFileSync(file, "utf8"));
    await home.warehouse.connection.run("delete from voices");
    const again = await makeReport(home, period, { ...ONCE, forms: PAGES });
    expect(again).toMatchObject({ wasFrozen: true, files });
    expect(files.map((file) => readFileSync(file, "utf8"))).toEqual(written);
    await home.close();
  },
);

test("a new revision leaves no form of the one before it; what is frozen may be asked for form by form", async () => {
  const home = await openFilled();
  const forms = ["html", "json", "md", "xlsx"] as const;
  const { files } = await makeReport(home, WEEK, { ...ONCE, forms });
  await makeReport(home, WEEK, { ...ONCE, forms: ["md"] });
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
  const again = await makeReport(home, WEEK, { ...AGAIN, forms: ["md"] });
  expect(files.filter((file) => existsSync(file))).toEqual(again.files);
  await home.close();
});

test("no file is touched before the revision is kept: where it cannot be, those of the one before stay", async () => {
  const home = await openFilled();
  const { files } = await makeReport(home, WEEK, ONCE);
  const written = files.map((file) => readFileSync(file, "utf8"));
  await home.warehouse.connection.run(`
    create or replace table frozen_reports
    (job varchar, period varchar, revision integer check (revision < 2), made_at timestamptz, piece integer, text varchar)
  `);
  await insert(home.warehouse.connection, "frozen_reports", [
    {
      job: "weekly",
      period: WEEK.name,
      revision: 1,
      made_at: "2025-08-04 00:00:00+00",
      piece: 0,
      text: written.at(-1) ?? "",
    },
  ]);
  await expect(makeReport(home, WEEK, AGAIN)).rejects.toThrow("CHECK constraint");
  expect(files.map((file) => readFileSync(file, "utf8"))).toEqual(written);
  await home.close();
});

test("the action that freezes a revision has one id in every home", async () => {
  const idsOf = async () => {
    const home = await openFilled();
    await makeReport(home, WEEK, ONCE);
    await makeReport(home, WEEK, AGAIN);
    const ids: string[] = [];
    for await (const { records } of home.streams.actions.readFrom(0)) {
      const made = z
        .array(Action)
        .parse(records)
        .filter(({ type }) => type === "report-made");
      ids.push(...made.map(({ actionId }) => actionId));
    }
    await home.close();
    return ids;
  };
  const ids = await idsOf();
  expect(new Set(ids).size).toBe(2);
  expect(await idsOf()).toEqual(ids);
});

test("what lies in home is its user's alone, though the folder is open to others", async () => {
  process.umask(0o022);
  const home = await openFilled();
  const folder = home.config.home;
  chmodSync(folder, 0o755);
  await makeReport(home, WEEK, ONCE);
  await home.vault();
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  expect(files).toEqual(expect.arrayContaining(["home.json", "vault.duckdb", "warehouse.duckdb"]));
  const open = files.filter((file) => (statSync(join(folder, file)).mode & 0o077) !== 0);
  expect(open).toEqual([]);
  await home.close();
});
