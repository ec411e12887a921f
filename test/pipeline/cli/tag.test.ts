import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readLabelledFile } from "../../../pipeline/cli/labelled-file.ts";
import { statusCommand } from "../../../pipeline/cli/status.ts";
import { listedText, tagExportCommand, tagListCommand } from "../../../pipeline/cli/tag-list.ts";
import { tagConfirmCommand, tagFixCommand, tagUndoCommand } from "../../../pipeline/cli/tag-say.ts";
import { shownText, tagShowCommand } from "../../../pipeline/cli/tag-show.ts";
import type { Home } from "../../../pipeline/home.ts";
import { weekOf } from "../../../pipeline/period.ts";
import { silentReporter } from "../../../pipeline/reporter.ts";
import { forgetVoices } from "../../../pipeline/vault/forget-voices.ts";
import { makeReport } from "../../../reports/frozen/make-report.ts";
import { uuidOf } from "../../support/enriched-voice.ts";
import { exactRowsOfHome } from "../../support/home-rows.ts";
import { rebuildHome } from "../../support/rebuild-home.ts";
import { runKizuki } from "../../support/run-kizuki.ts";
import { cutVoice, openTaggedHome, publish, TEXT } from "../../support/tagged-home.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const VOICE = uuidOf("a");
const AUTHOR = "林";
/** 駐車場が遠い。 */
const FIRST = 7;
const ALL = [...TEXT].length;

type Fix = { sentiment?: string; kind?: string; topics?: string[]; without?: string[] };

const fix = (home: Home, segment: number, said: Fix) =>
  tagFixCommand.run(
    home,
    { voice: VOICE, segment, author: AUTHOR, topics: [], without: [], ...said },
    silentReporter,
  );
const list = (home: Home) => tagListCommand.run(home, {}, silentReporter);
const states = async (home: Home) => (await list(home)).map(({ state }) => state);
const show = async (home: Home) =>
  shownText(await tagShowCommand.run(home, { voice: VOICE }, silentReporter));

async function homeOfTwo(folder?: string): Promise<Home> {
  const home = await openTaggedHome(folder);
  await publish(home, "file:one", { name: "a", changes: cutVoice("a", [FIRST, ALL]) });
  return home;
}

async function rows(home: Home, sql: string): Promise<unknown[][]> {
  return (await home.warehouse.reader.runAndReadAll(sql)).getRowsJS();
}

const VERDICTS = "select sentiment, kind from segments order by position";
const VOICE_VERDICT = "select sentiment, kind from voices";
const TOPICS =
  "select position, topic, decided_by from segment_topics join segments using (segment_id) order by all";

test("what is given takes the machine's place on that head of that segment alone, and the voice's own values follow", async () => {
  const home = await homeOfTwo();
  await fix(home, 2, { sentiment: "ポジティブ", kind: "お褒め", topics: ["toilet"] });
  expect(await rows(home, VERDICTS)).toEqual([
    ["negative", "complaint"],
    ["positive", "praise"],
  ]);
  expect(await rows(home, TOPICS)).toEqual([
    [0, "parking", "head"],
    [1, "toilet", "person"],
  ]);
  // -0.5 beside a certain 1.
  expect(await rows(home, VOICE_VERDICT)).toEqual([["positive", "complaint"]]);
  await fix(home, 1, { kind: "request" });
  expect(await rows(home, VOICE_VERDICT)).toEqual([["positive", "request"]]);
  expect(await show(home)).toMatch(
    /文 1 {2}駐車場が遠い。\n {2}感情: ネガティブ（推定 90%）\n {2}声の種類: ご要望（確認済 林 2026-01-12）[\s\S]*文 2[\s\S]*ポジティブ（確認済 林/,
  );
  await home.close();
});

