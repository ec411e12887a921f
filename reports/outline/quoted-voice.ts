import type { Quote } from "../choose-quotes.ts";
import type { Voice } from "../voice.ts";
import { voiceNumber, whereOf } from "../voice-item.ts";
import type { ListedReport } from "../voice-lists.ts";
import type { QuotedVoice } from "./outline.ts";

/** The chosen voices that the value holds, as words. */
export function quotedVoices(
  report: ListedReport,
  quotes: readonly Pick<Quote, "voiceId">[],
): QuotedVoice[] {
  return quotes.flatMap(({ voiceId }) => quotedVoice(voiceId, report.voices[voiceId]));
}

export function quotedVoice(id: string, voice: Voice | undefined): QuotedVoice[] {
  return voice === undefined
    ? []
    : [{ text: voice.text, where: `${whereOf(voice)}　${voiceNumber(id)}` }];
}
