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
  ["1", "2025-12-29", "味は良いが袋が開けにくいです"],
  ["2", "2025-12-29", "特になし"],
  ["3", "2025-12-30", "駅から遠くて行きにくいと思いました"],
  ["4", "2025-12-31", "係の人がとても親切に教えてくれました"],
];

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
        index === 3 ? words : `店で聞いた声その${index}です`,
      ],
    ),
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
