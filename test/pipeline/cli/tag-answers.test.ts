import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tagLabelsCommand } from "../../../pipeline/cli/tag-labels.ts";
import { listedText, tagListCommand } from "../../../pipeline/cli/tag-list.ts";
import { TagNumber } from "../../../pipeline/cli/tag-options.ts";
import { tagFixCommand, tagUndoCommand } from "../../../pipeline/cli/tag-say.ts";
import { tagShowCommand } from "../../../pipeline/cli/tag-show.ts";
import type { Home } from "../../../pipeline/home.ts";
import { weekOf } from "../../../pipeline/period.ts";
import { silentReporter } from "../../../pipeline/reporter.ts";
import { workbookSheets } from "../../../reports/formats/workbook-sheets.ts";
import { makeReport } from "../../../reports/frozen/make-report.ts";
import { outlineOf } from "../../../reports/outline/outline-of.ts";
import { WeeklyReport } from "../../../reports/weekly/weekly-report.ts";
import { uuidOf } from "../../support/enriched-voice.ts";
import { runKizuki } from "../../support/run-kizuki.ts";
import { cutVoice, openTaggedHome, publish, TEXT } from "../../support/tagged-home.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const VOICE = uuidOf("a");
/** 駐車場が遠い。 */
const FIRST = 7;
const ALL = [...TEXT].length;

async function homeOfTwo(folder?: string, taxonomies?: string): Promise<Home> {
  const home = await openTaggedHome(folder, taxonomies);
  await publish(home, "file:one", { name: "a", changes: cutVoice("a", [FIRST, ALL]) });
  return home;
}

type Said = { sentiment?: string; topics?: string[]; without?: string[]; author?: string };

const fix = (home: Home, said: Said) =>
  tagFixCommand.run(
    home,
    { voice: VOICE, segment: 1, author: "林", topics: [], without: [], ...said },
    silentReporter,
  );

test("an answer says what each head was and is, and whose word of when went", async () => {
  const home = await homeOfTwo();
  const machine = /^[^（]*駐車場（推定 \d+%）$/;
  expect(await fix(home, { sentiment: "ポジティブ", without: ["tourism"] })).toMatchObject({
    changes: [
      {
        head: "感情",
        before: "ネガティブ（推定 90%）",
        after: "ポジティブ（確認済 林 2026-01-12）",
      },
      {
        head: "話題",
        before: expect.stringMatching(machine),
        after: "なし（確認済 林 2026-01-12）",
      },
    ],
    notes: [],
  });
  const { changes } = await fix(home, { sentiment: "中立", author: "森" });
  expect(changes).toEqual([
    {
      head: "感情",
      before: "ポジティブ（確認済 林 2026-01-12）",
      after: "中立（確認済 森 2026-01-12）",
    },
  ]);
  const place = { voice: VOICE, segment: 1, author: "原" };
  const undone = await tagUndoCommand.run(home, place, silentReporter);
  expect(undone.changes).toEqual([
    { head: "感情", before: "中立（確認済 森 2026-01-12）", after: "ネガティブ（推定 90%）" },
    {
      head: "話題",
      before: "なし（確認済 林 2026-01-12）",
      after: expect.stringMatching(machine),
    },
  ]);
  await home.close();
});

test("the list shows of an undo whose words it took back, not those that others had replaced", async () => {
  const home = await homeOfTwo();
  await fix(home, { sentiment: "ポジティブ", without: ["tourism"] });
  await fix(home, { sentiment: "中立", author: "森" });
  await tagUndoCommand.run(home, { voice: VOICE, segment: 1, author: "原" }, silentReporter);
  const [undo, ...said] = await tagListCommand.run(home, {}, silentReporter);
  expect(undo?.undid.map(({ author, words }) => [author, ...words])).toEqual([
    ["森", "感情 中立"],
    ["林", "話題 なし"],
  ]);
  expect(said.map(({ undid }) => undid)).toEqual([[], []]);
  expect(listedText(undo === undefined ? [] : [undo])).toMatch(
    /原 {2}取り消し\n.*\n {2}取り消したもの: [0-9a-f]{8}（森 2026-01-12 12:\d\d）感情 中立\n/,
  );
  await home.close();
});

