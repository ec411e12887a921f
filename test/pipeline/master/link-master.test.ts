import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import type { Home } from "../../../pipeline/home.ts";
import { linkMaster } from "../../../pipeline/master/link-master.ts";
import { weekOf } from "../../../pipeline/period.ts";
import { maskField } from "../../../pipeline/text/mask/mask-field.ts";
import { forgetVoices } from "../../../pipeline/vault/forget-voices.ts";
import { execute } from "../../../pipeline/warehouse/query.ts";
import { makeReport } from "../../../reports/frozen/make-report.ts";
import { warehouseEffects } from "../../../reports/read-warehouse.ts";
import { uuidOf } from "../../support/enriched-voice.ts";
import { openTestHome, publishVoices } from "../../support/home-with-voices.ts";
import { runKizuki } from "../../support/run-kizuki.ts";
import { tempFolder } from "../../support/temp-folder.ts";

// Each link of new voices reads the dictionary.
vi.setConfig({ testTimeout: 240_000 });

const JAN = "4901330123451";
const PRODUCTS = `code,name,jan,aliases\nP1,ポテトチップスうすしお味,${JAN},ポテチ うすしお 60g｜ポテチ\nP2,じゃがビー,,\n`;
const AT = "2025-07-01T10:00:00+09:00";
const VOICES = [
  ["a", "ポテチが割れていた", AT, { product: "ﾎﾟﾃﾁ うすしお 60g" }],
  ["b", "味が薄い", AT, { product: "ポテトチップスうすしお味", place: "ぎんざ" }],
  ["c", "袋が開かない", AT, { product: JAN, place: "銀座店" }],
  ["d", "😀じゃがびーが固い", AT, { product: "ほかの品" }],
] as const;

const WrittenReport = z.object({
  voices: z.record(z.string(), z.object({ product: z.string().nullable() })),
  exposure: z.object({
    rows: z.array(z.object({ subject: z.string() })),
    missing: z.array(z.string()),
  }),
});

async function homeWith(
  products: string,
  more = "",
): Promise<{ home: Home; folder: string; file: string }> {
  const root = tempFolder();
  const folder = join(root, "home");
  mkdirSync(folder);
  const file = join(folder, "products.csv");
  writeFileSync(file, products);
  writeFileSync(join(folder, "stores.csv"), "code,name,aliases\nS1,銀座店,ぎんざ\n");
  writeFileSync(
    join(folder, "kizuki.yaml"),
    `master: { products: ./products.csv, stores: ./stores.csv }\n${more}`,
  );
  const home = await openTestHome(folder, { file: join(folder, "kizuki.yaml") });
  await publishVoices(home, "2025.csv", VOICES);
  return { home, folder, file };
}

async function rows({ warehouse }: Home, sql: string): Promise<unknown[][]> {
  return (await warehouse.reader.runAndReadAll(sql)).getRowsJS();
}

const MENTIONS = `select product_code, m.voice_id = v.voice_id,
  substr(v.text, m.span_start + 1, m.span_end - m.span_start)
  from product_mentions as m join voices as v on v.voice_id = m.voice_id order by all`;

test("a code, a JAN and an alias in the product's cell are one product in every question of the reports", async () => {
  const { home } = await homeWith(PRODUCTS);
  await linkMaster(home);
  const effects = warehouseEffects(home.warehouse.reader);
  const periods = { previousFrom: "2025-06-23", from: "2025-06-30", until: "2025-07-07" };
  const { rows: subjects } = await effects.readNegativeBySubject(periods, "product");
  expect(subjects.map(({ subject, voice_count }) => [subject, voice_count])).toEqual([
    ["ほかの品", 1],
    ["ポテトチップスうすしお味", 3],
  ]);
  const { rows: stores } = await effects.readNegativeBySubject(periods, "place");
  expect(stores.map(({ subject, voice_count }) => [subject, voice_count])).toEqual([["銀座店", 2]]);
  const { rows: products } = await effects.readProducts(periods);
  expect(products.map(({ product }) => product)).toEqual(["ほかの品", "ポテトチップスうすしお味"]);
  // What the source wrote stays where it was.
  expect(await rows(home, "select count(distinct product)::int from voices")).toEqual([[4]]);
  await home.close();
});

test("a report links before it is made, also what was sold by code", async () => {
  const { home, folder } = await homeWith(PRODUCTS, "exposure: { file: ./sales.csv }\n");
  writeFileSync(
    join(folder, "sales.csv"),
    "product,from,until,units\nP1,2025-06-01,2025-08-01,1000000\n",
  );
  const { files } = await makeReport(home, weekOf("2025-07-01"), {
    again: false,
    askedBy: "person",
    forms: ["json"],
  });
  const report = WrittenReport.parse(JSON.parse(readFileSync(files[0] ?? "", "utf8")));
  expect(new Set(Object.values(report.voices).map(({ product }) => product))).toEqual(
    new Set(["ポテトチップスうすしお味", "ほかの品"]),
  );
  expect(report.exposure.rows.map(({ subject }) => subject)).toEqual(["ポテトチップスうすしお味"]);
  expect(report.exposure.missing).toEqual(["ほかの品"]);
  await home.close();
});

