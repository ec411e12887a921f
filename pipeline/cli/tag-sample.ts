import { z } from "zod";
import { cleanText } from "../../reports/formats/clean-text.ts";
import { withPool } from "../enrich/pool-of-home.ts";
import type { WorkerPool } from "../enrich/worker-pool.ts";
import type { Home } from "../home.ts";
import { countCodePoints, sliceCodePoints } from "../text/code-points.ts";
import { query } from "../warehouse/query.ts";
import type { HomeCommand } from "./home-command.ts";
import { headsInUse, tagWord, versionOf } from "./judged-heads.ts";
import { TagPlace } from "./judgement-sheet.ts";
import { readTopics } from "./tag-labels.ts";
import { folded, Since } from "./tag-options.ts";

/** Tags that are looked at together. */
const PAGE = 256;
/** Code points of the voice on each side of the segment. */
const AROUND = 150;

const MOST_TAGS = 2000;

const Count = z.union([z.string(), z.number()]).transform((said, context) => {
  const number = Number(folded(String(said)));
  if (Number.isInteger(number) && number >= 1 && number <= MOST_TAGS) return number;
  context.addIssue(`件数（--count） … 読んだもの: ${said}、期待: 1 から ${MOST_TAGS} の整数。`);
  return z.NEVER;
});

const Options = z.strictObject({
  head: z.string().transform(folded),
  count: Count,
  since: Since.optional(),
  seed: z.string(),
});

const Result = z.strictObject({
  tags: z.array(
    z.strictObject({ place: TagPlace, text: z.string(), around: z.string(), tag: z.string() }),
  ),
  /** Drawn, and left out: the head in use does not give that tag. */
  others: z.number().int(),
});

export const tagSampleCommand: HomeCommand<typeof Options, typeof Result> = {
  name: "tag sample",
  Options,
  Result,
  run: (home, options) =>
    withPool(home, (pool) => drawTags(home, pool, options), { encodes: false }),
};

const DrawnRow = z.strictObject({
  voice_id: z.string(),
  revision_hash: z.string(),
  span_start: z.number().int(),
  span_end: z.number().int(),
  text: z.string(),
  voice_text: z.string(),
  label: z.string(),
  vector: z.instanceof(Uint8Array),
  draw: z.string(),
});
type DrawnRow = z.infer<typeof DrawnRow>;

/** Every tag of the head that is shown is drawn alike; the same seed draws the same ones until they are judged. */
async function drawTags(
  home: Home,
  pool: WorkerPool,
  { head, count, since = "", seed }: z.infer<typeof Options>,
): Promise<z.infer<typeof Result>> {
  const head_version = versionOf(headsInUse(home), head);
  const topics = await readTopics(home);
  const drawn: DrawnRow[] = [];
  let others = 0;
  // By the draw, not by how many came before: voices may be loaded meanwhile.
  let after: string | undefined = "";
  while (after !== undefined && drawn.length < count) {
    const params = { head, head_version, encoder: home.encoder().id, since, seed };
    const file = "questions/tags_to_judge.sql";
    const paged = { ...params, after, limit: PAGE };
    const page: DrawnRow[] = await query(home.warehouse.reader, file, paged, DrawnRow);
    after = page.at(-1)?.draw;
    const own = await givenByHead(pool, page, head);
    others += page.length - own.length;
    drawn.push(...own.slice(0, count - drawn.length));
  }
  const tags = drawn.map((row) => ({
    place: {
      ...{ voiceId: row.voice_id, revision: row.revision_hash, head, label: row.label },
      ...{ start: row.span_start, end: row.span_end, headVersion: head_version },
    },
    text: cleanText(row.text),
    around: cleanText(around(row)),
    tag: tagWord(topics, head, row.label),
  }));
  return { tags, others };
}

/** @returns those that the head in use gives today, no rule and no earlier head */
async function givenByHead(
  pool: WorkerPool,
  page: readonly DrawnRow[],
  head: string,
): Promise<DrawnRow[]> {
  const scores = await pool.score(page.map(({ text, vector }) => ({ text, vector })));
  return page.filter(({ label }, index) => {
    const outcome = scores[index];
    if (outcome?.status !== "ok") return false;
    return outcome.value.some((tag) => tag.head === head && tag.label === label && tag.isShown);
  });
}

/** @returns the voice about the segment, which stands in 〔〕 */
function around({ voice_text: text, span_start: start, span_end: end }: DrawnRow): string {
  const length = countCodePoints(text);
  const [from, until] = [Math.max(0, start - AROUND), Math.min(length, end + AROUND)];
  return [
    ...(from > 0 ? ["…"] : []),
    sliceCodePoints(text, from, start),
    `〔${sliceCodePoints(text, start, end)}〕`,
    sliceCodePoints(text, end, until),
    ...(until < length ? ["…"] : []),
  ].join("");
}