test("an undo of words that hold for no segment tells what it took back", async () => {
  const home = await homeOfTwo();
  const { tagId } = await fix(home, { sentiment: "ポジティブ" });
  await publish(home, "file:two", { name: "a", changes: cutVoice("a", [ALL], { epoch: 2 }) });
  const undone = await tagUndoCommand.run(home, { tag: tagId, author: "森" }, silentReporter);
  expect(undone).toMatchObject({
    changes: [],
    notes: [expect.stringMatching(/^取り消したもの: .*（林 .*）感情 ポジティブ$/)],
  });
  await home.close();
});

test("an undo by its number that also names a place is refused: the two may not be the same", async () => {
  const home = await homeOfTwo();
  const { tagId } = await fix(home, { sentiment: "ポジティブ" });
  const asked = { tag: tagId, voice: uuidOf("b"), segment: 1, author: "森" };
  await expect(tagUndoCommand.run(home, asked, silentReporter)).rejects.toThrow("--tag は");
  const [said] = await tagListCommand.run(home, {}, silentReporter);
  expect(said?.state).toBe("standing");
  await home.close();
});

test("an undo by its number, under other masks than it was said, says what changed", async () => {
  const home = await openTaggedHome();
  const publishAs = async (file: string, name: string, epoch: number) => {
    const [text, revision] = [`${name}さん。遠い。`, "1".repeat(16)];
    const ends = [[...name].length + 3, [...text].length];
    await publish(home, file, {
      ...{ name: "a", text },
      changes: cutVoice("a", ends, { text, revision, epoch }),
    });
  };
  await publishAs("file:one", "田中", 1);
  const place = { voice: VOICE, segment: 2, author: "林", topics: [], without: [] };
  const { tagId } = await tagFixCommand.run(
    home,
    { ...place, sentiment: "ポジティブ" },
    silentReporter,
  );
  await publishAs("file:two", "【氏名1】", 2);
  const undone = await tagUndoCommand.run(home, { tag: tagId, author: "森" }, silentReporter);
  expect(undone.changes).toEqual([
    { head: "感情", before: "ポジティブ（確認済 林 2026-01-12）", after: "ネガティブ（推定 90%）" },
  ]);
  await home.close();
});

test("a topic of severity 5 is confirmed harm, as the answer says; another is none", async () => {
  const home = await homeOfTwo(undefined, "food-maker, tourism");
  const labels = await tagLabelsCommand.run(home, {}, silentReporter);
  const topics = labels.filter(({ severity }) => severity === 5).map(({ topic }) => topic);
  const { notes } = await fix(home, { topics });
  expect(notes).toEqual([expect.stringContaining("お体への害を伝える声（確認済）として数え、")]);
  expect((await fix(home, { topics: ["toilet"], sentiment: "ネガティブ" })).notes).toEqual([]);
  await home.close();
});

test("numbers, dates and words are read as Japanese type them", async () => {
  const home = await homeOfTwo();
  const show = async (voice: string) =>
    (await tagShowCommand.run(home, { voice }, silentReporter)).voiceId;
  const eight = VOICE.slice(0, 8);
  const wide = eight.replace(/[0-9a-f]/g, (each) =>
    String.fromCodePoint((each.codePointAt(0) ?? 0) + 0xfee0),
  );
  for (const typed of [`番号${eight}`, `番号 ${eight}`, wide, ` ${eight.toUpperCase()} `]) {
    expect(await show(typed), typed).toBe(VOICE);
  }
  for (const segment of ["１", "文 1", "文２", 2]) {
    expect(tagFixCommand.Options.shape.segment.safeParse(segment).success, `${segment}`).toBe(true);
  }
  for (const since of ["２０２６－０１－０５", "2026年1月5日", "2026/1/5", "2026-01-05"]) {
    expect(tagListCommand.Options.parse({ since })).toEqual({ since: "2026-01-05" });
  }
  expect(TagNumber.parse("番号　３ｆ２ａ９Ｃ１Ｂ")).toBe("3f2a9c1b");
  await fix(home, { sentiment: "ﾈｶﾞﾃｨﾌﾞ", topics: ["ＴＯＩＬＥＴ".toLowerCase()] });
  await home.close();
});

