import { expect, test } from "vitest";
import { headsInUse } from "../../../pipeline/cli/judged-heads.ts";
import { tagJudgeCommand } from "../../../pipeline/cli/tag-judge.ts";
import { silentReporter } from "../../../pipeline/reporter.ts";
import { enrichedVoice, uuidOf } from "../../support/enriched-voice.ts";
import { openTaggedHome, publish, TEXT } from "../../support/tagged-home.ts";

test("a vector that another encoder made is not scored", async () => {
  const home = await openTaggedHome();
  const { revision, segments } = enrichedVoice("a", TEXT);
  await publish(home, "file:one", { name: "a", changes: {} });
  const [segment] = segments;
  const version = headsInUse(home).get("kind");
  const key = [uuidOf("a"), revision, segment?.start, segment?.end, "kind"].join("|");
  const row = { row: 2, text: TEXT, tag: "ご指摘", mark: "○", key: `${key}|complaint|${version}` };
  const judged = tagJudgeCommand.run(home, { rows: [row], author: "林" }, silentReporter);
  await expect(judged).rejects.toThrow(/2 行目: この文はもうありません/);
  await home.close();
});
