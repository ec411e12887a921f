import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { addAwareness } from "../../../pipeline/cli/awareness.ts";
import { awarenessWithdrawCommand } from "../../../pipeline/cli/awareness-withdraw.ts";
import { tagConfirmCommand, tagFixCommand, tagUndoCommand } from "../../../pipeline/cli/tag-say.ts";
import type { Home } from "../../../pipeline/home.ts";
import { weekOf } from "../../../pipeline/period.ts";
import { silentReporter } from "../../../pipeline/reporter.ts";
import { shortId } from "../../../pipeline/schema/short-id.ts";
import { makeReport } from "../../../reports/frozen/make-report.ts";
import { uuidOf } from "../../support/enriched-voice.ts";
import { cutVoice, openTaggedHome, publish, TEXT } from "../../support/tagged-home.ts";

const VOICE = uuidOf("a");
const BY = { voice: VOICE, author: "林" };
const WITHDRAWN = "第1版のあとに、気づき1件が取り下げられました。";
const NO_NUMBER_MOVED = "件数に変わりはありません。";

async function homeOfOne(): Promise<Home> {
  const home = await openTaggedHome();
  await publish(home, "file:one", { name: "a", changes: cutVoice("a", [7, [...TEXT].length]) });
  return home;
}

/** The page and the words, of a new revision. */
async function make(home: Home, monday = "2026-01-05") {
  const period = weekOf(monday);
  const made = await makeReport(home, period, {
    ...{ again: true, askedBy: "person" },
    forms: ["html", "md"],
  });
  const read = (ending: string) =>
    readFileSync(
      made.files.find((file) => file.endsWith(`${period.name}.${ending}`)) ?? "",
      "utf8",
    );
  return { html: read("html"), md: read("md") };
}

test("a report made again tells what people said of its tags since each earlier revision, also where no number moved", async () => {
  const home = await homeOfOne();
  await tagConfirmCommand.run(home, { ...BY, segment: 2 }, silentReporter);
  await make(home);
  const same = await make(home);
  expect(same.html).toContain(NO_NUMBER_MOVED);
  expect(same.html).not.toContain("版のあとに");
  const parking = { ...BY, segment: 1, topics: ["parking"], without: [] };
  await tagFixCommand.run(home, parking, silentReporter);
  await tagFixCommand.run(home, { ...parking, kind: "complaint" }, silentReporter);
  await tagUndoCommand.run(home, { ...BY, segment: 2 }, silentReporter);
  for (const text of Object.values(await make(home))) {
    expect(text).toContain(NO_NUMBER_MOVED);
    expect(text).toContain(
      "第1版・第2版のあとに、人がタグを直した文が1件、直しを取り消した文が1件あります。",
    );
  }
  await tagConfirmCommand.run(home, { ...BY, segment: 2 }, silentReporter);
  expect((await make(home)).html).toContain(
    "第2版のあとに、人がタグを直した文が1件、推定のとおりと確かめた文が1件あります。",
  );
  await home.close();
});

test("a report made again names a 気づき that was withdrawn since, and goes on naming it; that of the next week does too", async () => {
  const home = await homeOfOne();
  const comment = { voice: VOICE, author: "林", reason: "看板が足りない", at: home.clock() };
  const { awarenessId: awareness } = await addAwareness(home, comment);
  expect((await make(home)).html).toContain("看板が足りない");
  const withdrawal = { awareness, author: "林", reason: "取り違えました" };
  await awarenessWithdrawCommand.run(home, withdrawal, silentReporter);
  const second = await make(home);
  expect(second.html).toContain("<h3>取り下げ</h3>");
  for (const text of Object.values(second)) {
    expect(text).toContain("理由：取り違えました");
    expect(text).toContain(WITHDRAWN);
    expect(text).not.toContain("気づきはまだ");
  }
  const third = await make(home);
  expect(third.html).toContain("理由：取り違えました");
  expect(third.html).toContain(WITHDRAWN);
  expect((await make(home)).html).not.toContain("取り下げられました。</p>");
  expect((await make(home, "2026-01-12")).html).toContain("理由：取り違えました");
  await home.close();
});

test("a report made again tells of each number why it moved: by whom it was judged, what came late, what was reworded", async () => {
  const home = await homeOfOne();
  await publish(home, "file:two", { name: "b", changes: {} });
  await make(home);
  const fix = { ...BY, segment: 1, topics: ["toilet"], without: [] };
  await tagFixCommand.run(home, fix, silentReporter);
  await tagConfirmCommand.run(home, { ...BY, voice: uuidOf("b"), segment: 1 }, silentReporter);
  await publish(home, "file:three", { name: "c", changes: {} });
  const text = "駐車場が広い。";
  const { segments = [] } = cutVoice("b", [[...text].length], { text });
  const praise = { sentiment: "positive" as const, kind: "praise" as const };
  const changes = { ...praise, segments: segments.map((each) => ({ ...each, ...praise })) };
  await publish(home, "file:four", { name: "b", text, changes });
  const { md } = await make(home);
  const whyOf = (label: string) =>
    md
      .slice(md.indexOf("## 訂正"))
      .split("\n")
      .find((line) => line.startsWith(`| ${label} `))
      ?.split("|")
      .at(-2)
      ?.trim();
  expect(whyOf("声")).toBe(`あとから届いた声 ＋1件（番号 ${shortId(uuidOf("c"))}）`);
  expect(whyOf("「トイレ・清潔さ」のネガティブな声")).toBe(
    `担当者の判定 ＋1件（番号 ${shortId(VOICE)}）`,
  );
  // What a person said of words that are gone holds no more, and moved nothing.
  expect(whyOf("「駐車場」のポジティブな声")).toBe(
    `内容の訂正 ＋1件（番号 ${shortId(uuidOf("b"))}）`,
  );
  await home.close();
});
