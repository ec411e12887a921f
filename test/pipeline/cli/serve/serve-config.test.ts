import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { CONFIG_CHANGED, watchConfig } from "../../../../pipeline/cli/serve/serve-config.ts";
import { askServer } from "../../../../pipeline/cli/serve/socket-client.ts";
import { listen } from "../../../../pipeline/cli/serve/socket-server.ts";
import { statusCommand } from "../../../../pipeline/cli/status.ts";
import { configDigest } from "../../../../pipeline/config-digest.ts";
import { silentLog } from "../../../../pipeline/log.ts";
import { silentReporter } from "../../../../pipeline/reporter.ts";
import { openTestHome } from "../../../support/home-with-voices.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

async function served() {
  const folder = tempFolder();
  const file = join(folder, "kizuki.yaml");
  writeFileSync(file, "title: 前の設定\n");
  return { file, home: await openTestHome(join(folder, "home"), { file }) };
}

test("a command that reads another kizuki.yaml than serve did says so, and is answered", async () => {
  const { file, home } = await served();
  const server = await listen(home, [statusCommand]);
  const lines: string[] = [];
  const reporter = { ...silentReporter, line: (text: string) => void lines.push(text) };
  const ask = async () => {
    const request = { command: "status", options: {}, configDigest: configDigest(file) };
    return await askServer(home.config.home, request, reporter);
  };
  expect(await ask()).toMatchObject({ result: { voices: 0 } });
  expect(lines).toEqual([]);
  writeFileSync(file, "title: 新しい設定\n");
  expect(await ask()).toMatchObject({ result: { voices: 0 } });
  expect(lines).toEqual([CONFIG_CHANGED]);
  await server.close();
  await home.close();
});

test("serve itself says once that kizuki.yaml has changed", async () => {
  const { file, home } = await served();
  const events: string[] = [];
  const lines: string[] = [];
  const news = {
    role: "serve",
    tell: () => undefined,
    tellFailure: () => undefined,
    log: { ...silentLog, warn: (event: string) => void events.push(event) },
    reporter: { ...silentReporter, line: (text: string) => void lines.push(text) },
    isTerminal: true,
  } as const;
  let looks = 0;
  const watch = watchConfig(home, news, 10);
  const counting = setInterval(() => (looks += 1), 10);
  writeFileSync(file, "title: 新しい設定\n");
  await vi.waitFor(() => expect(events).toEqual(["config-changed"]), 60_000);
  looks = 0;
  await vi.waitFor(() => expect(looks).toBeGreaterThan(5), 60_000);
  clearInterval(counting);
  await watch.stop();
  expect(events).toEqual(["config-changed"]);
  expect(lines).toEqual([CONFIG_CHANGED]);
  await home.close();
});
