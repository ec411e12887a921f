import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import { act } from "../../act.ts";
import { KizukiError } from "../../errors.ts";
import type { Home } from "../../home.ts";
import type { Reporter } from "../../reporter.ts";
import type { SourcePulled } from "../../schema/record-actions.ts";
import { goOn } from "../../stop.ts";
import { query } from "../../warehouse/query.ts";
import { PullError } from "../pull-error.ts";
import { PulledBatch, Watermark } from "../source-plugin.ts";
import { type BroughtContent, type Delivery, takeInRecords } from "../take-in-records.ts";
import type { OpenPull } from "./open-pull.ts";

/** What one reading of a source brought to `voc.raw`, counted while it goes on: it may end in the middle. */
export type Pulled = {
  records: number;
  /** Where they stand, by name of their stream. */
  readonly streams: Set<string>;
};

const Row = z.strictObject({ watermark: z.string() });

/**
 * Reads what is new in a source and writes it to `voc.raw`, batch by batch. How far it has come is kept after the records
 * of a batch: after a kill between the two they come again under the same coordinates and are counted once.
 *
 * @throws PullError where the source cannot be read; what came before is kept
 */
export async function pullSource(
  home: Home,
  pull: OpenPull,
  { pulled, reporter }: { readonly pulled: Pulled; readonly reporter: Reporter },
): Promise<void> {
  const [row] = await query(home.warehouse.reader, "load/pull.sql", { name: pull.name }, Row);
  const watermark = row && Watermark.parse(JSON.parse(row.watermark));
  try {
    const given = { clock: home.clock, signal: home.stop.soon };
    for await (const batch of pull.read(watermark, given)) {
      goOn(home.stop);
      const read = parseBatch(batch, pull);
      if (read.note !== undefined) reporter.line(`${pull.name}: ${read.note}`);
      const delivery = deliveryOf(read, pull);
      await home.intakeInTurn(async () => {
        await takeInRecords(home, [delivery]);
        reporter.stage("raw");
        await act(home, pulledTo(read.watermark, pull, home.clock()));
      });
      reporter.stage("pulled");
      if (delivery.records.length === 0) continue;
      pulled.streams.add(delivery.stream);
      pulled.records += delivery.records.length;
      reporter.line(`${pull.name}: ${pulled.records} 件を受け取りました。`);
    }
  } catch (cause) {
    goOn(home.stop);
    throw cause instanceof KizukiError ? cause : brokenPlugin(pull, cause);
  }
}

/** A plugin that is not ours may give anything. */
function parseBatch(batch: unknown, { name }: OpenPull): z.infer<typeof PulledBatch> {
  const parsed = PulledBatch.safeParse(batch);
  if (parsed.success) return parsed.data;
  const places = new Set(placesOf(parsed.error.issues));
  throw new PullError(
    `${name} のプラグインが返したものを読めません（${[...places].slice(0, MOST_PLACES).join("、") || "全体"}）。docs/plugins.ja.md の形に直してください。`,
    { cause: parsed.error },
  );
}

const MOST_PLACES = 5;

/** Where, and not what: it may be a customer's words. */
function placesOf(
  issues: readonly z.core.$ZodIssue[],
  before: readonly PropertyKey[] = [],
): string[] {
  return issues.flatMap((issue) => {
    const path = [...before, ...issue.path];
    if (issue.code === "invalid_union") {
      return issue.errors.flatMap((branch) => placesOf(branch, path));
    }
    return path.length === 0 ? [] : [path.map(String).join(".")];
  });
}

function deliveryOf(batch: z.infer<typeof PulledBatch>, { name, source }: OpenPull): Delivery {
  const what = { name, source };
  if ("stream" in batch) {
    const records = batch.records.map(({ number, ...record }) => ({ number, ...brought(record) }));
    return { ...what, stream: `pull:${name}:${batch.stream}`, records };
  }
  // Like a file, whose stream is named by its content: the same records are known when they come again.
  const content = createHash("sha256").update(JSON.stringify(batch.records)).digest("hex");
  const records = batch.records.map((record, number) => ({ number, ...brought(record) }));
  return { ...what, stream: `pull:${name}:${content.slice(0, 32)}`, records };
}

type Content =
  | { readonly cells: Readonly<Record<string, string>> }
  | { readonly problem: string; readonly bytes: string };

function brought(record: Content): BroughtContent {
  if ("cells" in record) return { cells: new Map(Object.entries(record.cells)) };
  return { problem: { reason: record.problem }, bytes: record.bytes };
}

function pulledTo(watermark: Watermark, { name }: OpenPull, now: Date): SourcePulled {
  return {
    type: "source-pulled",
    actionId: randomUUID(),
    at: now.toISOString(),
    name,
    watermark: JSON.stringify(watermark),
  };
}

/** Its message may quote what it read, so only its place in the code is told, by the log. */
function brokenPlugin({ name }: OpenPull, cause: unknown): PullError {
  const what = cause instanceof Error ? cause.name : "不明";
  return new PullError(
    `${name} のプラグインが思わぬ誤り（${what}）で止まりました。プラグインを作った人に伝えてください。読み終えた分は残っています。`,
    { cause },
  );
}
