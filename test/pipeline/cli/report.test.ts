import { expect, test } from "vitest";
import { reportCommand } from "../../../pipeline/cli/report.ts";
import { tickOf } from "../../../pipeline/cli/serve-jobs.ts";
import { silentLog } from "../../../pipeline/log.ts";
import { silentReporter } from "../../../pipeline/reporter.ts";
import { openTestHome, publishVoices, VOICES } from "../../support/home-with-voices.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const NEWS = {
  role: "serve",
  tell: () => undefined,
  tellFailure: () => undefined,
  log: silentLog,
  reporter: silentReporter,
  isTerminal: false,
} as const;

test("without a period, an empty week is refused until the timetable has frozen it, and given then", async () => {
  const clock = () => new Date("2026-01-12T09:00:00+09:00");
  const home = await openTestHome(tempFolder(), { clock });
  await publishVoices(home, "file:one", VOICES);
  const ask = () =>
    reportCommand.run(home, { job: "weekly", again: false, deliver: false }, silentReporter);
  await expect(ask()).rejects.toThrow(/2026-W02 に届いた声がありません.*--period 2026-W01/);
  await tickOf(home, NEWS)();
  expect(await ask()).toMatchObject({ period: "2026-W02", revision: 1, wasFrozen: true });
  await home.close();
});
