import { expect, test } from "vitest";
import { z } from "zod";
import { withPool } from "../../../../pipeline/enrich/pool-of-home.ts";
import { pumpVoices } from "../../../../pipeline/enrich/pump.ts";
import type { Home } from "../../../../pipeline/home.ts";
import { HttpVoice, mapVoices, sourceOf } from "../../../../pipeline/intake/http/http-voice.ts";
import { type VoiceRequest, voiceTaker } from "../../../../pipeline/intake/http/voice-taker.ts";
import { RawRecord } from "../../../../pipeline/schema/raw-record.ts";
import { openTestHome } from "../../../support/home-with-voices.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

function request(
  words: readonly string[],
  options: { key?: string; id?: boolean } = {},
): VoiceRequest {
  const voices = words.map((verbatim) =>
    HttpVoice.parse({
      receivedAt: "2026-01-05",
      channel: "web",
      verbatim,
      ...(options.id === true && { id: verbatim }),
      customer: "C1",
      attributes: { 年代: "30代" },
    }),
  );
  const source = sourceOf("crm", voices);
  const read = voices.map((voice) => ({ status: "ok", voice }) as const);
  return {
    source,
    records: mapVoices(read, source).map(({ content }) => content),
    idempotencyKey: options.key,
    body: Buffer.from(JSON.stringify(voices)),
  };
}

function takerOf(home: Home, session = "s1") {
  return voiceTaker(home, { session, taken: () => undefined });
}

function wordsOf(record: RawRecord): string | undefined {
  return record.status === "ok" ? record.voice.verbatim : undefined;
}

const Counts = z.strictObject({ voices: z.number(), records: z.number(), duplicates: z.number() });

async function countsOf(home: Home): Promise<z.infer<typeof Counts>> {
  await withPool(home, (pool) =>
    pumpVoices(home, pool, { advance: () => undefined, stage: () => undefined }),
  );
  const found = await home.warehouse.reader.runAndReadAll(
    "select (select count(*)::int from voices) as voices, sum(records)::int as records, sum(duplicates)::int as duplicates from origins",
  );
  return Counts.parse(found.getRowObjectsJS()[0]);
}

test("requests that come together are written as one frame, each with its own answer", async () => {
  const home = await openTestHome(tempFolder());
  const take = takerOf(home);
  const words = Array.from({ length: 20 }, (_, index) => [`声${index}`, `別の声${index}`]);
  const answers = await Promise.all(words.map((pair) => take(request(pair))));
  expect(answers.map((records) => z.array(RawRecord).parse(records).map(wordsOf))).toEqual(words);
  const frames: number[] = [];
  for await (const frame of home.streams.raw.readFrom(0)) frames.push(frame.count);
  expect(frames).toEqual([40]);
  expect(answers[0]?.[0]).toMatchObject({
    voice: { source: "crm", channel: "web", attributes: { 年代: "30代" } },
  });
  expect(JSON.stringify(answers)).not.toContain('"C1"');
  await home.close();
});

test("a name that a request sends as an attribute is masked in the words that come with it", async () => {
  const home = await openTestHome(tempFolder());
  const voice = HttpVoice.parse({
    receivedAt: "2026-01-05",
    channel: "phone",
    verbatim: "羽衣石の家ではみな困っている",
    place: "羽衣石宅",
    attributes: { 氏名: "羽衣石 郁", メモ: "郁さんへ折り返す" },
  });
  const source = sourceOf("crm", [voice]);
  const records = mapVoices([{ status: "ok", voice }], source).map(({ content }) => content);
  await takerOf(home)({ source, records, idempotencyKey: undefined, body: Buffer.alloc(0) });
  expect(await countsOf(home)).toMatchObject({ voices: 1 });
  const found = await home.warehouse.reader.runAndReadAll(
    "select text, place, attributes::varchar from voices",
  );
  expect(found.getRowsJS()).toEqual([
    [
      "【氏名1】の家ではみな困っている",
      "【氏名1】宅",
      '{"氏名":"【氏名1】","メモ":"【氏名1】さんへ折り返す"}',
    ],
  ]);
  await home.close();
});