test("texts name products with their span, once however often they are searched", async () => {
  const { home } = await homeWith(PRODUCTS);
  expect((await linkMaster(home)).isNew).toBe(true);
  const once = [
    ["P1", true, "ポテチ"],
    ["P2", true, "じゃがびー"],
  ];
  expect(await rows(home, MENTIONS)).toEqual(once);
  expect((await linkMaster(home)).isNew).toBe(false);
  expect(await rows(home, MENTIONS)).toEqual(once);
  await publishVoices(home, "later.csv", [["e", "じゃがビーを三つ", AT, { product: JAN }]]);
  await linkMaster(home);
  expect(await rows(home, MENTIONS)).toEqual([
    once[0],
    ["P2", true, "じゃがびー"],
    ["P2", true, "じゃがビー"],
  ]);
  expect(await rows(home, "select count(product_code)::int from named_voices")).toEqual([[4]]);
  await home.close();
});

test("a table that has changed reaches all history, and what it no longer says goes", async () => {
  const { home, file } = await homeWith(PRODUCTS);
  await linkMaster(home);
  writeFileSync(file, "code,name,aliases\nP9,割れにくい袋,袋｜ほかの品\n");
  expect((await linkMaster(home)).isNew).toBe(true);
  expect(await rows(home, MENTIONS)).toEqual([["P9", true, "袋"]]);
  expect(
    await rows(
      home,
      "select product, product_code from named_voices where product_code is not null",
    ),
  ).toEqual([["割れにくい袋", "P9"]]);
  await home.close();
});

test("a table with a mistake changes nothing, and says so", async () => {
  const { home, file } = await homeWith(PRODUCTS);
  await linkMaster(home);
  writeFileSync(file, "code,name\nP1,\n");
  await expect(linkMaster(home)).rejects.toThrow("2 行目 name");
  expect(await rows(home, "select count(*)::int from product_mentions")).toEqual([[2]]);
  await home.close();
});

test("a voice with other words, or without any, no longer names what it named", async () => {
  const { home } = await homeWith(PRODUCTS);
  await linkMaster(home);
  await publishVoices(home, "again.csv", [["d", "袋が固い", AT]]);
  expect(await rows(home, MENTIONS)).toEqual([["P1", true, "ポテチ"]]);
  // The newest segment has gone: its id must not come again for words that were never searched.
  const voiceId = uuidOf("d");
  await linkMaster(home);
  const forget = { author: "山田", reason: "本人の求め", at: AT, mode: "delete" } as const;
  await home.streams.actions.append(
    [{ type: "voices-forgotten", actionId: voiceId, voiceIds: [voiceId], ...forget }],
    {},
  );
  await home.loader.loadActions(home.streams.actions);
  await publishVoices(home, "more.csv", [["f", "じゃがびーが好き", AT]]);
  await linkMaster(home);
  expect(await rows(home, MENTIONS)).toEqual([
    ["P1", true, "ポテチ"],
    ["P2", true, "じゃがびー"],
  ]);
  await home.close();
});

test("a voice that is forgotten while its words are searched names nothing afterwards", async () => {
  const { home } = await homeWith(PRODUCTS);
  const [segment] = await rows(
    home,
    `select segment_id::double from segments where voice_id = '${uuidOf("a")}'`,
  );
  await forgetVoices(home, [uuidOf("a")], {
    mode: "pseudonymise",
    author: "林",
    reason: "お申し出",
  });
  const found = { segmentId: segment?.[0], voiceId: uuidOf("a"), code: "P1", start: 0, end: 3 };
  const mentions = JSON.stringify([found]);
  await execute(home.warehouse.connection, "load/add_product_mentions.sql", { mentions });
  expect(await rows(home, MENTIONS)).toEqual([]);
  await home.close();
});

test("a product that kept its name and got another code is told apart by the voice's day", async () => {
  const { home } = await homeWith(
    "code,name,soldFrom,soldUntil\nA,ほかの品,,2025-06-30\nB,ほかの品,2025-07-01,\n",
  );
  await publishVoices(home, "june.csv", [
    ["g", "味が薄い", "2025-06-30T10:00:00+09:00", { product: "ほかの品" }],
  ]);
  await linkMaster(home);
  expect(
    await rows(
      home,
      "select product_code, count(*)::int from named_voices where product_code is not null group by all order by all",
    ),
  ).toEqual([
    ["A", 1],
    ["B", 1],
  ]);
  expect(await rows(home, "select count(*)::int from named_voices")).toEqual([[5]]);
  await home.close();
});

test("a JAN in the product's cell is no personal number to the mask", () => {
  expect(maskField(JAN)).toBe(JAN);
});

test("kizuki master says what is linked, what is not, and what cannot be used", async () => {
  const { home, folder, file } = await homeWith(`${PRODUCTS}P3,チップス,,ポテチ\n`);
  await home.close();
  const ran = await runKizuki(["master"], { home: folder });
  expect(ran.code).toBe(0);
  expect(ran.stdout).toContain("商品 3 件、店舗 1 件、窓口 0 件を読みました。");
  expect(ran.stdout).toContain("商品の列から 3 件、店舗の列から 2 件、本文の商品名から 1 件");
  expect(ran.stdout).toContain(
    "「ポテチ」は P1（ポテトチップスうすしお味）、P3（チップス） のどれを指すか",
  );
  expect(ran.stdout).toContain("  商品: ほかの品");
  writeFileSync(file, "code,name\nP1,\n");
  const doctor = await runKizuki(["doctor"], { home: folder });
  expect(doctor.stdout).toMatch(/× 商品などの表: 商品の表 .*products\.csv に 1 件の誤りがあります/);
});
