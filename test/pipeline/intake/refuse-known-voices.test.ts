import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { pumpVoices } from "../../../pipeline/enrich/pump.ts";
import { workerSettings } from "../../../pipeline/enrich/worker-messages.ts";
import { WorkerPool } from "../../../pipeline/enrich/worker-pool.ts";
import type { Home } from "../../../pipeline/home.ts";
import { SourceDescription } from "../../../pipeline/intake/source.ts";
import { takeInFile } from "../../../pipeline/intake/take-in-file.ts";
import { silentReporter } from "../../../pipeline/reporter.ts";
import { openTestHome } from "../../support/home-with-voices.ts";
import { openOne } from "../../support/open-one.ts";
import { tempFolder } from "../../support/temp-folder.ts";

/** Without models. */
const WORKER = fileURLToPath(new URL("../../support/poison-worker.ts", import.meta.url));

type Row = readonly [id: string, at: string, words: string];

const ROWS: readonly Row[] = [
  ["1", "2025-12-29", "味は良いのですが袋が開けにくくて毎回困っています"],
  ["2", "2025-12-29", "特になし"],
  ["3", "2025-12-30", "駅から遠くて荷物があると行きにくいと思いました"],
  ["4", "2025-12-31", "係の人がとても親切に道順まで教えてくれました"],
];

const STOCK: readonly Row[] = [
  ["1", "2025-12-29", "とても美味しかったです。"],
  ["2", "2025-12-29", "特に不満はありません。"],
  ["3", "2025-12-29", "また利用したいと思います。"],
  ["4", "2025-12-29", "スタッフの対応が良かったです。"],
];

const OWN: Row = ["9", "2025-12-29", "店の入口が暗くて探すのに時間がかかりました"];

/** Saved anew: other bytes, the same voices. */
const shuffled = ROWS.toReversed();

function sourceNamed(name: string, { id = true } = {}): SourceDescription {
  const columns = { receivedAt: "日付", verbatim: "ご意見", ...(id && { id: "番号" }) };
  return SourceDescription.parse({ name, channel: "survey", columns });
}

type Given = { readonly rows: readonly Row[]; readonly source: SourceDescription };

async function takeIn(home: Home, { rows, source }: Given, anyway = false) {
  const path = join(tempFolder(), "voices.csv");
  writeFileSync(path, ["番号,日付,ご意見", ...rows.map((row) => row.join(","))].join("\n"));
  const file = await openOne(path, { source, identityKey: home.identityKey() });
  const how = { reporter: silentReporter, said: new Set<string>(), anyway };
  return await takeInFile(home, file, how);
}

/** A home that has taken in and loaded a file. */
async function homeWith(given: Given): Promise<Home> {
  const home = await openTestHome(tempFolder());
  await takeIn(home, given);
  const pool = new WorkerPool(1, workerSettings(home.config), { script: WORKER });
  await pumpVoices(home, pool, { advance: () => undefined, stage: () => undefined });
  pool.close();
  return home;
}

const known = { rows: ROWS, source: sourceNamed("desk") };
const unnumbered = { rows: ROWS, source: sourceNamed("desk", { id: false }) };

test.each([
  { why: "by the same numbers and times", before: known, source: sourceNamed("shop") },
  {
    why: "by words and times, where neither has numbers",
    before: unnumbered,
    source: sourceNamed("shop", { id: false }),
  },
  {
    why: "by words and times, where only the second has numbers",
    before: unnumbered,
    source: sourceNamed("shop"),
  },
  {
    why: "by words and times, where only the first has numbers",
    before: known,
    source: sourceNamed("shop", { id: false }),
  },
])(
  "a file saved anew is known under another source's name $why, and nothing of it is taken in",
  async ({ before, source }) => {
    const home = await homeWith(before);
    const { nextOffset } = home.streams.raw;
    await expect(takeIn(home, { rows: shuffled, source })).rejects.toThrow(
      /声のうち 3 件は、取り込み元「desk」から取り込み済み.*--anyway/,
    );
    expect(home.streams.raw.nextOffset).toBe(nextOffset);
    expect(await takeIn(home, { rows: shuffled, source }, true)).toMatchObject({ rows: 4 });
    expect(home.streams.raw.nextOffset).toBe(nextOffset + 4);
    await home.close();
  },
);

test("mails are known by their own words, whatever they quote and however they are signed", async () => {
  const home = await homeWith(known);
  const quoting = ROWS.map(
    ([id, at, words]): Row => [id, at, `"${words}\n> 担当者がお調べします\n-- \n山田"`],
  );
  const source = SourceDescription.parse({ ...sourceNamed("box", { id: false }), channel: "mail" });
  await expect(takeIn(home, { rows: quoting, source })).rejects.toThrow(/声のうち 4 件は/);
  await home.close();
});

test.each([
  { why: "of the same source", before: known, rows: shuffled, source: known.source },
  {
    why: "whose numbers are the same, at other times",
    before: known,
    rows: ROWS.map(([id, , words]): Row => [id, "2026-01-04", `${words}。二度目です`]),
    source: sourceNamed("shop"),
  },
  {
    why: "whose running numbers and days are the same, with other words",
    before: known,
    rows: ROWS.map(([id, at], index): Row => [id, at, `店の窓口で聞いた声その${index}です`]),
    source: sourceNamed("shop"),
  },
  {
    why: "that shares one polite answer",
    before: unnumbered,
    rows: ROWS.map(
      ([id, at, words], index): Row => [
        id,
        at,
        index === 3 ? words : `店の窓口で時間をかけて聞いた声その${index}です`,
      ],
    ),
    source: sourceNamed("shop", { id: false }),
  },
  {
    why: "that shares stock answers of a day",
    before: { rows: STOCK, source: sourceNamed("desk", { id: false }) },
    rows: [...STOCK.slice(1), OWN],
    source: sourceNamed("shop", { id: false }),
  },
  {
    why: "that shares no more than short answers",
    before: unnumbered,
    rows: ROWS.map(
      ([id, at], index): Row => [
        `s${id}`,
        at,
        index === 1 ? "特になし" : `店の声その${index}、長い文`,
      ],
    ),
    source: sourceNamed("shop", { id: false }),
  },
])("a file $why is taken in", async ({ before, rows, source }) => {
  const home = await homeWith(before);
  expect(await takeIn(home, { rows, source })).toMatchObject({ rows: 4 });
  await home.close();
});

test("a file of which less than a tenth is known is taken in", async () => {
  const home = await homeWith(known);
  const others = Array.from(
    { length: 31 },
    (_, index): Row => [`s${index}`, "2025-12-29", `ほかの店で聞いた声その${index}です`],
  );
  const source = sourceNamed("shop");
  expect(await takeIn(home, { rows: [...ROWS, ...others], source })).toMatchObject({ rows: 35 });
  await home.close();
});
