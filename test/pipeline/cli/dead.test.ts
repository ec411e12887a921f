import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWarehouse } from "../../../pipeline/warehouse/open-warehouse.ts";
import { exactRowsOfHome } from "../../support/home-rows.ts";
import { runKizuki } from "../../support/run-kizuki.ts";
import { startServer } from "../../support/start-server.ts";
import { removeFolder, sharedFolder } from "../../support/temp-folder.ts";
import { otherEncoder, TINY_CLASSIFIER, TINY_ENCODER } from "../../support/tiny-models.ts";

const MINUTES = 60_000;

const folder = sharedFolder();
const home = join(folder, "home");
const csv = join(folder, "voices.csv");
const config = join(folder, "kizuki.yaml");
const desk = join(folder, "desk.yaml");

/** Of the six, the middle ones have no date in the first column of dates; the last has a cell too many. */
const ROWS = [
  "2025/7/28,2025/7/27,味が良い",
  "不明,2025/7/28,袋が悪い",
  "不明,2025/7/29,味が悪い",
  "2025/7/30,2025/7/29,味が良い",
  "不明,2025/7/27,合計 3 件",
  "2025/7/31,2025/7/30,余分,店が遠い",
];

const describeDesk = (receivedAt: string) =>
  writeFileSync(
    desk,
    `name: desk\nchannel: phone\ncolumns: { receivedAt: ${receivedAt}, verbatim: ご意見 }\n`,
  );

const run = async (...args: readonly string[]) => {
  const ran = await runKizuki(["--config", config, ...args], {
    home,
    env: { KIZUKI_CLOCK: "2025-08-04T09:30:00+09:00" },
  });
  return { ...ran, json: () => JSON.parse(ran.stdout) };
};

function writeConfig(encoder: string): void {
  const head = (names: string) => `{ folder: ${TINY_CLASSIFIER}, labels: ${names} }`;
  const lines = [
    `workers: 1\nencoder: ${encoder}\ntaxonomies: [./own.yaml]\nsources: { desk: ./desk.yaml }\nheads:`,
    `  sentiment: ${head("{ POSITIVE: positive, NEGATIVE: negative }")}`,
    `  kind: ${head("{ POSITIVE: praise, NEGATIVE: complaint }")}`,
  ];
  writeFileSync(config, lines.join("\n"));
}

async function rowsOf(sql: string): Promise<unknown[][]> {
  const warehouse = await openWarehouse(join(home, "warehouse.duckdb"));
  const reader = await warehouse.reader.runAndReadAll(sql);
  warehouse.close();
  return reader.getRowsJS();
}

const ORIGIN =
  "select records::int, voices::int, duplicates::int, skipped::int, dead_letters::int from origins";

const taxonomyOf = (topic: string, word: string) =>
  writeFileSync(
    join(folder, "own.yaml"),
    `name: own\nlabel: 自社\nversion: 1\ntopics:\n  - { id: ${topic}, label: ${word}, rules: [${word}] }\n`,
  );

beforeAll(async () => {
  taxonomyOf("taste", "味");
  writeConfig(TINY_ENCODER);
  writeFileSync(csv, ["受付日,入力日,ご意見", ...ROWS].join("\n"));
  describeDesk("受付日");
  const imported = await run("import", csv, "--source", "desk", "--json");
  expect(imported.json()).toMatchObject({ files: [{ rows: 6, voices: 2, deadLetters: 4 }] });
}, 5 * MINUTES);
afterAll(() => removeFolder(folder));

test(
  "the list counts by reason, step, source and file; one letter is shown without its words",
  async () => {
    const listed = (await run("dead", "list", "--json")).json();
    expect(listed).toMatchObject({
      total: 4,
      byReason: [
        { value: "unreadable date", count: 3 },
        { value: "too many cells", count: 1 },
      ],
      byStep: [{ value: "intake", count: 4 }],
      bySource: [{ value: "desk", count: 4 }],
      byFile: [{ value: "voices.csv", count: 4 }],
    });
    const outside = await run("dead", "list", "--period", "2025-W20", "--json");
    expect(outside.json()).toMatchObject({ total: 4 });
    const [{ id }] = listed.letters;
    const shown = await run("dead", "show", id);
    expect(shown.stdout).toMatch(/voices\.csv 3 行目「受付日」: 日付として読めない/);
    expect(shown.stdout).toContain("desk");
    expect(shown.stdout).not.toContain("袋");
    expect((await run("dead", "show", "zzz-1")).code).toBe(3);
  },
  3 * MINUTES,
);

