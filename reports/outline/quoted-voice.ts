import { doubtText } from "../page/quote-block.ts";
import { voiceNumber, whereOf } from "../page/voice-item.ts";
import type { ListedReport } from "../page/voice-lists.ts";
import type { Quote } from "../voices/choose-quotes.ts";
import { partText, quotedPart } from "../voices/cut-voice.ts";
import type { Voice } from "../voices/voice.ts";
import type { QuotedVoice } from "./outline.ts";

/** The chosen voices that the value holds, from the words on that they were chosen for. */
export function quotedVoices(
  report: ListedReport,
  quotes: readonly (Pick<Quote, "voiceId" | "topicConfidence"> & {
    readonly start?: number | undefined;
  })[],
): QuotedVoice[] {
  return quotes.flatMap(({ voiceId, start, ...quote }) => {
    const doubt = doubtText(quote);
    return quotedVoice(voiceId, report.voices[voiceId], start).map(({ text, where }) => ({
      text,
      where: doubt === "" ? where : `${where}　${doubt}`,
    }));
  });
}

/** @param start of the words that it is shown for; where left out, the voice's own */
export function quotedVoice(
  id: string,
  voice: Voice | undefined,
  start?: number | undefined,
): QuotedVoice[] {
  if (voice === undefined) return [];
  const text = partText(voice.text, quotedPart(voice, start));
  return [{ text, where: `${whereOf(voice)}　${voiceNumber(id)}` }];
}