test("confirmed tags are those of the machine, each of them sure, and undone they are the machine's again", async () => {
  const home = await homeOfTwo();
  const all =
    "from (select * from segments union by name select * from segment_topics) order by all";
  const before = await rows(home, all);
  const here = { voice: VOICE, segment: 1, author: AUTHOR };
  await tagConfirmCommand.run(home, here, silentReporter);
  expect(
    await rows(
      home,
      "select sentiment_confidence, kind_confidence from segments order by position limit 1",
    ),
  ).toEqual([[1, 1]]);
  expect(await rows(home, TOPICS)).toContainEqual([0, "parking", "person"]);
  await expect(tagConfirmCommand.run(home, here, silentReporter)).rejects.toThrow(
    "もうすべて確認済",
  );
  await tagUndoCommand.run(home, here, silentReporter);
  expect(await rows(home, all)).toEqual(before);
  expect(await states(home)).toEqual(["standing", "undone"]);
  await expect(tagUndoCommand.run(home, here, silentReporter)).rejects.toThrow("ありません");
  await home.close();
});

test.each([
  { said: { sentiment: "よい" }, told: "ネガティブ（negative）、中立（neutral）" },
  { said: { kind: "クレーム" }, told: "ご指摘（complaint）、ご要望（request）" },
  { said: { topics: ["駐輪場"] }, told: "tourism/parking" },
  { said: { without: ["food"] }, told: "期待: tourism" },
  { said: { topics: ["toilet"], without: ["tourism"] }, told: "--no-topics" },
  { said: {}, told: "直すものがありません" },
])("$said is refused, and says which there are", async ({ said, told }) => {
  const home = await homeOfTwo();
  await expect(fix(home, 1, said)).rejects.toThrow(told);
  await expect(fix(home, 3, { kind: "praise" })).rejects.toThrow("1 から 2");
  expect(await list(home)).toEqual([]);
  await home.close();
});

test("a person's word stays through another import, new tags, new vectors and a higher epoch", async () => {
  const home = await homeOfTwo();
  await fix(home, 2, { sentiment: "positive", topics: ["toilet"] });
  const said = await rows(home, TOPICS.replace("order", "where decided_by = 'person' order"));
  const holds = async () => {
    expect((await rows(home, VERDICTS))[1]?.[0]).toBe("positive");
    expect(await rows(home, TOPICS)).toEqual(expect.arrayContaining(said));
    expect((await rows(home, TOPICS)).filter(([position]) => position === 1)).toHaveLength(1);
    expect(await states(home)).toEqual(["standing"]);
  };
  await publish(home, "file:two", { name: "a", changes: cutVoice("a", [FIRST, ALL]) });
  await holds();
  const [segment] = cutVoice("a", [ALL]).segments ?? [];
  if (segment === undefined) throw new Error("no segment");
  const { start: _start, end: _end, terms: _terms, ...encoded } = segment;
  const revision = await rows(home, "select revision_hash from voice_revisions");
  const tied = {
    origin: { stream: "file:one", source: "test", file: "one.csv", offset: 0, row: 2 },
    ...{ voiceId: VOICE, revision: String(revision[0]?.[0]), epoch: 1, taxonomies: ["tourism"] },
  };
  const encoder = String((await rows(home, "select distinct encoder from vectors"))[0]?.[0]);
  const tag = { taxonomy: "tourism", topic: "food", confidence: 0.6, by: "head", why: [] } as const;
  const { sentiment, polarity, kind, intensity, harm } = {
    ...encoded,
    sentiment: "negative" as const,
  };
  const derived = { sentiment, polarity, kind, emotions: [], intensity, harm };
  await home.streams.enriched.append(
    [
      { status: "retagged", ...tied, encoder, segments: [[tag], [tag]] },
      {
        status: "reencoded",
        ...tied,
        encoder: "b".repeat(64),
        derived,
        segments: [encoded, encoded],
      },
    ],
    {},
  );
  await home.loader.loadEnriched(home.streams.enriched);
  await holds();
  expect(await rows(home, "select machine_topics[1].topic from confirmed_segments")).toEqual([
    ["parking"],
  ]);
  await publish(home, "file:three", {
    name: "a",
    changes: cutVoice("a", [FIRST - 2, ALL], { epoch: 3 }),
  });
  await holds();
  await home.close();
});

