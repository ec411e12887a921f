import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { addAwareness, awarenessListCommand } from "../../../pipeline/cli/awareness.ts";
import { awarenessFollowCommand } from "../../../pipeline/cli/awareness-follow.ts";
import type { Home } from "../../../pipeline/home.ts";
import { silentReporter } from "../../../pipeline/reporter.ts";
import { cleanLogs } from "../../../pipeline/vault/clean-logs.ts";
import { forgetVoices } from "../../../pipeline/vault/forget-voices.ts";
import { uuidOf } from "../../support/enriched-voice.ts";
import { rowsOfHome } from "../../support/home-rows.ts";
import { openTestHome, publishVoices, VOICES } from "../../support/home-with-voices.ts";
import { rebuildHome } from "../../support/rebuild-home.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const AUTHOR = "設備 林";

async function homeWithAwareness(folder = tempFolder(), file?: string) {
  let minutes = 0;
  const clock = () => new Date(Date.UTC(2026, 0, 5, 3, minutes++));
  const home = await openTestHome(folder, { clock, ...(file !== undefined && { file }) });
  await publishVoices(home, "aa", VOICES);
  const comment = { voice: uuidOf("a"), author: "林", reason: "遠いのではなく、道が分からない" };
  const { awarenessId } = await addAwareness(home, { ...comment, at: home.clock() });
  const follow = (step: "decision" | "outcome", text: string, awareness = awarenessId) =>
    awarenessFollowCommand.run(home, { awareness, author: AUTHOR, step, text }, silentReporter);
  return { home, awarenessId, follow };
}

const listed = async (home: Home) => await awarenessListCommand.run(home, {}, silentReporter);

test("a decision and its outcome stand beside the 気づき they followed, the newest of each", async () => {
  const { home, awarenessId, follow } = await homeWithAwareness();
  await follow("decision", "看板を一枚立てる", awarenessId.slice(0, 8));
  await follow("decision", "看板を二枚立てる");
  await follow("outcome", "立てました");
  expect(await listed(home)).toMatchObject([
    { decision: "看板を二枚立てる", outcome: "立てました" },
  ]);
  await follow("decision", "看板を光らせる");
  expect(await listed(home)).toMatchObject([{ decision: "看板を光らせる", outcome: null }]);
  await home.close();
});

test("whoever decides is told the first week and month that show it, by Japanese days", async () => {
  const { follow } = await homeWithAwareness();
  expect((await follow("decision", "看板を一枚立てる")).shownFrom).toBe(
    "週次は1月5日の週（2026-W02）から、月次は2026-01から",
  );
});

test("an outcome of what nobody decided is refused, and so is a number that no 気づき has", async () => {
  const { home, follow } = await homeWithAwareness();
  await expect(follow("outcome", "立てました")).rejects.toThrow("決めたことがまだありません");
  await expect(follow("decision", "x", "00000000")).rejects.toThrow("見つかりません");
  await home.close();
});

test("a telephone number in a decision is masked before anything keeps it", async () => {
  const { home, follow } = await homeWithAwareness();
  await follow("decision", "090-1234-5678 へ折り返す");
  const [row] = await listed(home);
  expect(row?.decision).not.toContain("1234");
  await home.close();
});

test("what a company wants masked is masked in a decision as it is in a reason", async () => {
  const folder = tempFolder();
  const file = join(folder, "kizuki.yaml");
  writeFileSync(file, '{ "mask": { "staffNames": ["鷺ノ森"], "numberPatterns": ["KZ-####"] } }');
  const { home, follow } = await homeWithAwareness(folder, file);
  await follow("decision", "鷺ノ森から KZ-1234 のお客様へ折り返す");
  const [row] = await listed(home);
  expect(row?.decision).toMatch(/^【.+】から 【.+】 のお客様へ折り返す$/);
  await home.close();
});

test("a rebuilt warehouse has the decisions again; a forgotten voice takes its own with it, from the stream too", async () => {
  const folder = tempFolder();
  const { home, follow } = await homeWithAwareness(folder);
  await follow("decision", "看板を立てる");
  await home.close();
  const before = (await rowsOfHome(folder)).awareness_followups;
  await rebuildHome(folder);
  expect((await rowsOfHome(folder)).awareness_followups).toBe(before);
  const again = await openTestHome(folder);
  const by = { mode: "pseudonymise", author: "林", reason: "お申し出" } as const;
  await forgetVoices(again, [uuidOf("a")], by);
  const rows = "select count(*)::int from awareness_followups";
  const left = await again.warehouse.reader.runAndReadAll(rows);
  expect(left.getRowsJS()).toEqual([[0]]);
  const action = { type: "awareness-followed", text: "看板を立てる" };
  await cleanLogs(again, new Set([uuidOf("a")]));
  const texts: unknown[] = [];
  for await (const { records } of again.streams.actions.readFrom(0)) texts.push(...records);
  expect(texts).toContainEqual(expect.objectContaining({ ...action, text: "―" }));
  expect(JSON.stringify(texts)).not.toContain(action.text);
  await again.close();
});
