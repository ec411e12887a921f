import type { Command } from "commander";
import { z } from "zod";
import { findTaxonomy } from "../../models/load-classifier.ts";
import { topicNotes } from "../../models/topic-notes.ts";
import { SURE_HARM } from "../../reports/bodily-harm.ts";
import { withPool } from "../enrich/pool-of-home.ts";
import { countOtherVectors, countOtherVoices } from "../enrich/reencode-voices.ts";
import { type Retagged, retagSegments } from "../enrich/retag-segments.ts";
import type { WorkerPool } from "../enrich/worker-pool.ts";
import { InputError } from "../errors.ts";
import type { Home } from "../home.ts";
import type { Reporter } from "../reporter.ts";
import { query } from "../warehouse/query.ts";
import { readCounts } from "../warehouse/read-counts.ts";
import type { CliContext } from "./context.ts";
import { type HomeCommand, runHomeCommand } from "./home-command.ts";
import { otherVectorsNote } from "./reencode.ts";
import { taxonomyPath } from "./taxonomy-path.ts";

const Options = z.strictObject({
  taxonomy: z.string().optional(),
  /** Whether all that heads decide is given anew, not topics alone. */
  all: z.boolean().optional(),
});

const Result = z.strictObject({
  taxonomies: z.array(
    z.strictObject({ taxonomy: z.string(), segments: z.number().int(), changed: z.number().int() }),
  ),
  /** Of which sentiment, kind, emotions, intensity or harm are others now; null where they were left alone. */
  changed: z.number().int().nullable(),
  /** With a grave topic, of which the sentiment is another one now though it was not asked for. */
  sentiments: z.number().int(),
  /** Voices left as they were: their vectors are of another encoder than the config's. */
  otherVoices: z.number().int(),
  /** What in the company's own files gives no topic to anything; told before it began. */
  notes: z.array(z.string()),
});

const FingerprintRow = z.strictObject({
  segment_id: z.number(),
  tags: z.string(),
});

export const reclassifyCommand: HomeCommand<typeof Options, typeof Result> = {
  name: "reclassify",
  Options,
  Result,
  run: (home, options, reporter) => home.intakeInTurn(() => reclassify(home, options, reporter)),
};

async function reclassify(
  home: Home,
  { taxonomy: only, all = false }: z.infer<typeof Options>,
  reporter: Reporter,
): Promise<z.infer<typeof Result>> {
  const chosen = home.config.taxonomies.filter(
    (choice) => only === undefined || only === choice || findTaxonomy(choice).name === only,
  );
  if (chosen.length === 0) {
    const names = home.config.taxonomies.map((choice) => findTaxonomy(choice).name);
    throw new InputError(
      `この home は話題の分類「${only}」を使っていません。期待: ${names.join("、")}。`,
    );
  }
  const others = await countOtherVectors(home);
  const total = (await readCounts(home.warehouse.reader)).segments - others;
  if (others > 0 && total === 0) {
    throw new InputError(`話題を付け直せません。${otherVectorsNote(others)}`);
  }
  const notes = await topicNotes(chosen, { encoder: home.encoder(), heads: home.config.heads });
  for (const note of notes) reporter.line(note);
  const names = chosen.map((choice) => findTaxonomy(choice).name);
  const work = async (pool: WorkerPool) => {
    const tagged: Pick<z.infer<typeof Result>, "taxonomies" | "changed" | "sentiments"> = {
      ...{ taxonomies: [], changed: null, sentiments: 0 },
    };
    // One taxonomy at a time, where topics alone are given anew: a kill leaves each of one version.
    for (const taxonomies of all ? [names] : names.map((name) => [name])) {
      const { segments, sentiments, changed } = await tagAnew(home, pool, {
        taxonomies,
        all,
        reporter,
        total,
      });
      for (const [index, taxonomy] of taxonomies.entries()) {
        tagged.taxonomies.push({ taxonomy, segments, changed: changed[index] ?? 0 });
      }
      tagged.changed = changed[taxonomies.length] ?? null;
      tagged.sentiments += sentiments;
    }
    return { ...tagged, otherVoices: await countOtherVoices(home), notes };
  };
  // With all taxonomies: grave topics of each have their say in a sentence's sentiment.
  return await withPool(home, work, { encodes: false });
}