test("where the segments are cut otherwise it belongs to none, is told, and comes back with its segment", async () => {
  const home = await homeOfTwo();
  await fix(home, 1, { sentiment: "positive" });
  await publish(home, "file:two", { name: "a", changes: cutVoice("a", [ALL], { epoch: 2 }) });
  expect(await rows(home, VERDICTS)).toEqual([["negative", "complaint"]]);
  expect(await states(home)).toEqual(["no-segment"]);
  expect(listedText(await list(home))).toContain("当てはまる文がありません");
  expect(await statusCommand.run(home, {}, silentReporter)).toMatchObject({
    confirmed: 0,
    lostTags: 1,
  });
  await publish(home, "file:three", {
    name: "a",
    changes: cutVoice("a", [FIRST, ALL], { epoch: 3 }),
  });
  expect((await rows(home, VERDICTS))[0]).toEqual(["positive", "complaint"]);
  expect(await statusCommand.run(home, {}, silentReporter)).toMatchObject({
    confirmed: 1,
    lostTags: 0,
  });
  const tag = String((await list(home))[0]?.tagId.slice(0, 8));
  await tagUndoCommand.run(home, { tag, author: AUTHOR }, silentReporter);
  expect((await rows(home, VERDICTS))[0]).toEqual(["negative", "complaint"]);
  await home.close();
});

test("a new revision with other words ends it and is told; one with other attributes alone does not", async () => {
  const home = await homeOfTwo();
  await fix(home, 1, { sentiment: "positive" });
  const revised = { revision: "1".repeat(16), attributes: { 県: "石川県" } };
  await publish(home, "file:two", { name: "a", changes: cutVoice("a", [FIRST, ALL], revised) });
  expect(await states(home)).toEqual(["standing"]);
  const text = "駐車場は近い。トイレはきれいです。";
  const changes = cutVoice("a", [FIRST, ALL], { revision: "2".repeat(16) });
  await publish(home, "file:three", { name: "a", text, changes });
  expect(await states(home)).toEqual(["other-words"]);
  expect(listedText(await list(home))).toContain("声の言葉が改められました");
  expect((await rows(home, VERDICTS))[0]).toEqual(["negative", "complaint"]);
  await home.close();
});

test("a rebuilt warehouse has all of it again; a forgotten voice loses it, and the machine's word is back", async () => {
  const folder = join(tempFolder(), "home");
  const home = await homeOfTwo(folder);
  await fix(home, 1, { sentiment: "positive", without: ["tourism"] });
  await tagConfirmCommand.run(home, { voice: VOICE, segment: 2, author: AUTHOR }, silentReporter);
  await publish(home, "file:two", {
    name: "a",
    changes: cutVoice("a", [FIRST + 1, ALL], { epoch: 2 }),
  });
  await home.close();
  const before = await exactRowsOfHome(folder);
  expect(before.confirmed_segments).toMatch(/^2 /);
  await rebuildHome(folder);
  expect(await exactRowsOfHome(folder)).toEqual(before);
  const again = await openTaggedHome(folder);
  await forgetVoices(again, [VOICE], { mode: "pseudonymise", author: AUTHOR, reason: "お申し出" });
  const counts = ["person_tags", "confirmed_segments", "confirmed_voices"].map((table) =>
    rows(again, `select count(*)::int from ${table}`),
  );
  expect(await Promise.all(counts)).toEqual([[[0]], [[0]], [[0]]]);
  expect(await rows(again, `${VERDICTS} limit 1`)).toEqual([["negative", "complaint"]]);
  expect(await rows(again, TOPICS)).toEqual([
    [0, "parking", "head"],
    [1, "parking", "head"],
  ]);
  await again.close();
});

