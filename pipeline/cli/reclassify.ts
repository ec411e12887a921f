import type { Command } from "commander";
import { z } from "zod";
import { findTaxonomy } from "../../models/load-classifier.ts";
import { topicNotes } from "../../models/topic-notes.ts";
import { withPool } from "../enrich/pool-of-home.ts";
import { countOtherVectors, countOtherVoices } from "../enrich/reencode-voices.ts";
import { retagSegments } from "../enrich/retag-segments.ts";
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

const Options = z.strictObject({ taxonomy: z.string().optional() });

const Result = z.strictObject({
  taxonomies: z.array(
    z.strictObject({ taxonomy: z.string(), segments: z.number().int(), changed: z.number().int() }),
  ),
  /** Voices left as they were: their vectors are of another encoder than the config's. */
  otherVoices: z.number().int(),
  /** What in the company's own files gives no topic to anything; told before it began. */
  notes: z.array(z.string()),
});

const FingerprintRow = z.strictObject({
  segment_id: z.number(),
  topics: z.string(),
});

export const reclassifyCommand: HomeCommand<typeof Options, typeof Result> = {
  name: "reclassify",
  Options,
  Result,
  run: (home, options, reporter) =>
    home.intakeInTurn(() => reclassify(home, options.taxonomy, reporter)),
};

async function reclassify(
  home: Home,
  only: string | undefined,
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
  const work = async (pool: WorkerPool) => {
    const taxonomies: z.infer<typeof Result>["taxonomies"] = [];
    for (const choice of chosen) {
      const { name: taxonomy } = findTaxonomy(choice);
      const before = await readTopics(home, taxonomy);
      reporter.begin(`${taxonomy} の話題を付け直し中`, total);
      const segments = await retagSegments(home, pool, {
        taxonomy,
        advance: (count) => reporter.advance(count),
      });
      reporter.end();
      const changed = countChanges(before, await readTopics(home, taxonomy));
      taxonomies.push({ taxonomy, segments, changed });
    }
    return { taxonomies, otherVoices: await countOtherVoices(home), notes };
  };
  return await withPool(home, work, { taxonomies: chosen, encodes: false });
}

async function readTopics(home: Home, taxonomy: string): Promise<Map<number, string>> {
  const file = "questions/topics_by_segment.sql";
  const rows = await query(home.warehouse.reader, file, { taxonomy }, FingerprintRow);
  return new Map(rows.map((row) => [row.segment_id, row.topics]));
}

/** Segments whose set of topics is another one. */
function countChanges(
  before: ReadonlyMap<number, string>,
  after: ReadonlyMap<number, string>,
): number {
  const ids = new Set([...before.keys(), ...after.keys()]);
  return [...ids].filter((id) => before.get(id) !== after.get(id)).length;
}

export function registerReclassify(program: Command, context: CliContext): void {
  program
    .command("reclassify")
    .description(
      "変わった話題の分類（YAML や学習し直した分類器）を、過去のすべての声に当て直します",
    )
    .option("--taxonomy <名前|YAML>", "一つだけ当て直すとき")
    .option("--json", "結果を JSON で出します")
    .action(async (options: { taxonomy?: string; json?: boolean }) => {
      const { taxonomy: given } = options;
      const taxonomy = given && taxonomyPath(context, given);
      const result = await runHomeCommand(context, reclassifyCommand, {
        ...(taxonomy !== undefined && { taxonomy }),
      });
      const lines = result.taxonomies.map(
        (row) =>
          `${row.taxonomy}: ${row.segments} 文のうち ${row.changed} 文の話題が変わりました。`,
      );
      if (result.otherVoices > 0) lines.push(otherVoicesNote(result.otherVoices));
      await context.print(options.json ? JSON.stringify(result) : lines.join("\n"));
    });
}

function otherVoicesNote(count: number): string {
  return `${count} 件の声は別のエンコーダのベクトルのままなので、話題を付け直していません。kizuki reencode でいまのエンコーダに揃えられます。`;
}
