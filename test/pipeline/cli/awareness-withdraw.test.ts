import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { addAwareness, awarenessListCommand } from "../../../pipeline/cli/awareness.ts";
import { awarenessFollowCommand } from "../../../pipeline/cli/awareness-follow.ts";
import { awarenessWithdrawCommand } from "../../../pipeline/cli/awareness-withdraw.ts";
import { weekOf } from "../../../pipeline/period.ts";
import { silentReporter } from "../../../pipeline/reporter.ts";
import { cleanLogs } from "../../../pipeline/vault/clean-logs.ts";
import { forgetVoices } from "../../../pipeline/vault/forget-voices.ts";
import { makeReport } from "../../../reports/frozen/make-report.ts";
import { uuidOf } from "../../support/enriched-voice.ts";
import { openTestHome, publishVoices } from "../../support/home-with-voices.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const REASON = "看板が足りないのではないか";
const BECAUSE = "別のお客様の声と取り違えました";

async function homeOfOne() {
  let now = new Date("2026-01-05T09:00:00+09:00");
  const home = await openTestHome(tempFolder(), { clock: () => now });
  await publishVoices(home, "file:one", [
    ["a", "駐車場が遠い", "2025-12-30T10:00:00+09:00"],
    ["b", "景色がよい", "2026-01-06T10:00:00+09:00"],
    ["c", "味がよい", "2026-01-13T10:00:00+09:00"],
  ]);
  const comment = { voice: uuidOf("a"), author: "林", reason: REASON, at: home.clock() };
  const { awarenessId: awareness } = await addAwareness(home, comment);
  const page = async (monday: string) => {
    const made = await makeReport(home, weekOf(monday), { again: false, askedBy: "person" });
    const file = made.files.find((one) => one.endsWith(`${weekOf(monday).name}.html`));
    return readFileSync(file ?? "", "utf8");
  };
  const withdraw = (author: string) =>
    awarenessWithdrawCommand.run(home, { awareness, author, reason: BECAUSE }, silentReporter);
  const until = (instant: string) => {
    now = new Date(instant);
  };
  return { home, awareness, page, withdraw, until };
}

test("a withdrawn 気づき stays in the frozen report; the next says that it was withdrawn, and the one after nothing", async () => {
  const { home, page, withdraw, until } = await homeOfOne();
  const first = await page("2025-12-29");
  expect(first).toContain(REASON);
  until("2026-01-07T09:00:00+09:00");
  await withdraw("林");
  until("2026-01-19T09:00:00+09:00");
  expect(await page("2025-12-29")).toBe(first);
  const second = await page("2026-01-05");
  expect(second).toMatch(
    /<h3>取り下げ<\/h3>[\s\S]*1月7日（水）に取り下げられました。理由：別のお客様/,
  );
  const third = await page("2026-01-12");
  expect(third).not.toContain(REASON);
  expect(third).not.toContain("取り下げ");
  await home.close();
});

test("a forgotten voice takes the reason with it, from frozen reports and from the stream", async () => {
  const { home, page, withdraw, until } = await homeOfOne();
  await page("2025-12-29");
  until("2026-01-07T09:00:00+09:00");
  await withdraw("林");
  until("2026-01-12T09:00:00+09:00");
  expect(await page("2026-01-05")).toContain(BECAUSE);
  const voice = uuidOf("a");
  await forgetVoices(home, [voice], { mode: "pseudonymise", author: "林", reason: "お申し出" });
  await cleanLogs(home, new Set([voice]));
  const left = await home.warehouse.reader.runAndReadAll(
    "select count(*)::int from reports where contains(value, '取り違え') union all select count(*)::int from awareness_withdrawals",
  );
  expect(left.getRowsJS()).toEqual([[0], [0]]);
  const texts: unknown[] = [];
  for await (const { records } of home.streams.actions.readFrom(0)) texts.push(...records);
  expect(JSON.stringify(texts)).toContain("awareness-withdrawn");
  expect(JSON.stringify(texts)).not.toContain(BECAUSE);
  await home.close();
});

test("one that no report has shown is withdrawn without a word", async () => {
  const { home, page, withdraw, until } = await homeOfOne();
  until("2026-01-07T09:00:00+09:00");
  await withdraw("林");
  until("2026-01-12T09:00:00+09:00");
  for (const monday of ["2025-12-29", "2026-01-05"])
    expect(await page(monday)).not.toContain(REASON);
  await home.close();
});

test("its author alone withdraws it, once; what was decided because of it stays, without its words", async () => {
  const { home, awareness, page, withdraw, until } = await homeOfOne();
  const decided = { awareness, author: "森", step: "decision", text: "看板を立てる" } as const;
  await awarenessFollowCommand.run(home, decided, silentReporter);
  await expect(withdraw("森")).rejects.toThrow("書いた人（林）だけ");
  await withdraw("林");
  await expect(withdraw("林")).rejects.toThrow("もう取り下げられています");
  await expect(awarenessFollowCommand.run(home, decided, silentReporter)).rejects.toThrow("もう");
  expect(await awarenessListCommand.run(home, {}, silentReporter)).toMatchObject([
    { reason: REASON, withdrawn: BECAUSE },
  ]);
  until("2026-01-12T09:00:00+09:00");
  const html = await page("2026-01-05");
  expect(html).toContain("看板を立てる");
  expect(html).not.toContain(REASON);
  await home.close();
});

test("a reason that grows when its names are masked is loaded, and so is what comes after it", async () => {
  const { home, awareness } = await homeOfOne();
  const reason = Array.from({ length: 50 }, (_, nth) => `${nth}番の山田太郎様`).join("、");
  const { reason: masked } = await awarenessWithdrawCommand.run(
    home,
    { awareness, author: "林", reason },
    silentReporter,
  );
  expect([reason.length <= 500, masked.length > 500]).toEqual([true, true]);
  expect(await awarenessListCommand.run(home, {}, silentReporter)).toMatchObject([
    { withdrawn: masked },
  ]);
  const later = { voice: uuidOf("b"), author: "森", reason: REASON, at: home.clock() };
  await addAwareness(home, later);
  expect(await awarenessListCommand.run(home, {}, silentReporter)).toHaveLength(2);
  await home.close();
});
