import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { startPulls } from "../../../../pipeline/cli/serve/serve-pull.ts";
import { silentLog } from "../../../../pipeline/log.ts";
import { silentMeasures } from "../../../../pipeline/measures.ts";
import { silentReporter } from "../../../../pipeline/reporter.ts";
import { openTestHome } from "../../../support/home-with-voices.ts";
import { closedPort } from "../../../support/mail-server.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

test("a source that nobody answers for is measured as failed, by its name", async () => {
  const folder = tempFolder();
  const file = join(folder, "kizuki.yaml");
  const url = `http://127.0.0.1:${await closedPort()}/feed`;
  writeFileSync(file, `pull: { reviews: { plugin: feed, settings: { url: "${url}" } } }\n`);
  const outcomes: string[] = [];
  const measures = {
    ...silentMeasures,
    pulled: (source: string, outcome: string) => void outcomes.push(`${source} ${outcome}`),
  };
  const home = await openTestHome(join(folder, "home"), { file, measures });
  const news = {
    role: "serve",
    tell: () => undefined,
    tellFailure: () => undefined,
    log: silentLog,
    reporter: silentReporter,
    isTerminal: false,
  } as const;
  const events = { afterwards: async () => undefined, crashed: () => undefined };
  const pulls = await startPulls(home, news, events);
  await vi.waitFor(() => expect(outcomes).toEqual(["reviews failed"]), 60_000);
  await pulls.stop();
  await home.close();
});
