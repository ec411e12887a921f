import { z } from "zod";
import { type Analyzer, loadAnalyzer } from "../../models/morphemes.ts";
import type { Home } from "../home.ts";
import { type Reporter, silentReporter } from "../reporter.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { execute, query } from "../warehouse/query.ts";
import { readCounts } from "../warehouse/read-counts.ts";
import { NameFinder } from "./find-names.ts";
import { loadMaster, type Master } from "./load-master.ts";
import { entriesNamed } from "./name-index.ts";
import { wholeWords } from "./whole-words.ts";

/** Segments searched at once: few enough that `serve` still answers meanwhile. Written in one transaction. */
const PAGE_SEGMENTS = 2048;

const StateRow = z.strictObject({ content_hash: z.string(), next_segment_id: z.number() });

const NameRow = z.strictObject({ kind: z.enum(["product", "store"]), written: z.string() });

const SegmentRow = z.strictObject({
  segment_id: z.number(),
  voice_id: z.string(),
  text: z.string(),
  span_start: z.number().int(),
  received_on: z.string(),
});
type SegmentRow = z.infer<typeof SegmentRow>;

export type LinkedMaster = {
  readonly master: Master;
  /** Whether the tables are others than the last time, so that all history was linked anew. */
  readonly isNew: boolean;
};

/**
 * Links voices with the tables under `master:`: names in cells, and products in texts. What was linked by the same
 * tables is left alone; where they have changed, all history is linked again, without any model but the morphemes'.
 * A kill on the way loses nothing: the next call goes on.
 *
 * @throws InputError where a table cannot be read; what is linked stays as it was
 */
export async function linkMaster(
  home: Home,
  reporter: Reporter = silentReporter,
): Promise<LinkedMaster> {
  return await home.masterInTurn(async () => {
    const master = await loadMaster(home.config.master);
    const [state] = await query(home.warehouse.reader, "questions/master_state.sql", {}, StateRow);
    const isNew =
      state === undefined ? master.entries.length > 0 : state.content_hash !== master.contentHash;
    if (isNew) await replaceEntries(home, master);
    if (master.entries.length > 0) await linkCells(home, master);
    const from = isNew ? 0 : (state?.next_segment_id ?? 0);
    if (master.spoken.size > 0) await linkTexts(home, master, { from, reporter });
    return { master, isNew };
  });
}

async function replaceEntries({ warehouse }: Home, master: Master): Promise<void> {
  const { connection } = warehouse;
  await warehouse.transaction(async () => {
    for (const table of ["master_data", "written_names", "product_mentions"]) {
      await execute(connection, `load/clear_${table}.sql`);
    }
    const entries = JSON.stringify(master.entries);
    await execute(connection, "load/add_master_data.sql", { entries });
    await setState(connection, master, 0);
  });
}

function setState(
  connection: Warehouse["connection"],
  { contentHash }: Master,
  nextSegmentId: number,
): Promise<void> {
  const params = { content_hash: contentHash, next_segment_id: nextSegmentId };
  return execute(connection, "load/set_master_state.sql", params);
}

/** What a source writes is linked once, however many voices have it. */
async function linkCells({ warehouse }: Home, master: Master): Promise<void> {
  const { connection, reader } = warehouse;
  const written = await query(reader, "questions/names_to_link.sql", {}, NameRow);
  const names = written.flatMap((row) => {
    const index = row.kind === "product" ? master.products : master.stores;
    const named = entriesNamed(index, row.written);
    return named.map(({ code, soldFrom, soldUntil }) => ({
      ...row,
      code,
      // A voice may come long after the last sale; the days only tell several apart.
      ...(named.length > 1 && { validFrom: soldFrom, validUntil: soldUntil }),
    }));
  });
  if (names.length === 0) return;
  await warehouse.transaction(() =>
    execute(connection, "load/add_written_names.sql", { names: JSON.stringify(names) }),
  );
}

async function linkTexts(
  { warehouse }: Home,
  master: Master,
  { from, reporter }: { readonly from: number; readonly reporter: Reporter },
): Promise<void> {
  const { connection, reader } = warehouse;
  const finder = new NameFinder(master.spoken);
  const total = (await readCounts(reader)).segments;
  // Let go at the end: in `serve` it would hold hundreds of megabytes for a few texts a week.
  let analyzer: Analyzer | undefined;
  reporter.begin("商品の名前を探しています", total);
  for (let next = from; ; ) {
    const params = { from: next, limit: PAGE_SEGMENTS };
    const page = await query(reader, "questions/segments_to_link.sql", params, SegmentRow);
    const last = page.at(-1);
    if (last === undefined) break;
    analyzer ??= await loadAnalyzer();
    const mentions = findMentions(page, finder, analyzer);
    next = last.segment_id + 1;
    await warehouse.transaction(async () => {
      if (mentions.length > 0) {
        const rows = JSON.stringify(mentions);
        await execute(connection, "load/add_product_mentions.sql", { mentions: rows });
      }
      await setState(connection, master, next);
    });
    reporter.advance(page.length);
  }
  reporter.end();
}

function findMentions(page: readonly SegmentRow[], finder: NameFinder, analyzer: Analyzer) {
  return page.flatMap(({ segment_id, voice_id, text, span_start, received_on }) =>
    finder.find(text, received_on, wholeWords(text, analyzer)).map(({ code, start, end }) => ({
      segmentId: segment_id,
      voiceId: voice_id,
      code,
      start: span_start + start,
      end: span_start + end,
    })),
  );
}
