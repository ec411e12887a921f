import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startFeedServer } from "../../support/feed-server.ts";
import { runKizuki } from "../../support/run-kizuki.ts";
import { startServer } from "../../support/start-server.ts";
import { tempFolder } from "../../support/temp-folder.ts";

type Item = { readonly id: number; readonly words: string; readonly date?: string };

function rss(items: readonly Item[]): string {
  const entries = items.map(
    ({ id, words, date = "Tue, 30 Dec 2025 09:05:00 +0900" }) =>
      `<item><guid>${id}</guid><pubDate>${date}</pubDate><description>${words}</description></item>`,
  );
  return `<rss version="2.0"><channel><title>t</title>${entries.join("")}</channel></rss>`;
}

function place(pull: Readonly<Record<string, unknown>>, more: object = {}) {
  const folder = tempFolder();
  const config = join(folder, "kizuki.yaml");
  writeFileSync(config, JSON.stringify({ encoder: "small", pull, ...more }));
  return { folder, home: join(folder, "home"), args: ["--config", config] };
}

const SECRET = "田中一郎の言葉";

test("serve reads its sources; one that fails is told without words and stops neither serve nor the others", async () => {
  let items: Item[] = [{ id: 1, words: "駐車場が遠い" }];
  const reviews = await startFeedServer((_, response) => response.end(rss(items)));
  const broken = await startFeedServer((_, response) => response.writeHead(500).end(SECRET));
  const feed = (url: string) => ({ plugin: "feed", settings: { url }, everyMinutes: 1 });
  const { home, args } = place({ reviews: feed(reviews.url), broken: feed(broken.url) });
  const server = await startServer(home, { args, until: '"event":"pull-done"' });
  const pull = async (name: string) => {
    const ran = await runKizuki([...args, "pull", name, "--json"], { home });
    return { code: ran.code, stderr: ran.stderr, said: JSON.parse(ran.stdout) };
  };
  const failed = await pull("broken");
  expect(failed.code).toBe(3);
  expect(failed.stderr).toContain("500 を返しました");
  items = [...items, { id: 2, words: "店員さんが親切でした" }];
  const counts = { voices: 1, changed: 0, duplicates: 0, deadLetters: 0, skipped: 0, forgotten: 0 };
  expect((await pull("reviews")).said).toEqual({
    sources: [{ name: "reviews", records: 1, counts }],
  });
  items = [...items, { id: 3, words: "景色がよい" }];
  const both = await Promise.all([pull("reviews"), pull("reviews")]);
  expect(both.map(({ said }) => said.sources[0].records).sort()).toEqual([0, 1]);
  server.kill("SIGTERM");
  const { code, stderr } = await server.ended;
  expect(code).toBe(0);
  const lines = stderr.split("\n").filter((line) => line.includes('"event":"pull-'));
  expect(lines.find((line) => line.includes("pull-failed"))).toMatch(
    /"source":"broken".*KIZUKI_PULL/,
  );
  expect(stderr).not.toContain(SECRET);
}, 300_000);

test("a rebuild keeps how far a source is read, and an unreadable entry is read again by the source's description", async () => {
  const entries = [
    { id: 1, at: "2025-12-30", words: "駐車場が遠い" },
    { id: 2, at: "いつか", words: "案内板がない" },
  ];
  const api = await startFeedServer((_, response) => response.end(JSON.stringify(entries)));
  const settings = { url: `${api.url}/`, id: "id", time: "at" };
  const { folder, home, args } = place({ api: { plugin: "json", source: "api.yaml", settings } });
  const describe = (receivedAt: string) => {
    const columns = { id: "id", receivedAt, verbatim: "words" };
    writeFileSync(
      join(folder, "api.yaml"),
      JSON.stringify({ name: "api", channel: "web", columns }),
    );
  };
  describe("at");
  const first = await runKizuki([...args, "pull"], { home });
  expect(first.stdout).toContain("api: 2 件 → 新しい声 1 件、取り込み済み 0 件、不達 1 件");
  rmSync(join(home, "warehouse.duckdb"));
  expect((await runKizuki([...args, "rebuild"], { home })).code).toBe(0);
  expect((await runKizuki([...args, "pull"], { home })).stdout).toContain("新しいものはありません");
  const retried = await runKizuki([...args, "dead", "retry", "--all", "--json"], { home });
  expect(JSON.parse(retried.stdout)).toMatchObject({ failed: [{}], untried: [] });
}, 180_000);

test("a backup has descriptions and plugins of its sources, and not their secrets", async () => {
  const settings = { url: "https://example.com/" };
  const secrets = { authorization: "secret" };
  const api = { plugin: "feed", source: "api.yaml", settings, secrets };
  const { folder, home, args } = place({ api }, { backup: { folder: "../backup" } });
  const columns = { id: "id", receivedAt: "日時", verbatim: "本文" };
  writeFileSync(join(folder, "api.yaml"), JSON.stringify({ name: "api", channel: "web", columns }));
  writeFileSync(join(folder, "secret"), SECRET);
  mkdirSync(join(folder, "to"));
  const ran = await runKizuki([...args, "backup", "--to", join(folder, "to"), "--json"], { home });
  expect(ran.code, ran.stderr).toBe(0);
  const { folder: made } = JSON.parse(ran.stdout);
  expect(readFileSync(join(made, "config/api.yaml"), "utf8")).toContain('"api"');
  expect(() => readFileSync(join(made, "config/secret"))).toThrow(/ENOENT/);
}, 180_000);

test("without a source under pull: the command says where to write one", async () => {
  const { home, args } = place({});
  const ran = await runKizuki([...args, "pull"], { home });
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain("kizuki.yaml の pull に書いてください");
});
