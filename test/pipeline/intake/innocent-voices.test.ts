import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cleanFiles } from "../../../pipeline/cli/vault-forget.ts";
import type { Home } from "../../../pipeline/home.ts";
import { SourceDescription } from "../../../pipeline/intake/source.ts";
import { forgetVoices } from "../../../pipeline/vault/forget-voices.ts";
import { enrichedVoice, recordsOf } from "../../support/enriched-voice.ts";
import { openTestHome } from "../../support/home-with-voices.ts";
import {
  broughtTo,
  csv,
  HEADER,
  rawRecordsOf,
  source,
  takeFile,
} from "../../support/take-in-sources.ts";
import { removeFolder, sharedFolder } from "../../support/temp-folder.ts";

const folder = sharedFolder();
let home: Home;
beforeAll(async () => {
  home = await openTestHome(join(folder, "home"));
}, 240_000);
afterAll(async () => {
  await home.close();
  await removeFolder(folder);
});

/** Takes in what one source has, forgets its one voice, and takes in what another has. */
async function afterForgetting(
  [first, firstSource]: readonly [string, SourceDescription],
  [second, secondSource]: readonly [string, SourceDescription],
): Promise<string[]> {
  const before = (await rawRecordsOf(home)).length;
  await takeFile(home, "csv", first, firstSource);
  const records = (await rawRecordsOf(home)).slice(before);
  const ids = records.flatMap((one) => (one.status === "ok" ? [one.voice.voiceId] : []));
  expect(ids).toHaveLength(1);
  await forgetVoices(home, ids, { mode: "delete", author: "林", reason: "求め" });
  await cleanFiles(home);
  return await broughtTo(home, () => takeFile(home, "csv", second, secondSource));
}

const row = (...cells: string[]) => csv(HEADER, cells.join(","));

test.each([
  {
    why: "short words at a midnight that stands for the day alone",
    first: row("m-1", "2026/09/01 0:00:00", "特になし", ""),
    second: row("m-2", "2026/09/01 0:00:00", "特になし", ""),
  },
  {
    why: "a number and that midnight",
    first: row("7", "2026/09/02 0:00", "袋が開けにくい", ""),
    second: row("7", "2026/09/02 0:00", "味がよい", ""),
  },
  {
    why: "a desk's free number in that minute",
    first: row("p-1", "2026/09/03 9:05", "袋が開けにくい", "0120-444-555"),
    second: row("p-2", "2026/09/03 9:05", "味がよい", "0120-444-555"),
  },
  {
    why: "a number typed for none",
    first: row("z-1", "2026/09/04 9:05", "袋が開けにくい", "000-0000-0000"),
    second: row("z-2", "2026/09/04 9:05", "味がよい", "000-0000-0000"),
  },
  {
    why: "whom both wrote to",
    first: csv(
      `${HEADER},宛先,受付窓口`,
      "w-1,2026/09/05 9:05,開けにくい,,窓口 <a@b.example>,076-200-0001",
    ),
    second: csv(
      `${HEADER},宛先,受付窓口`,
      "w-2,2026/09/05 9:05,味がよい,,窓口 <a@b.example>,076-200-0001",
    ),
  },
])("another's voice comes in though both have $why", async ({ first, second }) => {
  expect(await afterForgetting([first, source("a", {})], [second, source("b", {})])).not.toContain(
    "skip",
  );
});

test("an answer of a survey is known by its respondent's number and its words, whatever the question is called", async () => {
  const answers = (question: string, ...rows: string[]) =>
    csv(`回答番号,回答日,${question},改善点`, ...rows);
  const survey = (name: string, question: string) =>
    SourceDescription.parse({
      name,
      channel: "survey",
      columns: { id: "回答番号", receivedAt: "回答日", verbatim: [question, "改善点"] },
    });
  const came = await afterForgetting(
    [answers("良かった点", "1,2026/09/10,味がよい,"), survey("q1", "良かった点")],
    [
      answers("満足した点", "1,2026/09/10,味がよい,袋が固い", "2,2026/09/10,味がよい,"),
      survey("q2", "満足した点"),
    ],
  );
  expect(came).toEqual(["skip", "袋が固い", "味がよい", "skip"]);
});

test("one answer is forgotten, and the respondent's others come in: of the same minute, telephone number and number", async () => {
  const survey = (name: string) =>
    SourceDescription.parse({
      name,
      channel: "survey",
      columns: { id: "回答番号", receivedAt: "回答日時", verbatim: ["良かった点", "改善点"] },
    });
  const answers = (good: string, bad: string) =>
    csv(
      "回答番号,回答日時,電話番号,良かった点,改善点",
      `7,2026/09/12 9:05,090-2222-1111,${good},${bad}`,
    );
  const came = await afterForgetting(
    [answers("味がよい", ""), survey("q3")],
    [answers("味がとてもよい", "袋が固い"), survey("q4")],
  );
  // The same question of the same respondent in that minute: corrected words bring nothing back.
  expect(came).toEqual(["skip", "袋が固い"]);
});

test("a living voice that shares a minute and a telephone number with a forgotten one takes corrections", async () => {
  const calls = (words: string) =>
    csv(
      HEADER,
      `c-1,2026/09/14 9:05,転んだ,090-3333-2222`,
      `c-2,2026/09/14 9:05,${words},090-3333-2222`,
    );
  await takeFile(home, "csv", calls("開けにくい"), source("calls", {}));
  const [first, second] = (await rawRecordsOf(home)).slice(-2);
  if (first?.status !== "ok" || second?.status !== "ok") throw new Error("two voices");
  const { voiceId, revision } = second.voice;
  const living = enrichedVoice("living", "開けにくい", { voiceId, revision, source: "calls" });
  await home.streams.enriched.append(recordsOf("calls", [living]), {});
  await home.loader.loadEnriched(home.streams.enriched);
  const by = { mode: "delete", author: "林", reason: "求め" } as const;
  await forgetVoices(home, [first.voice.voiceId], by);
  await cleanFiles(home);
  expect(
    await broughtTo(home, () => takeFile(home, "csv", calls("開けやすい"), source("calls", {}))),
  ).toEqual(["skip", "開けやすい"]);
});