type Round = { readonly taxonomies: readonly string[]; readonly all: boolean };

/** @returns in how many segments topics changed, by taxonomy, and last the other tags where they were given anew */
async function tagAnew(
  home: Home,
  pool: WorkerPool,
  { reporter, total, ...round }: Round & { readonly reporter: Reporter; readonly total: number },
): Promise<Retagged & { readonly changed: readonly number[] }> {
  const before = await readTags(home, round);
  const what = round.all ? "すべてのタグ" : `${round.taxonomies.join("、")} の話題`;
  reporter.begin(`${what}を付け直し中`, total);
  const advance = (count: number) => reporter.advance(count);
  const retagged = await retagSegments(home, pool, { ...round, advance });
  reporter.end();
  const after = await readTags(home, round);
  const changed = before.map((tags, index) => countChanges(tags, after[index]));
  return { ...retagged, changed };
}

/** A segment's tags as one text, by its id. */
type Tags = ReadonlyMap<number, string>;

async function readTags({ warehouse }: Home, { taxonomies, all }: Round): Promise<Tags[]> {
  const read = async (file: string, params: Record<string, string | number>): Promise<Tags> => {
    const rows = await query(warehouse.reader, file, params, FingerprintRow);
    return new Map(rows.map((row) => [row.segment_id, row.tags]));
  };
  const topics = taxonomies.map((taxonomy) =>
    read("questions/topics_by_segment.sql", { taxonomy }),
  );
  const others = all ? [read("questions/verdicts_by_segment.sql", { sure: SURE_HARM })] : [];
  return await Promise.all([...topics, ...others]);
}

/** Segments whose set of tags is another one. */
function countChanges(before: Tags, after: Tags = new Map()): number {
  const ids = new Set([...before.keys(), ...after.keys()]);
  return [...ids].filter((id) => before.get(id) !== after.get(id)).length;
}

export function registerReclassify(program: Command, context: CliContext): void {
  program
    .command("reclassify")
    .description(
      "変わった話題の分類（YAML、学習し直した分類器、校正）を、過去のすべての声に当て直します",
    )
    .option("--taxonomy <名前|YAML>", "一つだけ当て直すとき")
    .option("--all", "感情、声の種類、感情の名前、気持ちの強さ、お体への害も付け直します")
    .option("--json", "結果を JSON で出します")
    .action(async (options: { taxonomy?: string; all?: boolean; json?: boolean }) => {
      const { taxonomy: given, all } = options;
      const taxonomy = given && taxonomyPath(context, given);
      const result = await runHomeCommand(context, reclassifyCommand, {
        ...(taxonomy !== undefined && { taxonomy }),
        ...(all && { all }),
      });
      const lines = result.taxonomies.map(
        (row) =>
          `${row.taxonomy}: ${row.segments} 文のうち ${row.changed} 文の話題が変わりました。`,
      );
      if (result.changed !== null) {
        lines.push(`ほかのタグ（感情、声の種類など）: ${result.changed} 文で変わりました。`);
      }
      if (result.sentiments > 0) {
        lines.push(`深刻度 4・5 の話題のある ${result.sentiments} 文の感情も付け直しました。`);
      }
      if (result.otherVoices > 0) lines.push(otherVoicesNote(result.otherVoices));
      await context.print(options.json ? JSON.stringify(result) : lines.join("\n"));
    });
}

function otherVoicesNote(count: number): string {
  return `${count} 件の声は別のエンコーダのベクトルのままなので、付け直していません。kizuki reencode でいまのエンコーダに揃えられます。`;
}
