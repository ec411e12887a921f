import { createHash } from "node:crypto";
import { z } from "zod";
import type { RawVoice } from "../schema/raw-voice.ts";
import { ownWords } from "../text/own-words.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { query } from "../warehouse/query.ts";

/** Of voices at hand: how many are known by their ids, and how many of those with another time and other words. */
export type KnownOtherwise = { readonly known: number; readonly otherwise: number };

export async function knownOtherwise(
  { reader }: Pick<Warehouse, "reader">,
  voices: readonly RawVoice[],
): Promise<KnownOtherwise> {
  const candidates = voices.map((voice) => {
    const own = ownWords(voice);
    const text = own.status === "ok" ? own.value : "";
    const text_hash = createHash("md5").update(text).digest("hex");
    return { voice_id: voice.voiceId, received_at: voice.receivedAt, text_hash };
  });
  const Row = z.strictObject({ known: z.number().int(), otherwise: z.number().int() });
  const params = { candidates: JSON.stringify(candidates) };
  const [row] = await query(reader, "load/known_otherwise.sql", params, Row);
  return row ?? { known: 0, otherwise: 0 };
}