test("a report made afterwards counts the person's word, and its 訂正 shows before and after", async () => {
  const home = await homeOfTwo();
  const make = (again: boolean) =>
    makeReport(home, weekOf("2026-01-05"), { again, askedBy: "person" });
  const page = async (files: readonly string[]) =>
    readFileSync(files.find((file) => file.endsWith("W02.html")) ?? "", "utf8");
  const first = await page((await make(false)).files);
  expect(first).not.toContain("訂正");
  await fix(home, 1, { sentiment: "positive", kind: "praise", topics: ["toilet"] });
  await fix(home, 2, { sentiment: "positive", kind: "praise", topics: ["toilet"] });
  expect(await page((await make(false)).files)).toBe(first);
  const { revision, files } = await make(true);
  expect(revision).toBe(2);
  const second = await page(files);
  expect(second).toMatch(/<h2>訂正<\/h2>[\s\S]*ネガティブ[\s\S]*1件[\s\S]*0件/);
  const voices = readFileSync(files.find((file) => file.includes(".voices.")) ?? "", "utf8");
  expect(voices).toMatch(/by-person"><b>確認済<\/b> お褒め・ポジティブ/);
  expect(second).toMatch(/<dt><span class="tag by-person"><b>確認済<\/b><\/span><\/dt><dd>人が/);
  await home.close();
});

test("confirmed segments are examples that training and evaluation read", async () => {
  const home = await homeOfTwo();
  const write = async (head: string) => {
    const { lines } = await tagExportCommand.run(home, { head }, silentReporter);
    const file = join(tempFolder(), `${head}.jsonl`);
    writeFileSync(file, `${lines.join("\n")}\n`);
    return await readLabelledFile(file, { examples: file, text: "text", label: "label" });
  };
  await expect(write("sentiment")).rejects.toThrow("まだありません");
  await fix(home, 2, { sentiment: "positive", topics: ["toilet", "food"] });
  await fix(home, 1, { without: ["tourism"] });
  expect(await write("sentiment")).toEqual([
    { text: "トイレはきれいです。", labels: ["positive"] },
  ]);
  expect(await write("tourism")).toEqual([
    { text: "駐車場が遠い。", labels: [] },
    { text: "トイレはきれいです。", labels: ["food", "toilet"] },
  ]);
  await expect(write("topics")).rejects.toThrow("期待: sentiment、kind、tourism");
  await home.close();
});

test("a person at a terminal reads, fixes, lists, exports and takes back; what is missing is said in Japanese", async () => {
  const folder = join(tempFolder(), "home");
  await (await homeOfTwo(folder)).close();
  const run = (...args: string[]) =>
    runKizuki(["--config", `${folder}.yaml`, "tag", ...args], { home: folder });
  const place = ["--voice", "a", "--segment", "1", "--author", AUTHOR];
  const fixed = await run("fix", ...place, "--sentiment", "中立", "--no-topics", "tourism");
  expect(fixed.stdout, fixed.stderr).toMatch(/タグを直しました（番号 [0-9a-f]{8}）[\s\S]*--again/);
  const shown = await run("show", "--voice", "a");
  expect(shown.stdout).toMatch(/感情: 中立（確認済 林[\s\S]*話題: なし（確認済 林/);
  const listed = await run("list");
  expect(listed.stdout).toMatch(/林 {2}直した\n.*駐車場が遠い。\n {2}感情 中立、話題 なし/);
  const file = join(folder, "examples.jsonl");
  const exported = await run("export", file, "--head", "sentiment");
  expect(exported.stdout, exported.stderr).toContain("1 文を書きました");
  expect(readFileSync(file, "utf8")).toBe('{"text":"駐車場が遠い。","label":"neutral"}\n');
  const unsaid = await run("undo", "--author", AUTHOR);
  expect(unsaid).toMatchObject({ code: 2, stderr: expect.stringContaining("--tag") });
  expect((await run("undo", ...place)).stdout).toContain("取り消しました");
}, 120_000);
