import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { act } from "../../../pipeline/act.ts";
import { tagListCommand } from "../../../pipeline/cli/tag-list.ts";
import { tagConfirmCommand, tagFixCommand, tagUndoCommand } from "../../../pipeline/cli/tag-say.ts";
import { readSegments } from "../../../pipeline/cli/tag-segments.ts";
import type { Home } from "../../../pipeline/home.ts";
import { weekOf } from "../../../pipeline/period.ts";
import { silentReporter } from "../../../pipeline/reporter.ts";
import type { EnrichedVoice } from "../../../pipeline/schema/enriched-record.ts";
import { cleanHome, forgetVoices } from "../../../pipeline/vault/forget-voices.ts";
import { SURE_HARM } from "../../../reports/bodily-harm.ts";
import { makeReport } from "../../../reports/frozen/make-report.ts";
import { warehouseEffects } from "../../../reports/read-warehouse.ts";
import { uuidOf } from "../../support/enriched-voice.ts";
import { cutVoice, openTaggedHome, publish } from "../../support/tagged-home.ts";

const VOICE = uuidOf("a");

/** Publishes the voice as these sentences. */
async function say(home: Home, file: string, sentences: readonly string[], changes = {}) {
  let end = 0;
  const ends = sentences.map((sentence) => (end += [...sentence].length));
  const text = sentences.join("");
  await publish(home, file, {
    name: "a",
    text,
    changes: cutVoice("a", ends, { text, ...changes }),
  });
}

type Fix = { sentiment?: string; kind?: string; topics?: string[]; without?: string[] };
const fix = (home: Home, segment: number, said: Fix, author = "林") =>
  tagFixCommand.run(
    home,
    { voice: VOICE, segment, author, topics: [], without: [], ...said },
    silentReporter,
  );
const undo = (home: Home, asked: { tag: string } | { voice: string; segment: number }) =>
  tagUndoCommand.run(home, { ...asked, author: "林" }, silentReporter);
/** Who said so of which words, and whether it holds; newest first. */
const said = async (home: Home) =>
  (await tagListCommand.run(home, {}, silentReporter)).map(({ author, state, text }) => [
    author,
    state,
    text,
  ]);
const sentiments = async (home: Home) =>
  (await readSegments(home, VOICE)).map(({ sentiment }) => sentiment);

const OPEN = ["田中さん。", "早い。", "高い。"];
const MASKED = ["【氏名1】さん。", "早い。", "高い。"];
const SAME = { revision: "1".repeat(16) };

test("under other masks a word stays with its sentence, and is taken back and said anew there", async () => {
  const home = await openTaggedHome();
  await say(home, "file:one", OPEN, SAME);
  await fix(home, 3, { sentiment: "ポジティブ" });
  await say(home, "file:two", MASKED, { ...SAME, epoch: 2 });
  expect(await sentiments(home)).toEqual(["negative", "negative", "positive"]);
  expect(await said(home)).toEqual([["林", "standing", "高い。"]]);
  await expect(undo(home, { voice: VOICE, segment: 2 })).rejects.toThrow("ありません");
  await fix(home, 3, { sentiment: "中立" }, "森");
  expect(await sentiments(home)).toEqual(["negative", "negative", "neutral"]);
  expect(await said(home)).toEqual([
    ["森", "standing", "高い。"],
    ["林", "replaced", null],
  ]);
  await undo(home, { voice: VOICE, segment: 3 });
  expect(await sentiments(home)).toEqual(["negative", "negative", "negative"]);
  await home.close();
});

