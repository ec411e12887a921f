import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { type Answer, startFeedServer } from "../../../support/feed-server.ts";
import { openTestPull, readPull } from "../../../support/read-pull.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

function rss(items: readonly string[], encoding = "UTF-8"): string {
  return `<?xml version="1.0" encoding="${encoding}"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>口コミ</title>${items.join("")}</channel></rss>`;
}

function item(id: number, words: string, date = "Tue, 01 Jul 2025 09:05:00 +0900"): string {
  return `<item><title>題 ${id}</title><guid>${id}</guid><pubDate>${date}</pubDate><description><![CDATA[<p>${words}</p>]]></description></item>`;
}

function open(url: string) {
  return openTestPull(tempFolder(), { plugin: "feed", settings: { url } });
}

/** Answers with what `pages` gives, each by its path. */
function pages(of: Readonly<Record<string, Answer>>): Answer {
  return (request, response) => {
    const answer = of[request.url ?? ""];
    if (answer === undefined) response.writeHead(404).end();
    else answer(request, response);
  };
}

const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><id>urn:1</id><title>題 1</title><updated>2025-07-02T00:00:00Z</updated><published>2025-07-01T09:05:00+09:00</published><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>味が<b>薄い</b></p></div></content></entry></feed>`;
const RSS_1 = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>t</title></channel><item rdf:about="urn:1"><title>題 1</title><link>https://example.com/1</link><description>味が薄い</description><dc:date>2025-07-01T09:05:00+09:00</dc:date></item></rdf:RDF>`;
const JSON_FEED = JSON.stringify({
  version: "https://jsonfeed.org/version/1.1",
  title: "t",
  items: [
    {
      id: "urn:1",
      title: "題 1",
      content_html: "<p>味が薄い</p>",
      date_published: "2025-07-01T09:05:00+09:00",
    },
  ],
});

test.each([
  {
    why: "RSS 2.0",
    body: rss([item(1, "味が薄い").replace("<guid>1", "<guid>urn:1")]),
    date: "2025-07-01T00:05:00.000Z",
  },
  { why: "RSS 1.0", body: RSS_1, date: "2025-07-01T09:05:00+09:00" },
  { why: "Atom", body: ATOM, date: "2025-07-01T09:05:00+09:00" },
  { why: "JSON Feed", body: JSON_FEED, date: "2025-07-01T09:05:00+09:00" },
])("$why gives id, time, title and words", async ({ body, date }) => {
  const server = await startFeedServer((_, response) => response.end(body));
  const { cells } = await readPull(await open(server.url));
  expect(cells).toMatchObject([{ id: "urn:1", 日時: date, 題名: "題 1", 本文: "味が薄い" }]);
});

test("only entries that were not there before come, also when dated back, changed, or without a date", async () => {
  let items = [item(1, "古い声"), item(2, "変わる声")];
  const server = await startFeedServer((_, response) => response.end(rss(items)));
  const pull = await open(server.url);
  const first = await readPull(pull);
  expect(first.cells).toHaveLength(2);
  expect((await readPull(pull, first.watermark)).batches).toEqual([]);
  items = [
    item(1, "古い声"),
    item(2, "変わった声"),
    item(3, "前の日付の声", "Mon, 02 Jun 2025 09:05:00 JST"),
    item(4, "日付のない声", ""),
  ];
  const second = await readPull(pull, first.watermark);
  expect(second.cells.map(({ 本文, 日時 }) => [本文, 日時])).toEqual([
    ["変わった声", "2025-07-01T00:05:00.000Z"],
    ["前の日付の声", "2025-06-02T00:05:00.000Z"],
    ["日付のない声", "2026-01-04T18:00:00.000Z"],
  ]);
});

test("a page that has not changed is asked for by its tag and not read again", async () => {
  const statuses: number[] = [];
  const server = await startFeedServer((request, response) => {
    const known = request.headers["if-none-match"] === '"v1"';
    statuses.push(known ? 304 : 200);
    response.writeHead(known ? 304 : 200, { etag: '"v1"' });
    response.end(known ? undefined : rss([item(1, "声")]));
  });
  const pull = await open(server.url);
  const { watermark } = await readPull(pull);
  expect((await readPull(pull, watermark)).batches).toEqual([]);
  expect(statuses).toEqual([200, 304]);
});