test(
  "with the description as it was a retry reads nothing, and counts the try; a broken row is told by its place",
  async () => {
    const { code, stdout } = await run("dead", "retry", "--all");
    expect(code).toBe(0);
    expect(stdout).toContain("読めた 0 件、また読めなかった 3 件、試せなかった 1 件");
    expect(stdout).toMatch(/voices\.csv の 7 行目を直して/);
    expect(await rowsOf("select tries from dead_letters order by origin_row")).toEqual([
      [2],
      [2],
      [2],
      [1],
    ]);
    expect(await rowsOf(ORIGIN)).toEqual([[6, 2, 0, 0, 4]]);
    const neither = await run("dead", "retry");
    expect(neither.code).toBe(2);
    expect(neither.stderr).toContain("--all");
  },
  3 * MINUTES,
);

test(
  "a record that is not wanted is discarded by name and reason, and counts as open no more",
  async () => {
    const { letters } = (await run("dead", "list", "--json")).json();
    const id = letters[2].id;
    const said = ["--author", "林", "--because", "合計の行。電話は090-1234-5678"];
    expect((await run("dead", "discard", id, ...said)).code).toBe(0);
    expect((await run("dead", "list", "--json")).json()).toMatchObject({ total: 3 });
    expect((await run("status", "--json")).json()).toMatchObject({ deadLetters: 3 });
    const discarded = (await run("dead", "list", "--discarded")).stdout;
    expect(discarded).toContain("除いた人: 林");
    expect((await run("dead", "show", id)).stdout).not.toContain("5678");
    expect((await run("dead", "discard", id, ...said)).stdout).toContain("0 件");
  },
  3 * MINUTES,
);

test(
  "with the description mended the voices are there, through serve, too; again brings nothing more",
  async () => {
    describeDesk("入力日");
    const server = await startServer(home, {
      args: ["--config", config],
      clock: "2025-08-04T09:30:00+09:00",
    });
    const retried = await run("dead", "retry", "--reason", "日付として読めない", "--json");
    const again = await run("dead", "retry", "--reason", "日付として読めない", "--json");
    server.kill("SIGTERM");
    await server.ended;
    expect(retried.json()).toEqual({ read: 2, failed: [], untried: [] });
    expect(again.json()).toEqual({ read: 0, failed: [], untried: [] });
    expect(
      await rowsOf("select text, received_on::varchar, origin_row::int from voices order by 3"),
    ).toEqual([
      ["味が良い", "2025-07-28", 2],
      ["袋が悪い", "2025-07-28", 3],
      ["味が悪い", "2025-07-29", 4],
      ["味が良い", "2025-07-30", 5],
    ]);
    expect(await rowsOf(ORIGIN)).toEqual([[6, 4, 0, 0, 2]]);
    const imported = await run("import", csv, "--source", "desk", "--json");
    // The two that were retried are who the file brings by the mended description; with another date, and no id, the
    // others are other voices.
    expect(imported.json()).toMatchObject({
      files: [{ rows: 6, voices: 3, duplicates: 2, deadLetters: 1 }],
    });
  },
  5 * MINUTES,
);

test(
  "a report counts what is open; a rebuild after a new taxonomy and another encoder gives every row again",
  async () => {
    const report = await run("report", "weekly", "--period", "2025-W31", "--json");
    expect(report.code, report.stderr).toBe(0);
    taxonomyOf("bag", "袋");
    expect((await run("reclassify", "--json")).json()).toMatchObject({
      taxonomies: [{ changed: expect.any(Number) }],
    });
    writeConfig(otherEncoder(join(folder, "other")));
    expect((await run("reencode", "--json")).json()).toMatchObject({ failed: 0 });
    expect(await rowsOf("select distinct topic from segment_topics")).toEqual([["bag"]]);
    const before = await exactRowsOfHome(home);
    const rebuilt = await run("rebuild", "--json");
    expect(rebuilt.code, rebuilt.stderr).toBe(0);
    expect(await exactRowsOfHome(home)).toEqual(before);
    const frozen = await run("report", "weekly", "--period", "2025-W31", "--json");
    expect(frozen.json()).toMatchObject({ wasFrozen: true, revision: 1 });
  },
  5 * MINUTES,
);