test.each([
  { why: "its own words are masked now", before: OPEN, now: MASKED, segment: 1 },
  {
    why: "its words stand there twice",
    before: ["田中。", "早い。", "早い。"],
    now: ["【氏名1】。", "早い。", "早い。"],
    segment: 3,
  },
  {
    why: "only a sentence that never had its mask has its words",
    before: ["【氏名1】早い。", "早い。"],
    now: ["田中早い。", "早い。"],
    segment: 1,
  },
])(
  "where $why, a word is told and stands on no other sentence",
  async ({ before, now, segment }) => {
    const home = await openTaggedHome();
    await say(home, "file:one", before, SAME);
    await fix(home, segment, { sentiment: "ポジティブ" });
    await say(home, "file:two", now, { ...SAME, epoch: 2 });
    expect(await sentiments(home)).toEqual(now.map(() => "negative"));
    expect(await said(home)).toEqual([["林", "no-segment", null]]);
    await say(home, "file:three", before, { ...SAME, epoch: 3 });
    expect((await sentiments(home))[segment - 1]).toBe("positive");
    await home.close();
  },
);

const FIRST = ["味が薄い。", "量は多い。"];
const SECOND = ["味は良い。", "量は多い。"];

test("a word on earlier words is taken back alone, and what another person says of the words of now stays", async () => {
  const home = await openTaggedHome();
  await say(home, "file:one", FIRST, { revision: "1".repeat(16) });
  const { tagId } = await fix(home, 1, { sentiment: "ポジティブ" });
  await say(home, "file:two", SECOND, { revision: "2".repeat(16) });
  await fix(home, 1, { topics: ["toilet"], kind: "お褒め" }, "森");
  await undo(home, { tag: tagId.slice(0, 8) });
  expect(await said(home)).toEqual([
    ["林", "standing", null],
    ["森", "standing", "味は良い。"],
    ["林", "undone", null],
  ]);
  const [segment] = await readSegments(home, VOICE);
  expect(segment).toMatchObject({ kind: "praise", topics: [{ topic: "toilet" }] });
  await home.close();
});

test("a word holds again when its words are back, whatever was said of others meanwhile", async () => {
  const home = await openTaggedHome();
  await say(home, "file:one", FIRST, { revision: "1".repeat(16) });
  await fix(home, 1, { sentiment: "ポジティブ" });
  await say(home, "file:two", SECOND, { revision: "2".repeat(16) });
  await fix(home, 1, { sentiment: "中立" }, "森");
  expect((await said(home)).map(([, state]) => state)).toEqual(["standing", "replaced"]);
  await say(home, "file:three", FIRST, { revision: "3".repeat(16) });
  expect(await sentiments(home)).toEqual(["positive", "negative"]);
  expect((await said(home)).map(([, state]) => state)).toEqual(["other-words", "standing"]);
  await home.close();
});

test("a forgotten voice leaves nothing of its words in what people said of it", async () => {
  const home = await openTaggedHome();
  await say(home, "file:one", FIRST);
  await fix(home, 1, { sentiment: "ポジティブ" });
  const hashes = async () => {
    const all: unknown[] = [];
    for await (const { records } of home.streams.actions.readFrom(0)) all.push(...records);
    return [...JSON.stringify(all).matchAll(/"(?:text|words)Hash":"([^"]*)"/g)].map(
      ([, hash]) => hash,
    );
  };
  expect(await hashes()).toEqual([
    expect.stringMatching(/^\w{16}$/),
    expect.stringMatching(/^\w{16}$/),
  ]);
  await forgetVoices(home, [VOICE], { mode: "pseudonymise", author: "林", reason: "お申し出" });
  await cleanHome(home, async () => {});
  expect(await hashes()).toEqual(["―", "―"]);
  await home.close();
});

const WEEK = weekOf("2026-01-05");

/** As [certainty, voices, confirmed]. */
async function harm(home: Home) {
  const { rows } = await warehouseEffects(home.warehouse.reader).readBodilyHarm(WEEK, "tourism");
  return rows
    .filter(({ topic }) => topic === "all")
    .map((row) => [row.certainty, row.voice_count, row.confirmed_count]);
}

