import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readEncoderFolder, shippedEncoder } from "../../../models/encoder-folder.ts";
import { headVersion } from "../../../models/find-head.ts";
import { openWarehouse } from "../../../pipeline/warehouse/open-warehouse.ts";
import { runKizuki } from "../../support/run-kizuki.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { otherEncoder, TINY_CLASSIFIER, TINY_ENCODER } from "../../support/tiny-models.ts";

test("a voice with another encoder's vector keeps its topics and is told of; the others get theirs anew", async () => {
  const folder = tempFolder();
  const home = join(folder, "home");
  const write = (file: string, text: string) => {
    writeFileSync(join(folder, file), text);
    return join(folder, file);
  };
  const head = (names: string) => `{ folder: ${TINY_CLASSIFIER}, labels: ${names} }`;
  const configOf = (name: string, encoder: string) =>
    write(
      name,
      [
        `workers: 1\nencoder: ${encoder}\ntaxonomies: [./own.yaml]\nheads:`,
        `  sentiment: ${head("{ POSITIVE: positive, NEGATIVE: negative }")}`,
        `  kind: ${head("{ POSITIVE: praise, NEGATIVE: complaint }")}`,
      ].join("\n"),
    );
  const before = configOf("before.yaml", TINY_ENCODER);
  const after = configOf("after.yaml", otherEncoder(join(folder, "other")));
  const taxonomyOf = (topic: string, word: string) =>
    write(
      "own.yaml",
      `name: own\nlabel: 自社\nversion: 1\ntopics:\n  - { id: ${topic}, label: ${word}, rules: [${word}] }\n`,
    );
  const run = (config: string, args: readonly string[]) =>
    runKizuki(["--config", config, ...args], { home });
  const voice = (name: string, text: string) =>
    write(`${name}.csv`, `受付番号,日付,ご意見\n${name},2025-07-01,${text}`);

  taxonomyOf("taste", "味");
  await run(before, ["import", voice("old", "味と袋が悪い")]);
  taxonomyOf("bag", "袋");
  const refused = await run(after, ["reclassify"]);
  expect(refused.code).toBe(3);
  expect(refused.stderr).toContain("kizuki reencode");
  taxonomyOf("taste", "味");
  await run(after, ["import", voice("new", "味と袋が良い")]);
  writeFileSync(taxonomyOf("bag", "袋"), "\n  - { id: silent, label: 静けさ }\n", { flag: "a" });
  const { code, stdout, stderr } = await run(after, ["reclassify"]);
  expect(code, stderr).toBe(0);
  expect(stderr).toContain("どの文にも付かない話題が 1 件あります: 静けさ（silent）");
  expect(stdout).not.toContain("静けさ");
  expect(stdout).toContain("own: 1 文のうち 1 文の話題が変わりました。");
  expect(stdout).toMatch(/1 件の声は別のエンコーダ.*kizuki reencode/);

  const warehouse = await openWarehouse(join(home, "warehouse.duckdb"));
  const rows = await warehouse.reader.runAndReadAll(
    "select text, topic from segments join segment_topics using (segment_id) order by text",
  );
  expect(rows.getRowsJS()).toEqual([
    ["味と袋が悪い", "taste"],
    ["味と袋が良い", "bag"],
  ]);
  warehouse.close();
});

test("a topic that became grave takes its sentence's sentiment from an offset that hid it, be it one of long ago", async () => {
  const folder = tempFolder();
  const home = join(folder, "home");
  const config = join(folder, "kizuki.yaml");
  const calibration = join(folder, "calibration.json");
  writeFileSync(config, "workers: 1\nencoder: small\ntaxonomies: [./own.yaml, ./other.yaml]\n");
  const severityOf = (severity: number) =>
    writeFileSync(
      join(folder, "own.yaml"),
      `name: own\nlabel: 自社\nversion: 1\ntopics:\n  - { id: hair, label: 毛髪, rules: [髪の毛], severity: ${severity} }\n`,
    );
  writeFileSync(
    join(folder, "other.yaml"),
    "name: other\nlabel: ほか\nversion: 1\ntopics:\n  - { id: bag, label: 袋, rules: [袋] }\n",
  );
  const encoder = readEncoderFolder(shippedEncoder("small"));
  const version = headVersion("sentiment", { encoder, heads: {}, digestsFile: "" });
  const sentiment = { version, offset: -20, judged: 100, on: "2026-01-05" };
  writeFileSync(calibration, JSON.stringify({ heads: { sentiment } }));
  const voices = join(folder, "voices.csv");
  writeFileSync(
    voices,
    "受付番号,日付,ご意見\na,2025-07-01,袋に髪の毛が入っていて最悪でした。\nb,2025-07-01,味がひどくて最悪でした。\n",
  );
  const run = async (...args: string[]) => {
    const ran = await runKizuki(["--config", config, ...args], { home });
    expect(ran.code, ran.stderr).toBe(0);
    return ran.stdout;
  };
  const sentiments = async () => {
    const warehouse = await openWarehouse(join(home, "warehouse.duckdb"));
    const rows = await warehouse.reader.runAndReadAll(
      "select v.source_id, s.sentiment, v.sentiment, list(topic order by topic) from segments as s join voices as v using (voice_id) left join segment_topics as t using (segment_id) group by all order by 1",
    );
    warehouse.close();
    return rows.getRowsJS();
  };
  severityOf(1);
  await run("import", voices);
  const held = await sentiments();
  expect(held).toMatchObject([
    ["a", null, expect.anything(), ["bag", "hair"]],
    ["b", null, expect.anything(), [null]],
  ]);
  severityOf(4);
  rmSync(calibration);
  expect(await run("reclassify")).toContain("話題のある 1 文の感情も付け直しました");
  expect(await sentiments()).toEqual([["a", "negative", "negative", ["bag", "hair"]], held[1]]);
  expect(await run("reclassify")).not.toContain("文の感情");
  writeFileSync(calibration, JSON.stringify({ heads: { sentiment } }));
  await run("reclassify", "--all", "--taxonomy", "other");
  expect((await sentiments())[0]).toEqual(["a", "negative", "negative", ["bag", "hair"]]);
}, 120_000);
