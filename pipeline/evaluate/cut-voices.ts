import { loadEncoder } from "../../models/encoder.ts";
import type { EncoderChoice } from "../../models/encoder-folder.ts";
import { loadClassifier } from "../../models/load-classifier.ts";
import type { Analyzer } from "../../models/morphemes.ts";
import { enrichVoices } from "../enrich/enrich-voices.ts";
import { bareVoice } from "../schema/raw-voice.ts";
import { sliceCodePoints } from "../text/code-points.ts";
import { DEFAULT_MASK_RULES } from "../text/mask/mask-rules.ts";
import type { CutSegment } from "./polarity-tasks.ts";

/** Sends texts the way that `kizuki classify` sends them. @returns the segments of each distinct text */
export async function cutVoices(
  texts: readonly string[],
  { encoder: choice, analyzer }: { readonly encoder: EncoderChoice; readonly analyzer: Analyzer },
): Promise<Map<string, readonly CutSegment[]>> {
  const encoder = await loadEncoder(choice);
  const classifier = await loadClassifier({ encoder: choice, taxonomies: [], heads: {} });
  const cut = new Map<string, readonly CutSegment[]>();
  for (const verbatim of new Set(texts)) {
    const [outcome] = await enrichVoices([bareVoice(verbatim)], {
      analyzer,
      encoder,
      classifier,
      mask: DEFAULT_MASK_RULES,
      epoch: 0,
    });
    const voice = outcome?.status === "ok" ? outcome.value : { text: "", segments: [] };
    const segments = voice.segments.map((segment) => ({
      segment,
      text: sliceCodePoints(voice.text, segment.start, segment.end),
    }));
    cut.set(verbatim, segments);
  }
  return cut;
}
