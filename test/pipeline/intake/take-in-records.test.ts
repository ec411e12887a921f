import { expect, test } from "vitest";
import { z } from "zod";
import { withPool } from "../../../pipeline/enrich/pool-of-home.ts";
import { pumpVoices } from "../../../pipeline/enrich/pump.ts";
import type { Home } from "../../../pipeline/home.ts";
import { SourceDescription } from "../../../pipeline/intake/source.ts";
import { readOrigins } from "../../../pipeline/intake/take-in-file.ts";
import {
  type BroughtRecord,
  type Delivery,
  takeInRecords,
} from "../../../pipeline/intake/take-in-records.ts";
import { silentMeasures } from "../../../pipeline/measures.ts";
import { RawRecord } from "../../../pipeline/schema/raw-record.ts";
import { openTestHome } from "../../support/home-with-voices.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const source = SourceDescription.parse({
  name: "desk",
  channel: "mail",
  columns: { id: "id", receivedAt: "at", verbatim: "words" },
});

function mail(number: number, words: string, id = `m${number}`): BroughtRecord {
  const cells = { id, at: "2025-12-30T10:00:00+09:00", words };
  return { number, cells: new Map(Object.entries(cells)) };
}

function delivery(records: readonly BroughtRecord[]): Delivery {
  return { stream: "imap:desk/INBOX:1", name: "INBOX", source, records };
}

async function rawOf({ streams }: Home): Promise<RawRecord[]> {
  const records: RawRecord[] = [];
  for await (const frame of streams.raw.readFrom(0)) {
    records.push(...z.array(RawRecord).parse(frame.records));
  }
  return records;
}

test("what was taken in is in voc.raw, in order and counted", async () => {
  const passed: unknown[] = [];
  const measures = {
    ...silentMeasures,
    passed: (step: string, counts: object) => void passed.push({ step, ...counts }),
  };
  const home = await openTestHome(tempFolder(), { measures });
  const records = Array.from({ length: 700 }, (_, index) => mail(100 + index, `声${index}`));
  const [taken] = await takeInRecords(home, [delivery(records)]);
  expect(await rawOf(home)).toEqual(taken);
  expect(taken?.at(-1)).toMatchObject({
    status: "ok",
    origin: { stream: "imap:desk/INBOX:1", file: "INBOX", source: "desk", offset: 799, row: 800 },
    voice: { sourceId: "m799", verbatim: "声699", channel: "mail" },
  });
  expect(passed).toEqual(
    expect.arrayContaining([
      { step: "intake", ok: 512 },
      { step: "intake", ok: 188 },
    ]),
  );
  await home.close();
});

test("the same records again, cut otherwise, are the same voices and count once", async () => {
  const home = await openTestHome(tempFolder());
  const all = [
    mail(3, "駅から遠い"),
    mail(4_000_000_000, "景色がよい"),
    { number: 5, problem: { reason: "unreadable cell" }, bytes: "From: x" },
  ];
  await takeInRecords(home, [delivery(all.slice(0, 2))]);
  await takeInRecords(home, [delivery(all.slice(1)), delivery(all.slice(0, 1))]);
  await withPool(home, (pool) =>
    pumpVoices(home, pool, { advance: () => undefined, stage: () => undefined }),
  );
  const counts = { records: 3, voices: 2, duplicates: 0, skipped: 0, dead_letters: 1 };
  expect((await readOrigins(home)).get("imap:desk/INBOX:1")).toMatchObject(counts);
  const found = await home.warehouse.reader.runAndReadAll("select count(*)::int from voices");
  expect(found.getRowsJS()).toEqual([[2]]);
  await home.close();
}, 120_000);
