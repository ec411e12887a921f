import { expect, test } from "vitest";
import { loadAnalyzer } from "../../../models/morphemes.ts";
import { prepareVoice } from "../../../pipeline/enrich/prepare-voice.ts";
import { bareVoice, type RawVoice } from "../../../pipeline/schema/raw-voice.ts";
import { DEFAULT_MASK_RULES } from "../../../pipeline/text/mask/mask-rules.ts";

const analyzer = await loadAnalyzer();

const MAIL = `お世話になっております。
袋が開きません。
よろしくお願いいたします。
> 担当者がお調べします。
──────────
山田 太郎
TEL 026-123-4567`;

function segmentsOf(channel: RawVoice["channel"]): string[] {
  const raw = { ...bareVoice(MAIL), channel };
  const outcome = prepareVoice(raw, { analyzer, mask: DEFAULT_MASK_RULES });
  if (outcome.status !== "ok") throw new Error(outcome.reason);
  return outcome.value.segments.map(({ words }) => words);
}

test("of a mail only the sender's own opinions are segments, whichever source it came by", () => {
  expect(segmentsOf("mail")).toEqual(["袋が開きません。"]);
});

test("a quoted line in another channel is the customer's", () => {
  expect(segmentsOf("social").join("")).toContain("担当者がお調べします。");
});
