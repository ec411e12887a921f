import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { cleanFiles } from "../../../pipeline/cli/vault-forget.ts";
import { loadConfig } from "../../../pipeline/config.ts";
import { openHome } from "../../../pipeline/home.ts";
import { keysFromText } from "../../../pipeline/keys.ts";
import { monthOf, type Period, weekOf } from "../../../pipeline/period.ts";
import { forgetVoices } from "../../../pipeline/vault/forget-voices.ts";
import { makeReport } from "../../../reports/frozen/make-report.ts";
import { contrastWithWhite } from "../../../reports/theme/theme.ts";
import { readThemeFile } from "../../../reports/theme/theme-file.ts";
import { fillWarehouse } from "../../support/report-warehouse.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
const OWN_SQL = `select place, count(*) as voices, 0.5 as negative_share
from voices where received_on >= $from::date and received_on < $until::date
group by place order by voices desc, place`;
const OWN = {
  id: "places",
  title: "場所ごとの声",
  after: "priorities",
  sql: "places.sql",
  columns: { place: "場所", voices: "件数" },
  line: "{place}から{voices}件です。",
  table: true,
};
const THEME = {
  company: "<北陸>観光株式会社",
  logo: "logo.png",
  accent: "#7A1F3D",
  words: { weekly: "週次VOCMTG資料" },
  products: ["温泉券"],
  hide: ["terms"],
  sections: [OWN],
};

function writeTheme(theme: object, sql = OWN_SQL): string {
  const folder = tempFolder();
  writeFileSync(join(folder, "logo.png"), PIXEL);
  writeFileSync(join(folder, "places.sql"), sql);
  const path = join(folder, "theme.yaml");
  writeFileSync(path, stringify(theme));
  return path;
}

async function openThemed(theme: string) {
  const home = tempFolder();
  const config = {
    ...loadConfig({ home, file: undefined, workingFolder: home }),
    taxonomies: ["tourism"],
    theme,
  };
  const clock = () => new Date("2025-08-04T00:00:00Z");
  const opened = await openHome(config, keysFromText("ab".repeat(32)), clock);
  const shape = { from: "2025-06-02", weeks: 9, voicesPerWeek: 24 };
  await fillWarehouse(opened.warehouse.connection, shape);
  const make = async (period: Period, forms: readonly ("html" | "md" | "json" | "pptx")[]) => {
    const made = await makeReport(opened, period, { again: false, askedBy: "person", forms });
    return made.files.map((file) => readFileSync(file, "utf8"));
  };
  return { opened, make };
}

