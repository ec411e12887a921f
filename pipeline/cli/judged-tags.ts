import { z } from "zod";
import type { Home } from "../home.ts";
import { query } from "../warehouse/query.ts";
import type { TagPlace } from "./judgement-sheet.ts";

const JudgedRow = z
  .strictObject({
    voice_id: z.string(),
    revision_hash: z.string(),
    span_start: z.number().int(),
    span_end: z.number().int(),
    head: z.string(),
    label: z.string(),
    is_right: z.boolean(),
    confidence: z.number(),
    head_version: z.string(),
    author: z.string(),
  })
  .transform(({ head, label, confidence, ...row }) => ({
    ...{ head, label, confidence, isRight: row.is_right, headVersion: row.head_version },
    ...{ voiceId: row.voice_id, revision: row.revision_hash, author: row.author },
    ...{ start: row.span_start, end: row.span_end },
  }));
export type JudgedRow = z.infer<typeof JudgedRow>;

/** All tags that people judged, those of earlier heads too. */
export async function readJudgedTags({ warehouse }: Home): Promise<JudgedRow[]> {
  return await query(warehouse.reader, "questions/judged_tags.sql", {}, JudgedRow);
}

/** Tells one tag from another. */
export function tagKey({ voiceId, revision, start, end, head, label, headVersion }: TagPlace) {
  return JSON.stringify([voiceId, revision, start, end, head, label, headVersion]);
}
