import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startFeedServer } from "../../../support/feed-server.ts";
import { openTestPull, readPull } from "../../../support/read-pull.ts";
import { PROJECT } from "../../../support/run-kizuki.ts";

/** Below the project, where a plugin of one's own lies too, so that it finds zod. */
function pluginFolder(): string {
  const plugins = join(PROJECT, "plugins");
  mkdirSync(plugins, { recursive: true });
  const folder = mkdtempSync(join(plugins, "test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "token"), "hirake\n");
  chmodSync(join(folder, "token"), 0o600);
  return folder;
}

function documented(): string {
  const text = readFileSync(join(PROJECT, "docs/plugins.md"), "utf8");
  return /```ts\n([\s\S]*?)```/.exec(text)?.[1] ?? "";
}

test("the plugin in the documentation is loaded and reads", async () => {
  const folder = pluginFolder();
  writeFileSync(join(folder, "guest-book.ts"), documented());
  const server = await startFeedServer((request, response) => {
    const after = Number(new URL(request.url ?? "", "http://x").searchParams.get("after"));
    const entry = { id: 1, at: "2025-07-01 09:05", words: request.headers.authorization };
    response.end(JSON.stringify(after === 0 ? [entry] : []));
  });
  const pull = await openTestPull(folder, {
    plugin: "./guest-book.ts",
    settings: { url: server.url },
    secrets: { token: "token" },
  });
  expect(pull.source).toMatchObject({ name: "test", channel: "web" });
  const first = await readPull(pull);
  expect(first.cells).toEqual([{ 番号: "1", 日時: "2025-07-01 09:05", 本文: "Bearer hirake" }]);
  expect((await readPull(pull, first.watermark)).batches).toEqual([]);
});

const url = "https://example.com/";

test.each([
  {
    why: "an unknown name",
    yaml: { plugin: "pop3" },
    said: /読んだもの: pop3、期待: imap、feed、json/,
  },
  {
    why: "a file that is not there",
    yaml: { plugin: "./none.ts" },
    said: /none.ts をプラグインとして読めません/,
  },
  { why: "a file that is no plugin", yaml: { plugin: "./empty.ts" }, said: /誤りが 1 件.*plugin/s },
  {
    why: "a wrong setting",
    yaml: { plugin: "feed", settings: { url: 1 } },
    said: /url: 読んだ値 1、期待する値/,
  },
  {
    why: "a secret too few",
    yaml: { plugin: "imap", settings: { host: "h", user: "u" } },
    said: /password が足りないか/,
  },
  {
    why: "a secret too many",
    yaml: { plugin: "feed", settings: { url }, secrets: { pin: "token" } },
    said: /pin が足りないか、余分/,
  },
])("$why is refused with what is expected", async ({ yaml, said }) => {
  const folder = pluginFolder();
  writeFileSync(join(folder, "empty.ts"), "export const nothing = 1;\n");
  await expect(openTestPull(folder, yaml)).rejects.toThrow(said);
});

test("a secret that everyone may read is refused, each time it is read", async () => {
  const folder = pluginFolder();
  const yaml = { plugin: "feed", settings: { url }, secrets: { authorization: "token" } };
  const pull = await openTestPull(folder, yaml);
  chmodSync(join(folder, "token"), 0o644);
  await expect(readPull(pull)).rejects.toThrow(/誰でも読めます/);
});