/** From now on the taxonomy has these topics alone. */
async function describe(home: Home, severities: Readonly<Record<string, number>>): Promise<void> {
  const topics = Object.entries(severities).map(([topic, severity], position) => ({
    ...{ taxonomy: "tourism", topic, label: `${topic}のこと`, description: "" },
    ...{ parent: topic, parent_label: topic, severity, position },
  }));
  await act(home, {
    ...{ type: "taxonomy-described", actionId: uuidOf(JSON.stringify(severities)) },
    ...{ at: "2026-01-12T12:00:00+09:00", taxonomy: "tourism", topics },
  });
}

async function homeOfIll(changes: Partial<EnrichedVoice["segments"][number]>): Promise<Home> {
  const home = await openTaggedHome();
  await describe(home, { illness: 5, parking: 2, toilet: 2 });
  const [segment] = cutVoice("a", [5]).segments ?? [];
  if (segment === undefined) throw new Error("no segment");
  const text = "量は多い。";
  await publish(home, "file:one", {
    ...{ name: "a", text },
    changes: { text, segments: [{ ...segment, ...changes }] },
  });
  return home;
}

test.each<{ why: string; machine: "negative" | "positive" | null; said: Fix }>([
  { why: "the machine reads praise", machine: "positive", said: {} },
  { why: "the machine holds back", machine: null, said: {} },
  { why: "the person says positive too", machine: "negative", said: { sentiment: "ポジティブ" } },
])("a person's topic of severity 5 is harm for sure where $why", async ({ machine, said }) => {
  const home = await homeOfIll({ sentiment: machine });
  expect(await harm(home)).toEqual([]);
  await fix(home, 1, { topics: ["illness"], ...said });
  expect(await harm(home)).toEqual([["sure", 1, 1]]);
  await home.close();
});

test("where a person puts topics right and leaves those of severity 5 out, the machine's harm is a suspicion", async () => {
  const home = await homeOfIll({ harm: true, harmConfidence: SURE_HARM });
  expect(await harm(home)).toEqual([["sure", 1, 0]]);
  await fix(home, 1, { kind: "ご要望" });
  expect(await harm(home)).toEqual([["sure", 1, 0]]);
  // The machine said harm as well: who confirms its topics does not deny that.
  await tagConfirmCommand.run(home, { voice: VOICE, segment: 1, author: "森" }, silentReporter);
  expect(await harm(home)).toEqual([["sure", 1, 0]]);
  await fix(home, 1, { without: ["tourism"] });
  expect(await harm(home)).toEqual([["suspected", 1, 0]]);
  await fix(home, 1, { topics: ["illness"] });
  expect(await harm(home)).toEqual([["sure", 1, 1]]);
  await fix(home, 1, { topics: ["toilet"] });
  expect(await harm(home)).toEqual([["suspected", 1, 0]]);
  await describe(home, { parking: 2, toilet: 2 });
  // Nobody could have said harm by a topic of this taxonomy.
  expect(await harm(home)).toEqual([["sure", 1, 0]]);
  await home.close();
});

test("a topic that the taxonomy has no more stands by its id in no form of a report", async () => {
  const home = await homeOfIll({});
  await fix(home, 1, { topics: ["toilet", "parking"] });
  await describe(home, { illness: 5, parking: 2 });
  const { rows } = await warehouseEffects(home.warehouse.reader).readSegments(
    [VOICE],
    WEEK,
    "tourism",
  );
  expect(rows.map(({ topic, is_confirmed }) => [topic, is_confirmed])).toEqual([["parking", true]]);
  const { files } = await makeReport(home, WEEK, { again: false, askedBy: "person" });
  const pages = files.filter((file) => /\.(html|md|txt)$/.test(file));
  const written = pages.map((file) => readFileSync(file, "utf8"));
  expect(written.join()).toContain("parkingのこと");
  expect(written.filter((page) => page.includes("toilet"))).toEqual([]);
  await home.close();
});
