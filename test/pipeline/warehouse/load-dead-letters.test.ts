import { expect, onTestFinished, test } from "vitest";
import type { DeadLetter } from "../../../pipeline/schema/dead-letter.ts";
import type { EnrichedRecord } from "../../../pipeline/schema/enriched-record.ts";
import { EmbeddedLog } from "../../../pipeline/streams/embedded-log.ts";
import { Loader } from "../../../pipeline/warehouse/loader.ts";
import { openWarehouse } from "../../../pipeline/warehouse/open-warehouse.ts";
import { enrichedVoice } from "../../support/enriched-voice.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const origin = { stream: "a", source: "test", file: "a.csv", offset: 4, row: 6 };

const letter = (retry?: number): DeadLetter => ({
  origin,
  step: "enrich",
  reason: retry === undefined ? "worker crashed" : "tokenize mismatch",
  epoch: 2,
  at: `2026-01-0${5 + (retry ?? 0)}T00:00:00.000Z`,
  ...(retry !== undefined && { retry }),
});

const dead: EnrichedRecord = { status: "dead", origin, reason: "worker crashed" };
const read: EnrichedRecord = {
  status: "ok",
  origin,
  voice: enrichedVoice("1", "読めた声"),
  retry: 2,
};

async function setUp() {
  const warehouse = await openWarehouse(":memory:");
  const loader = await Loader.open(warehouse);
  const root = tempFolder();
  const streams = {
    dead: await EmbeddedLog.open({ name: "voc.dead", root }),
    enriched: await EmbeddedLog.open({ name: "voc.enriched", root }),
  };
  onTestFinished(async () => {
    for (const stream of Object.values(streams)) await stream.close();
  });
  const rows = async (sql: string) => (await warehouse.reader.runAndReadAll(sql)).getRowsJS();
  return {
    rows,
    sendDead: async (...letters: readonly DeadLetter[]) => {
      await streams.dead.append(letters, {});
      await loader.loadDeadLetters(streams.dead);
    },
    send: async (...records: readonly EnrichedRecord[]) => {
      await streams.enriched.append(records, {});
      await loader.loadEnriched(streams.enriched);
    },
  };
}

const LETTERS =
  "select reason, tries, strftime(dead_at at time zone 'UTC', '%d'), strftime(last_tried_at at time zone 'UTC', '%d') from dead_letters";
const COUNTS =
  "select records::int, voices::int, duplicates::int, dead_letters::int, (select count(*) from voices)::int from origins";

test.each([
  { why: "in one batch", send: [[letter(), letter(1), letter(1), letter()]] },
  { why: "in many", send: [[letter()], [letter(1)], [letter(1)], [letter()]] },
])("a letter that was tried again says its latest reason and how often, $why", async ({ send }) => {
  const { sendDead, rows } = await setUp();
  for (const letters of send) await sendDead(...letters);
  expect(await rows(LETTERS)).toEqual([["tokenize mismatch", 2, "05", "06"]]);
});

test.each([
  { why: "letters first", lettersFirst: true },
  { why: "letters last, as another stream may come late", lettersFirst: false },
])("a record that a retry read is a voice and no letter, once, $why", async ({ lettersFirst }) => {
  const { sendDead, send, rows } = await setUp();
  if (lettersFirst) await sendDead(letter(), letter(1));
  await send(dead, { ...dead, retry: 1 });
  await send(read, read);
  await send(read);
  if (!lettersFirst) await sendDead(letter(), letter(1));
  expect(await rows(LETTERS)).toEqual([]);
  expect(await rows(COUNTS)).toEqual([[1, 1, 0, 0, 1]]);
});

test("a retry that only finds what another file brought is a duplicate, and a letter no more", async () => {
  const { sendDead, send, rows } = await setUp();
  await send({
    status: "ok",
    origin: { ...origin, stream: "b" },
    voice: enrichedVoice("1", "読めた声"),
  });
  await sendDead(letter());
  await send(dead, read);
  expect(await rows(LETTERS)).toEqual([]);
  expect(await rows(`${COUNTS} where origin_stream = 'a'`)).toEqual([[1, 0, 1, 0, 1]]);
});