test("a company's own form: name, sign, colour, words, own section, one section less", async () => {
  const { opened, make } = await openThemed(writeTheme(THEME));
  const [html = "", , markdown = ""] = await make(weekOf("2025-08-01"), ["html", "md"]);
  expect(html).toContain("&#60;北陸&#62;観光株式会社");
  expect(html).toContain(`src="data:image/png;base64,${PIXEL.toString("base64")}"`);
  expect(html).toContain("img-src data:");
  expect(html).toContain("--accent:#7a1f3d");
  expect(html).not.toContain("#164a7c");
  expect(html).toContain("週次VOCMTG資料");
  const order = ["優先事項", "場所ごとの声", "話題と感情"].map((title) =>
    html.indexOf(`>${title}</h2>`),
  );
  expect(order).toEqual([...order].sort((one, other) => one - other));
  expect(html).not.toContain("増えたことば");
  expect(markdown).toMatch(/## 場所ごとの声\n\n1\. .+から\d+件です。/);
  expect(markdown).toMatch(/\| 場所 +\| 件数 \| negative\\_share \|/);
  expect(markdown).toContain("50.0%");
  expect(markdown).toContain("## 商品ごとの声");
  await opened.close();
});

test("the theme is frozen with the report: a later change reaches only the next revision", async () => {
  const theme = writeTheme(THEME);
  const { opened, make } = await openThemed(theme);
  const before = await make(weekOf("2025-08-01"), ["html", "json"]);
  writeFileSync(theme, stringify({ company: "別の会社" }));
  expect(await make(weekOf("2025-08-01"), ["html", "json"])).toEqual(before);
  await opened.close();
});

test("of a forgotten voice no own section tells: none knows whose words its rows hold", async () => {
  const sql =
    "select concat('ひみ', 'つ', text) as place, 1 as voices from voices order by place limit 3";
  const { opened, make } = await openThemed(writeTheme(THEME, sql));
  const [before = "", , json = ""] = await make(weekOf("2025-08-01"), ["html", "json"]);
  expect(before).toContain("ひみつ");
  const [voiceId = ""] = Object.keys(JSON.parse(json).voices);
  await forgetVoices(opened, [voiceId], { mode: "pseudonymise", author: "林", reason: "求め" });
  await cleanFiles(opened);
  const rows = await opened.warehouse.reader.runAndReadAll("select value from reports");
  expect(String(rows.getRowsJS()[0]?.[0])).not.toContain("ひみつ");
  const [html = "", , after = ""] = await make(weekOf("2025-08-01"), ["html", "json"]);
  expect(html).not.toContain("ひみつ");
  expect(JSON.parse(after).theme.sections).toMatchObject([
    { id: "places", rows: [], lines: ["（消去された声です）"] },
  ]);
  expect(html.split(">場所ごとの声</h2>")[1]?.slice(0, 200)).toContain("（消去された声です）");
  expect(html).not.toContain("この期間に当てはまるものはありません");
  await opened.close();
});

test("the month keeps its one page; the company's own sections stand on the next", async () => {
  const { opened, make } = await openThemed(writeTheme(THEME));
  const [html = ""] = await make(monthOf("2025-07-01"), ["html", "pptx"]);
  const sheet = html.indexOf('class="sheet"');
  expect(html.indexOf('<div style="break-before:page">')).toBeGreaterThan(sheet);
  expect(html.indexOf(">場所ごとの声</h2>")).toBeGreaterThan(
    html.indexOf('<div style="break-before:page">'),
  );
  await opened.close();
});

test.each([
  { why: "two statements", sql: "select 1 as a; select 2 as b", message: "文が 2 個あります" },
  { why: "a statement that writes", sql: "delete from voices", message: "SELECT ではありません" },
  { why: "an unknown parameter", sql: "select $day as day", message: "$day という値はありません" },
  {
    why: "an unknown table",
    sql: "select * from nowhere",
    message: "「場所ごとの声」 の SQL が動きません",
  },
])("$why in a section's SQL is said, and nothing is frozen", async ({ sql, message }) => {
  const { opened, make } = await openThemed(writeTheme(THEME, sql));
  await expect(make(weekOf("2025-08-01"), ["html"])).rejects.toThrow(message);
  const rows = await opened.warehouse.reader.runAndReadAll("select * from reports");
  expect(rows.currentRowCount).toBe(0);
  await opened.close();
});

test("a colour that cannot be read on white, and a sign that is no picture or too large, are refused", () => {
  expect(contrastWithWhite("#ffffff")).toBeCloseTo(1);
  expect(contrastWithWhite("#000000")).toBeCloseTo(21);
  // WCAG's often quoted border case.
  expect(contrastWithWhite("#767676")).toBeCloseTo(4.54, 2);
  expect(() => readThemeFile(writeTheme({ accent: "#ffcc00" }))).toThrow("4.5 以上");
  expect(() => readThemeFile(writeTheme({ logo: "places.sql" }))).toThrow("PNG か JPEG");
  const large = writeTheme({ logo: "logo.png" });
  writeFileSync(join(large, "../logo.png"), Buffer.concat([PIXEL, Buffer.alloc(70_000)]));
  expect(() => readThemeFile(large)).toThrow("65536 バイト以下");
  const broken = writeTheme({});
  writeFileSync(broken, "company: [");
  expect(() => readThemeFile(broken)).toThrow(`${broken} は YAML として読めません`);
  expect(() => readThemeFile(writeTheme({ colour: "#000000" }))).toThrow("誤りがあります");
});