test("the same request under the same key, also after a restart, is the same answer and counts once", async () => {
  const folder = tempFolder();
  const once = request(["同じ言葉", "同じ言葉"], { key: "k1" });
  const home = await openTestHome(folder);
  const take = takerOf(home);
  const [first, second] = await Promise.all([take(once), take(once)]);
  expect(second).toEqual(first);
  await home.close();
  const later = await openTestHome(folder);
  expect(await takerOf(later, "s2")(once)).toEqual(first);
  expect(await countsOf(later)).toEqual({ voices: 2, records: 2, duplicates: 0 });
  await later.close();
}, 120_000);

test("a key that comes with another body is refused, and those beside it are taken", async () => {
  const home = await openTestHome(tempFolder());
  const take = takerOf(home);
  const [first, other, beside] = await Promise.all([
    take(request(["ひとつ"], { key: "k1" })),
    take(request(["ふたつ"], { key: "k1" })),
    take(request(["みっつ"], { key: "k2" })),
  ]);
  expect([first.length, other, beside.length]).toEqual([1, "other body", 1]);
  expect(home.streams.raw.nextOffset).toBe(2);
  await home.close();
});

test("another source may use the same key, and the same key is free again after seven days", async () => {
  const folder = tempFolder();
  let now = new Date("2026-01-05T09:00:00+09:00");
  const home = await openTestHome(folder, { clock: () => now });
  const take = takerOf(home);
  const mine = request(["ひとつ"], { key: "k1" });
  const theirs = { ...request(["ふたつ"], { key: "k1" }), source: sourceOf("web", []) };
  expect(await take(mine)).toHaveLength(1);
  expect(await take(theirs)).toHaveLength(1);
  now = new Date("2026-01-12T08:59:00+09:00");
  expect(await take(request(["みっつ"], { key: "k1" }))).toBe("other body");
  now = new Date("2026-01-12T09:01:00+09:00");
  expect(await take(request(["みっつ"], { key: "k1" }))).toHaveLength(1);
  await home.close();
});

test("a request without a key that comes again brings no second voice, but counts as a duplicate", async () => {
  const home = await openTestHome(tempFolder());
  const take = takerOf(home);
  await take(request(["ひとつ"], { id: true }));
  await take(request(["ひとつ"], { id: true }));
  await take(request(["ふたつ"]));
  await take(request(["ふたつ"]));
  expect(await countsOf(home)).toEqual({ voices: 2, records: 4, duplicates: 2 });
  await home.close();
}, 120_000);

test("half a character in an attribute keeps nobody from asking for the attributes", async () => {
  const home = await openTestHome(tempFolder());
  const [voice] = request(["ひとつ"]).records;
  if (voice === undefined || !("cells" in voice)) throw new Error("no cells");
  const cells = new Map([...voice.cells, ["年代", "30\ud83d"]]);
  await takerOf(home)({ ...request(["ひとつ"]), records: [{ cells }] });
  expect(await countsOf(home)).toMatchObject({ voices: 1 });
  const found = await home.warehouse.reader.runAndReadAll(
    "select attributes ->> '年代' as age from voices",
  );
  expect(found.getRowObjectsJS()).toEqual([{ age: "30\ufffd" }]);
  await home.close();
}, 120_000);

test("no word, key or body stands in the table of requests", async () => {
  const home = await openTestHome(tempFolder());
  await takerOf(home)(request(["ひとつ"], { key: "order-4711" }));
  const found = await home.warehouse.reader.runAndReadAll(
    "select r::varchar from http_requests as r",
  );
  const row = String(found.getRowsJS());
  expect(row).toContain("http:crm:s1");
  expect(row).not.toMatch(/4711|ひとつ/);
  await home.close();
});
