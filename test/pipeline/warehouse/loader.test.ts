import { expect, test } from "vitest";
import type { EnrichedVoice } from "../../../pipeline/schema/enriched-record.ts";
import { EmbeddedLog } from "../../../pipeline/streams/embedded-log.ts";
import { Loader } from "../../../pipeline/warehouse/loader.ts";
import { openWarehouse, type Warehouse } from "../../../pipeline/warehouse/open-warehouse.ts";
import { enrichedVoice, recordsOf, uuidOf } from "../../support/enriched-voice.ts";
import { tempFolder } from "../../support/temp-folder.ts";

async function setUp() {
  const warehouse = await openWarehouse(":memory:");
  const loader = await Loader.open(warehouse);
  const root = tempFolder();
  const enriched = await EmbeddedLog.open({ name: "voc.enriched", root });
  const dead = await EmbeddedLog.open({ name: "voc.dead", root });
  const actions = await EmbeddedLog.open({ name: "voc.actions", root });
  const send = async (stream: string, voices: readonly EnrichedVoice[]) => {
    await enriched.append(recordsOf(stream, voices), {});
    await loader.loadEnriched(enriched);
  };
  return { warehouse, loader, enriched, dead, actions, send };
}

async function rowsOf(warehouse: Warehouse, sql: string): Promise<unknown[][]> {
  const reader = await warehouse.connection.runAndReadAll(sql);
  return reader.getRowsJS();
}

const COUNTS = `select (select count(*) from voices)::int, (select count(*) from segments)::int,
  (select count(*) from segment_topics)::int, (select count(*) from segment_terms)::int,
  (select count(*) from vectors)::int, (select count(*) from voice_revisions)::int`;

const ORIGINS =
  "select origin_stream, records::int, voices::int, duplicates::int from origins order by all";

test("a voice arrives with its segments, topics, terms and vector", async () => {
  const { warehouse, send } = await setUp();
  await send("a", [enrichedVoice("1", "駐車場が遠い")]);
  expect(await rowsOf(warehouse, COUNTS)).toEqual([[1, 1, 1, 1, 1, 1]]);
  expect(
    await rowsOf(
      warehouse,
      "select v.received_on::varchar, s.text, t.term, octet_length(x.vector)::int from voices v join segments s using (voice_id) join segment_terms using (segment_id) join terms t using (term_id) join vectors x using (segment_id)",
    ),
  ).toEqual([["2025-07-30", "駐車場が遠い", "駐車", 384]]);
});

test("an overlapping export brings no voice twice, and says how many were known", async () => {
  const { warehouse, send } = await setUp();
  const [one, two, three] = ["1", "2", "3"].map((name) => enrichedVoice(name, `${name}番の声`));
  if (!one || !two || !three) throw new Error("three voices");
  await send("a", [one, two]);
  await send("b", [two, three]);
  expect(await rowsOf(warehouse, COUNTS)).toEqual([[3, 3, 3, 3, 3, 3]]);
  expect(await rowsOf(warehouse, ORIGINS)).toEqual([
    ["a", 2, 2, 0],
    ["b", 2, 1, 1],
  ]);
});

test("the same record twice in one batch is stored once", async () => {
  const { warehouse, send } = await setUp();
  const voice = enrichedVoice("1", "二度送られた声");
  await send("a", [voice, voice]);
  expect(await rowsOf(warehouse, COUNTS)).toEqual([[1, 1, 1, 1, 1, 1]]);
});

test.each([
  { why: "in two batches", together: false },
  { why: "in one batch", together: true },
])("the same id with other words is a new revision, $why", async ({ together }) => {
  const { warehouse, send } = await setUp();
  const first = enrichedVoice("1", "はじめの言葉");
  const second = enrichedVoice("1", "言い直した言葉");
  if (together) await send("a", [first, second]);
  else {
    await send("a", [first]);
    await send("b", [second]);
  }
  expect(await rowsOf(warehouse, "select text, revision from voices")).toEqual([
    ["言い直した言葉", 2],
  ]);
  expect(await rowsOf(warehouse, "select text from segments")).toEqual([["言い直した言葉"]]);
  expect(await rowsOf(warehouse, "select text from voice_revisions order by revision")).toEqual([
    ["はじめの言葉"],
    ["言い直した言葉"],
  ]);
});

