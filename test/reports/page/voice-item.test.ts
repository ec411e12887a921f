import { expect, test } from "vitest";
import { FORGOTTEN_TEXT } from "../../../pipeline/vault/forget-words.ts";
import { tagsOf } from "../../../reports/page/voice-item.ts";
import { frozenWeekly } from "../../support/frozen-reports.ts";

test("a voice that was forgotten has no tags: nobody could check them against its words", () => {
  const [voice] = Object.values(frozenWeekly().voices);
  if (voice === undefined) throw new Error("the frozen report has no voice");
  expect(tagsOf(voice, [], new Map())).toHaveLength(1);
  expect(tagsOf({ ...voice, text: FORGOTTEN_TEXT }, [], new Map())).toEqual([]);
});