test("that a person says no topic fits stands beside the segment, on the page and in the workbook", async () => {
  const home = await homeOfTwo();
  await fix(home, { without: ["tourism"] });
  const week = weekOf("2026-01-05");
  const { files } = await makeReport(home, week, { again: false, askedBy: "person" });
  const read = (end: string) =>
    readFileSync(files.find((file) => file.endsWith(end)) ?? "", "utf8");
  expect(
    read(".voices.html").match(/by-person"><b>確認済<\/b> 話題なし</g)?.length,
  ).toBeGreaterThan(0);
  const report = WeeklyReport.parse(JSON.parse(read("W02.json")));
  const sheet = workbookSheets(report, outlineOf(report)).find(({ name }) => name === "文");
  expect(sheet?.rows.map((row) => [row[3], row.at(-1)])).toEqual([
    ["駐車場が遠い。", "話題なし"],
    ["トイレはきれいです。", ""],
  ]);
  await home.close();
});

test("a name that is no topic is answered with at most eight near ones, its group first, and how to list all", async () => {
  const home = await homeOfTwo(undefined, "food-maker");
  const refusal = async (topic: string) => {
    const refused = await fix(home, { topics: [topic] }).catch((cause: Error) => cause.message);
    return String(refused).split("\n");
  };
  const ofGroup = await refusal("体調・けが／頭痛");
  expect(ofGroup[1]).toContain("  体調・けが／");
  const containing = await refusal("味が");
  expect(containing.slice(1, -1).length).toBeLessThanOrEqual(8);
  expect(containing[1]).toContain("味");
  expect(await refusal("犬")).toEqual([
    "話題「犬」はありません。",
    "話題の一覧: kizuki tag labels",
  ]);
  await home.close();
});

test("at a terminal what is wrong is a sentence with what was read, and no file is written over unasked", async () => {
  const folder = join(tempFolder(), "home");
  await (await homeOfTwo(folder)).close();
  const run = (...args: string[]) =>
    runKizuki(["--config", `${folder}.yaml`, "tag", ...args], { home: folder });
  const place = ["--voice", "a", "--author", "林"];
  for (const { args, told } of [
    { args: ["confirm", ...place, "--segment", "二"], told: "読んだもの: 二、期待: " },
    { args: ["undo", ...place, "--segment", "x"], told: "読んだもの: x、期待: " },
    { args: ["undo", "--tag", "12", "--author", "林"], told: "読んだもの: 12、期待: " },
    { args: ["list", "--since", "2026-02-30"], told: "読んだもの: 2026-02-30、期待: " },
  ]) {
    expect(await run(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(told) });
  }
  const fixed = await run("fix", ...place, "--segment", "１", "--sentiment", "中立");
  expect(fixed.stdout, fixed.stderr).toMatch(
    /文: 駐車場が遠い。\n {2}感情: ネガティブ（推定 90%）→ 中立（確認済 林 /,
  );
  expect((await run("labels")).stdout).toMatch(/ {2}tourism\/toilet {2}深刻度 \d\n/);
  const file = join(folder, "examples.jsonl");
  const write = (...more: string[]) => run("export", file, "--head", "sentiment", ...more);
  expect(await write()).toMatchObject({ code: 0 });
  expect(existsSync(file)).toBe(true);
  const first = readFileSync(file, "utf8");
  await run("fix", ...place, "--segment", "2", "--sentiment", "中立");
  expect(await write()).toMatchObject({ code: 2, stderr: expect.stringContaining("--overwrite") });
  expect(readFileSync(file, "utf8")).toBe(first);
  expect((await write("--overwrite")).stdout).toContain("2 文を書きました");
}, 120_000);