test("an old export that comes late does not bring the old words back", async () => {
  const { warehouse, send } = await setUp();
  await send("a", [enrichedVoice("1", "はじめの言葉")]);
  await send("b", [enrichedVoice("1", "言い直した言葉")]);
  await send("c", [enrichedVoice("1", "はじめの言葉")]);
  expect(await rowsOf(warehouse, "select text from voices")).toEqual([["言い直した言葉"]]);
});

test("a higher epoch replaces the enrichment, a lower one changes nothing", async () => {
  const { warehouse, send } = await setUp();
  await send("a", [enrichedVoice("1", "同じ言葉", { epoch: 2, polarity: 0.1 })]);
  await send("b", [enrichedVoice("1", "同じ言葉", { epoch: 3, polarity: 0.3 })]);
  await send("c", [enrichedVoice("1", "同じ言葉", { epoch: 1, polarity: 0.9 })]);
  expect(await rowsOf(warehouse, "select epoch, polarity, revision from voices")).toEqual([
    [3, 0.3, 1],
  ]);
  expect(await rowsOf(warehouse, COUNTS)).toEqual([[1, 1, 1, 1, 1, 1]]);
});

test("a failure in the middle of a batch leaves neither rows nor a moved offset", async () => {
  const { warehouse, loader, enriched, send } = await setUp();
  await send("a", [enrichedVoice("1", "無事な声")]);
  await enriched.append(recordsOf("b", [enrichedVoice("2", "途中で倒れる声")]), {});
  await warehouse.connection.run("alter table vectors rename to vectors_gone");
  await expect(loader.loadEnriched(enriched)).rejects.toThrow();
  await warehouse.connection.run("alter table vectors_gone rename to vectors");
  expect(await rowsOf(warehouse, COUNTS)).toEqual([[1, 1, 1, 1, 1, 1]]);
  await loader.loadEnriched(enriched);
  expect(await rowsOf(warehouse, COUNTS)).toEqual([[2, 2, 2, 2, 2, 2]]);
  expect(await rowsOf(warehouse, "select count(distinct term_id)::int from terms")).toEqual([[2]]);
});

test("a stream that is shorter than what was loaded stops the loader", async () => {
  const { warehouse, loader, send } = await setUp();
  await send("a", [enrichedVoice("1", "声")]);
  const empty = await EmbeddedLog.open({ name: "voc.enriched", root: tempFolder() });
  await expect(loader.loadEnriched(empty)).rejects.toThrow("voc.enriched が欠けています");
  expect(await rowsOf(warehouse, COUNTS)).toEqual([[1, 1, 1, 1, 1, 1]]);
});

test("a dead letter is stored once, however often it was published", async () => {
  const { warehouse, loader, dead } = await setUp();
  const letter = {
    origin: { stream: "a", source: "test", file: "a.csv", offset: 4, row: 6 },
    step: "intake",
    reason: "too many cells",
    column: "回答",
    epoch: 1,
    at: "2026-01-05T00:00:00.000Z",
  };
  await dead.append([letter, letter], {});
  await loader.loadDeadLetters(dead);
  await dead.append([letter], {});
  await loader.loadDeadLetters(dead);
  expect(
    await rowsOf(warehouse, "select file, origin_row::int, column_name, reason from dead_letters"),
  ).toEqual([["a.csv", 6, "回答", "too many cells"]]);
});

test("an awareness that is loaded twice stands once", async () => {
  const { warehouse, loader, actions } = await setUp();
  const action = {
    type: "awareness-added",
    actionId: uuidOf("action"),
    at: "2026-01-05T00:00:00.000Z",
    voiceId: uuidOf("1"),
    author: "林",
    reason: "みんなに読んでほしい",
  };
  await actions.append([action, action], {});
  await loader.loadActions(actions);
  expect(await rowsOf(warehouse, "select author, reason from awareness")).toEqual([
    ["林", "みんなに読んでほしい"],
  ]);
});

test("a Sunday 23:30 JST record belongs to that Sunday, though it is Sunday 14:30 in UTC", async () => {
  const { warehouse, send } = await setUp();
  await send("a", [
    enrichedVoice("1", "日曜の夜", { receivedAt: "2025-08-03T14:30:00Z" }),
    enrichedVoice("2", "月曜の未明", { receivedAt: "2025-08-03T15:30:00Z" }),
  ]);
  expect(
    await rowsOf(
      warehouse,
      "select received_on::varchar, date_trunc('week', received_at)::date::varchar from voices order by received_at",
    ),
  ).toEqual([
    ["2025-08-03", "2025-07-28"],
    ["2025-08-04", "2025-08-04"],
  ]);
});
