import type { Command } from "commander";
import { z } from "zod";
import { UsageError } from "../errors.ts";
import { linkMaster } from "../master/link-master.ts";
import type { MasterEntry } from "../master/master-entry.ts";
import { query } from "../warehouse/query.ts";
import type { CliContext } from "./context.ts";
import { type HomeCommand, runHomeCommand } from "./home-command.ts";

const Options = z.strictObject({});

const Linked = z.strictObject({
  /** Voices whose product, or place, is one of the tables' names. */
  productVoices: z.number().int(),
  storeVoices: z.number().int(),
  /** Voices with a product's name in their words. */
  mentioningVoices: z.number().int(),
});

const Result = Linked.extend({
  products: z.number().int(),
  stores: z.number().int(),
  desks: z.number().int(),
  isNew: z.boolean(),
  notes: z.array(z.string()),
  /** The names in cells that most voices have and no table. */
  unknown: z.array(z.strictObject({ kind: z.enum(["product", "store"]), written: z.string() })),
});

/** Enough to see what the tables lack. */
const MOST_UNKNOWN = 10;

export const masterCommand: HomeCommand<typeof Options, typeof Result> = {
  name: "master",
  Options,
  Result,
  async run(home, _, reporter) {
    if (home.config.master === undefined) {
      throw new UsageError(
        "kizuki.yaml に master がありません。商品などの表を書いてください（docs/master-data.ja.md）。",
      );
    }
    const { master, isNew } = await linkMaster(home, reporter);
    const { reader } = home.warehouse;
    const [linked] = await query(reader, "questions/linked_voices.sql", {}, Linked);
    const params = { limit: MOST_UNKNOWN };
    const Unknown = Result.shape.unknown.element;
    const unknown = await query(reader, "questions/unknown_names.sql", params, Unknown);
    const count = (kind: MasterEntry["kind"]) =>
      master.entries.filter((entry) => entry.kind === kind).length;
    return {
      ...Linked.parse(linked),
      products: count("product"),
      stores: count("store"),
      desks: count("desk"),
      isNew,
      notes: [...master.notes],
      unknown,
    };
  },
};

export function registerMaster(program: Command, context: CliContext): void {
  program
    .command("master")
    .description("商品・店舗・窓口の表を読み、過去のすべての声に結び付けます")
    .option("--json", "結果を JSON で出します")
    .addHelpText(
      "after",
      "\n表は kizuki.yaml の master に書きます。報告書と分析用の写しは、作る前にいつも同じことをします。\n表の書き方: docs/master-data.ja.md\n",
    )
    .action(async ({ json }: { json?: boolean }) => {
      const result = await runHomeCommand(context, masterCommand, {});
      await context.print(json ? JSON.stringify(result) : describe(result));
    });
}

function describe(result: z.infer<typeof Result>): string {
  const { products, stores, desks, productVoices, storeVoices, mentioningVoices } = result;
  const unknown = result.unknown.map(
    ({ kind, written }) => `  ${kind === "product" ? "商品" : "店舗"}: ${written}`,
  );
  return [
    `商品 ${products} 件、店舗 ${stores} 件、窓口 ${desks} 件を読みました。`,
    ...(result.isNew ? ["表が変わったので、過去の声もすべて結び付け直しました。"] : []),
    `商品の列から ${productVoices} 件、店舗の列から ${storeVoices} 件、本文の商品名から ${mentioningVoices} 件の声が結び付いています。`,
    ...result.notes,
    ...(unknown.length > 0 ? ["表にない名前（声の多い順）:", ...unknown] : []),
  ].join("\n");
}
