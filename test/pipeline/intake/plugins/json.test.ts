import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startFeedServer } from "../../../support/feed-server.ts";
import { openTestPull, readPull } from "../../../support/read-pull.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

type Entry = Readonly<Record<string, unknown>>;

function entry(id: number, minute: number, words = `声 ${id}`): Entry {
  const time = `2025-07-01T09:${String(minute).padStart(2, "0")}:00+09:00`;
  return { id, time, words, author: { age: 30 } };
}

/** Pages of two entries each, with the way to the next. */
function paged(entries: readonly Entry[], url: string): unknown {
  const page = Number(new URL(url, "http://x").searchParams.get("page") ?? 0);
  const start = page * 2;
  const next = start + 2 < entries.length ? `/reviews?page=${page + 1}` : null;
  return { data: { items: entries.slice(start, start + 2) }, links: { next } };
}

async function open(url: string, settings: Entry = {}, secret?: string) {
  const folder = tempFolder();
  const source = {
    name: "reviews",
    channel: "web",
    columns: { id: "id", receivedAt: "time", verbatim: "words" },
  };
  writeFileSync(join(folder, "reviews.yaml"), JSON.stringify(source));
  if (secret !== undefined) {
    writeFileSync(join(folder, "secret"), secret);
    chmodSync(join(folder, "secret"), 0o600);
  }
  return await openTestPull(folder, {
    plugin: "json",
    source: "reviews.yaml",
    settings: {
      url,
      items: "data.items",
      id: "id",
      time: "time",
      next: { path: "links.next" },
      ...settings,
    },
    ...(secret !== undefined && { secrets: { authorization: "secret" } }),
  });
}

test("every page is read, values within values have a dotted name, and the next reading brings what is new", async () => {
  let entries = [1, 2, 3, 4, 5].map((id) => entry(id, id));
  const server = await startFeedServer((request, response) =>
    response.end(JSON.stringify(paged(entries, request.url ?? ""))),
  );
  const pull = await open(`${server.url}/reviews`);
  const first = await readPull(pull);
  expect(first.cells.map(({ id }) => id)).toEqual(["1", "2", "3", "4", "5"]);
  expect(first.cells[0]).toMatchObject({ "author.age": "30" });
  expect((await readPull(pull, first.watermark)).batches).toEqual([]);
  entries = [...entries, entry(6, 5), entry(7, 6)];
  const later = await readPull(pull, first.watermark);
  expect(later.cells.map(({ id }) => id)).toEqual(["6", "7"]);
});

test("pages from new to old that end in the middle leave no gap", async () => {
  const entries = [5, 4, 3, 2, 1].map((id) => entry(id, id));
  let isBroken = true;
  const server = await startFeedServer((request, response) => {
    if (isBroken && request.url?.includes("page=1")) response.destroy();
    else response.end(JSON.stringify(paged(entries, request.url ?? "")));
  });
  const pull = await open(`${server.url}/reviews`, { newestFirst: true });
  const first = await readPull(pull, undefined, { batches: 1 });
  expect(first.cells.map(({ id }) => id)).toEqual(["5", "4"]);
  await expect(readPull(pull, first.watermark)).rejects.toThrow(/受け取れません/);
  isBroken = false;
  const again = await readPull(pull, first.watermark);
  expect(again.cells.map(({ id }) => id)).toEqual(["5", "4", "3", "2", "1"]);
  server.asked.length = 0;
  expect((await readPull(pull, again.watermark)).batches).toEqual([]);
  expect(server.asked).toEqual(["/reviews"]);
});

test("an entry that cannot be read or placed is brought once, and one from the future hides nothing", async () => {
  const entries = [
    { id: 1, time: "いつか", words: "時のない声" },
    { time: "2025-07-01", words: "番号のない声" },
    entry(3, 1),
    { id: 4, time: "2099-01-01", words: "未来の声" },
    "文字だけ",
  ];
  const server = await startFeedServer((_, response) => response.end(JSON.stringify(entries)));
  const pull = await open(server.url, { items: "", next: undefined });
  const first = await readPull(pull);
  expect(first.cells.map(({ words }) => words)).toEqual(["時のない声", "声 3", "未来の声"]);
  expect(first.problems).toEqual(["no id", "not a JSON object"]);
  entries.push(entry(5, 2));
  expect((await readPull(pull, first.watermark)).cells.map(({ id }) => id)).toEqual(["5"]);
});

test("a cursor, the time of the newest, and a secret go where the settings say", async () => {
  const seen: (string | undefined)[] = [];
  const server = await startFeedServer((request, response) => {
    seen.push(request.headers.authorization);
    const isFirst = !request.url?.includes("cursor=");
    const data = { items: [isFirst ? entry(1, 1) : entry(2, 2)] };
    response.end(JSON.stringify({ data, links: { next: isFirst ? "c 1" : null } }));
  });
  const settings = { next: { path: "links.next", parameter: "cursor" } };
  const pull = await open(`${server.url}/r?since={since}`, settings, "Bearer hirake\n");
  const { watermark } = await readPull(pull);
  await readPull(pull, watermark);
  expect(seen).toEqual(Array(4).fill("Bearer hirake"));
  expect(server.asked[0]).toBe("/r?since=1970-01-01T00%3A00%3A00%2B09%3A00");
  expect(server.asked[1]).toContain("cursor=c+1");
  expect(server.asked[2]).toBe("/r?since=2025-07-01T09%3A02%3A00%2B09%3A00");
});

test.each([
  { why: "no JSON", body: "<html>", said: /JSON として読めません/ },
  { why: "no list", body: '{"data":{}}', said: /data.items」が一覧ではありません/ },
  {
    why: "a circle",
    body: JSON.stringify({ data: { items: [] }, links: { next: "/reviews" } }),
    said: /終わりません/,
  },
  {
    why: "another host",
    body: JSON.stringify({ data: { items: [] }, links: { next: "https://example.com/" } }),
    said: /別のサーバー/,
  },
])("$why is told with what to do", async ({ body, said }) => {
  const server = await startFeedServer((_, response) => response.end(body));
  const pull = await open(`${server.url}/reviews`);
  await expect(readPull(pull)).rejects.toThrow(said);
});

test("without a description of its columns it is refused before it is read", async () => {
  const settings = { url: "https://example.com/", id: "id", time: "time" };
  await expect(openTestPull(tempFolder(), { plugin: "json", settings })).rejects.toThrow(
    /pull.test.source/,
  );
});
