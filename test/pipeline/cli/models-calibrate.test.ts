import { expect, test } from "vitest";
import { act } from "../../../pipeline/act.ts";
import { headsInUse } from "../../../pipeline/cli/judged-heads.ts";
import { modelsCalibrateCommand } from "../../../pipeline/cli/models-calibrate.ts";
import { silentReporter } from "../../../pipeline/reporter.ts";
import type { TagJudged } from "../../../pipeline/schema/tag-actions.ts";
import { revisionOf, uuidOf } from "../../support/enriched-voice.ts";
import { openTaggedHome } from "../../support/tagged-home.ts";

test("how much of the harm that a report takes for sure becomes a suspicion is counted", async () => {
  const home = await openTaggedHome();
  const headVersion = headsInUse(home).get("harm") ?? "";
  const judged = Array.from({ length: 40 }, (_, nth): TagJudged => {
    return {
      ...{ type: "tag-judged", actionId: uuidOf(`judged ${nth}`), at: "2026-01-12T03:00:00.000Z" },
      ...{ voiceId: uuidOf(`voice ${nth}`), revision: revisionOf("痛い。"), start: 0, end: 3 },
      ...{ head: "harm", label: "harm", headVersion, author: "林" },
      ...{ isRight: nth % 2 === 0, confidence: nth < 30 ? 0.93 : 0.6 },
    };
  });
  await act(home, ...judged);
  const { fits } = await modelsCalibrateCommand.run(home, {}, silentReporter);
  expect(fits).toMatchObject([{ head: "harm", before: { sure: 30 }, after: { sure: 0 } }]);
  await home.close();
});
