import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { EnrichedRecord } from "../../../pipeline/schema/enriched-record.ts";
import { loadEnriched } from "../../../pipeline/warehouse/load-enriched.ts";
import { openWarehouse, type Warehouse } from "../../../pipeline/warehouse/open-warehouse.ts";
import { enrichedVoice, recordsOf } from "../../support/enriched-voice.ts";
import { writeOldWarehouse } from "../../support/old-warehouse.ts";
import { tempFolder } from "../../support/temp-folder.ts";

async function load(warehouse: Warehouse, records: readonly EnrichedRecord[]): Promise<void> {
  await loadEnriched(warehouse, records, { nextSegmentId: 1, nextTermId: 0, termIds: new Map() });
}

async function rowsOf(warehouse: Warehouse, sql: string): Promise<unknown[][]> {
  return (await warehouse.connection.runAndReadAll(sql)).getRowsJS();
}

const TAGS = `select s.text, s.sentiment, s.kind, [e.emotion for e in s.emotions], s.intensity, s.harm,
  [e.emotion for e in v.emotions], v.intensity, v.harm from segments s join voices v using (voice_id) order by all`;

test("emotions, intensity and harm stand beside the segment and its voice", async () => {
  const warehouse = await openWarehouse(":memory:");
  await load(warehouse, recordsOf("a", [enrichedVoice("1", "駐車場が遠い")]));
  const own = [["失望"], 2, false];
  expect(await rowsOf(warehouse, TAGS)).toEqual([
    ["駐車場が遠い", "negative", "complaint", ...own, ...own],
  ]);
  expect(
    await rowsOf(warehouse, "select emotion, round(confidence, 2)::varchar from segment_emotions"),
  ).toEqual([["失望", "0.7"]]);
  expect(await rowsOf(warehouse, "select emotions, intensity, harm from tagged_segments")).toEqual([
    own,
  ]);
});

test("a sentiment and a kind that were held back are null", async () => {
  const warehouse = await openWarehouse(":memory:");
  const voice = enrichedVoice("1", "駐車場", { kind: null });
  const segments = voice.segments.map((segment) => ({ ...segment, sentiment: null, kind: null }));
  await load(warehouse, recordsOf("a", [{ ...voice, segments }]));
  const sql =
    "select s.sentiment, s.kind, s.polarity, v.kind from segments s join voices v using (voice_id)";
  expect(await rowsOf(warehouse, sql)).toEqual([[null, null, -0.5, null]]);
});

const NEW_FIELDS = new Set([
  "emotions",
  "intensity",
  "intensityConfidence",
  "harm",
  "harmConfidence",
]);

test("a record of epoch 1, which lacks them, loads: nothing is said of emotions and harm", async () => {
  const warehouse = await openWarehouse(":memory:");
  const records = recordsOf("a", [enrichedVoice("1", "駐車場が遠い")]);
  const old = JSON.stringify(records, (key, value) => (NEW_FIELDS.has(key) ? undefined : value));
  expect(old).not.toContain("emotions");
  await load(warehouse, z.array(EnrichedRecord).parse(JSON.parse(old)));
  expect(await rowsOf(warehouse, TAGS)).toEqual([
    ["駐車場が遠い", "negative", "complaint", [], null, null, [], null, null],
  ]);
});

test("a warehouse of epoch 1 is brought up to date with what it holds, and takes new voices", async () => {
  const path = join(tempFolder(), "warehouse.duckdb");
  await writeOldWarehouse(path);
  const warehouse = await openWarehouse(path);
  await load(warehouse, recordsOf("a", [enrichedVoice("1", "駐車場が遠い")]));
  expect(await rowsOf(warehouse, TAGS)).toEqual([
    ["遠い", "negative", "complaint", [], null, null, [], null, null],
    ["駐車場が遠い", "negative", "complaint", ["失望"], 2, false, ["失望"], 2, false],
  ]);
  warehouse.close();
  const again = await openWarehouse(path);
  expect(await rowsOf(again, "select count(*)::int from voices")).toEqual([[2]]);
  again.close();
});
