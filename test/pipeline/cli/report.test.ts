import { expect, test } from "vitest";
import { reportCommand } from "../../../pipeline/cli/report.ts";
import { tickOf } from "../../../pipeline/cli/serve/serve-jobs.ts";
import { statusCommand } from "../../../pipeline/cli/status.ts";
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

test.each([
  { job: "weekly", period: "2026-W01", since: 2 },
  { job: "daily", period: "2025-12-30", since: 1 },
] as const)("a frozen $job says how many voices of its period came after it", async (asked) => {
  const clock = () => new Date("2026-01-12T09:00:00+09:00");
  const home = await openTestHome(tempFolder(), { clock });
  await publishVoices(home, "file:one", VOICES);
  const { since, ...period } = asked;
  const give = () =>
    reportCommand.run(home, { ...period, again: false, deliver: false }, silentReporter);
  await give();
  expect(await give()).toMatchObject({ wasFrozen: true, arrivedSince: 0 });
  await publishVoices(home, "file:two", [
    ["d", "箱がつぶれていた", "2025-12-30T11:00:00+09:00"],
    ["e", "また買いたい", "2026-01-02T11:00:00+09:00"],
    ["f", "袋が開けにくい", "2026-01-07T11:00:00+09:00"],
  ]);
  expect(await give()).toMatchObject({ wasFrozen: true, revision: 1, arrivedSince: since });
  const { periods } = await statusCommand.run(home, {}, silentReporter);
  expect(periods).toMatchObject([{ period: period.period, arrivedSince: since }]);
  const again = { ...period, again: true, deliver: false };
  expect(await reportCommand.run(home, again, silentReporter)).toMatchObject({ arrivedSince: 0 });
  expect(await give()).toMatchObject({ revision: 2, arrivedSince: 0 });
  await home.close();
});

test.each([
  {
    why: "a digest has no slides",
    options: { job: "daily", forms: ["pptx"] },
    expected: "期待: html、pdf、md、json",
  },
  {
    why: "a month has no lines",
    options: { job: "monthly", line: "菓子" },
    expected: "週次（weekly）の報告書に一度だけ",
  },
  {
    why: "a line is named once",
    options: { job: "weekly", period: "2026-W01.菓子", line: "菓子" },
    expected: "週次（weekly）の報告書に一度だけ",
  },
  {
    why: "a line that nobody defines, though its week has no voices either",
    options: { job: "weekly", line: "飲料" },
    expected: "--line が読めません。読んだもの: 飲料、まず kizuki.yaml に lines を",
  },
  {
    why: "a digest is of a day",
    options: { job: "daily", period: "2026-02-30" },
    expected: "期待: 2025-07-28 のような日付",
  },
] as const)("$why: it is refused before anything is frozen", async ({ options, expected }) => {
  const home = await openTestHome(tempFolder(), {
    clock: () => new Date("2026-01-12T09:00+09:00"),
  });
  await publishVoices(home, "file:one", VOICES);
  const given = reportCommand.Options.parse({ again: false, deliver: false, ...options });
  await expect(reportCommand.run(home, given, silentReporter)).rejects.toThrow(expected);
  const reader = await home.warehouse.reader.runAndReadAll("select count(*)::int from reports");
  expect(reader.getRowsJS()).toEqual([[0]]);
  await home.close();
});