test("a page that has a new tag and no new entry is asked for by the new one", async () => {
  const asked: (string | undefined)[] = [];
  const server = await startFeedServer((request, response) => {
    asked.push(request.headers["if-none-match"]);
    const known = request.headers["if-none-match"] === '"v2"';
    response.writeHead(known ? 304 : 200, { etag: asked.length === 1 ? '"v1"' : '"v2"' });
    response.end(known ? undefined : rss([item(1, "声")]));
  });
  const pull = await open(server.url);
  const first = await readPull(pull);
  const second = await readPull(pull, first.watermark);
  expect(second.batches).toMatchObject([{ records: [] }]);
  expect((await readPull(pull, second.watermark)).batches).toEqual([]);
  expect(asked).toEqual([undefined, '"v1"', '"v2"']);
});

test.each([
  { why: "by the header", type: "text/xml; charset=Shift_JIS", encoding: "Shift_JIS" },
  { why: "by the document", type: "text/xml", encoding: "Shift_JIS" },
  { why: "where both are wrong", type: "text/xml; charset=utf-8", encoding: "UTF-8" },
])("CP932 is told $why", async ({ type, encoding }) => {
  // 味, as CP932 has it.
  const [before = "", after = ""] = rss([item(1, "@")], encoding)
    .replaceAll("題", "")
    .replaceAll("口コミ", "")
    .split("@");
  const body = Buffer.concat([Buffer.from(before), Buffer.from("96a1", "hex"), Buffer.from(after)]);
  const server = await startFeedServer((_, response) => {
    response.writeHead(200, { "content-type": type }).end(body);
  });
  expect((await readPull(await open(server.url))).cells).toMatchObject([{ 本文: "味" }]);
});

const bomb = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "${"あ".repeat(1000)}"><!ENTITY b "${"&a;".repeat(1000)}">]><rss version="2.0"><channel><title>&b;</title></channel></rss>`;

test.each([
  { why: "no feed", answer: "<html><body>404</body></html>", said: /どれとしても読めません/ },
  { why: "half a feed", answer: rss([item(1, "声")]).slice(0, 200), said: /読めません/ },
  { why: "an entity bomb", answer: bomb, said: /実体の定義/ },
])("$why is refused in a way that says what to do", async ({ answer, said }) => {
  const server = await startFeedServer((_, response) => response.end(answer));
  await expect(readPull(await open(server.url))).rejects.toThrow(said);
});

test.each([
  { why: "401", said: /authorization のファイル/, answer: status(401) },
  { why: "404", said: /そのページがありません/, answer: status(404) },
  {
    why: "503 with a wait",
    said: /120 秒待つように/,
    answer: status(503, { "retry-after": "120" }),
  },
  {
    why: "a way to another host",
    said: /別のサーバー（example.com）/,
    answer: status(302, { location: "https://example.com/feed" }),
  },
  { why: "a way to itself", said: /回し続けます/, answer: status(302, { location: "/" }) },
  { why: "an answer that ends in the middle", said: /受け取れません/, answer: cutOff },
  { why: "a small answer that becomes a large one", said: /10 MB を超えます/, answer: zipBomb },
])("$why is told with what to do", async ({ answer, said }) => {
  const server = await startFeedServer(answer);
  await expect(readPull(await open(server.url))).rejects.toThrow(said);
});

function status(code: number, headers: Record<string, string> = {}): Answer {
  return (_, response) => response.writeHead(code, headers).end("秘密の本文");
}

function cutOff(_: unknown, response: Parameters<Answer>[1]): void {
  response.writeHead(200, { "content-length": "100000" });
  response.write(rss([item(1, "声")]), () => response.destroy());
}

function zipBomb(_: unknown, response: Parameters<Answer>[1]): void {
  response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(20_000_000)));
}

test("a redirect on the same host is followed", async () => {
  const server = await startFeedServer(
    pages({
      "/": (_, response) => response.writeHead(301, { location: "/feed.xml" }).end(),
      "/feed.xml": (_, response) => response.end(rss([item(1, "声")])),
    }),
  );
  expect((await readPull(await open(server.url))).cells).toHaveLength(1);
});

test("an address without TLS is taken for this machine only", async () => {
  await expect(open("http://example.com/feed")).rejects.toThrow(/この機械の中だけ/);
});
