import { existsSync } from "node:fs";
import type { Command } from "commander";
import { formatCount } from "../../reports/format-japanese.ts";
import { InputError } from "../errors.ts";
import { logPath, makeHomeFolder, warehousePath } from "../home.ts";
import { jstDateTime } from "../period.ts";
import { replayKafka } from "../replay-kafka.ts";
import { EmbeddedLog } from "../streams/embedded-log.ts";
import { type Rebuilt, rebuildWarehouse } from "../warehouse/rebuild-warehouse.ts";
import { type CliContext, configOf, givenKeysOf } from "./context.ts";

/** Runs in its own process only: `serve` holds the very file that is to be replaced. */
async function rebuild(context: CliContext, discardOld: boolean): Promise<Rebuilt> {
  const config = configOf(context);
  const { home, kafka } = config;
  const root = logPath(home);
  if (kafka === undefined && !existsSync(root)) {
    throw new InputError(`${root} がありません。--home を確かめてください。`);
  }
  const later = kafka && replayKafka(kafka, givenKeysOf(context, config));
  // With Kafka all of home may be gone.
  makeHomeFolder(home);
  const opened: EmbeddedLog[] = [];
  const open = async (name: string): Promise<EmbeddedLog> => {
    const log = await EmbeddedLog.open({ name, root });
    opened.push(log);
    return log;
  };
  try {
    return await rebuildWarehouse({
      path: warehousePath(home),
      openStreams: async () => ({
        dead: await open("voc.dead"),
        enriched: await open("voc.enriched"),
        actions: await open("voc.actions"),
      }),
      later,
      discardOld,
      stamp: stamp(context.clock()),
      reporter: context.reporter,
    });
  } finally {
    for (const log of opened) await log.close();
  }
}

/** 20260105-080000 in Asia/Tokyo. */
function stamp(at: Date): string {
  return jstDateTime(at).replaceAll(/[-:]/g, "").slice(0, 15).replace("T", "-");
}

export function registerRebuild(program: Command, context: CliContext): void {
  program
    .command("rebuild")
    .description(
      "データベースを記録（home/log と Kafka）から作り直します。壊れたとき、消したときに。声も報告書も気づきも元のままです",
    )
    .option("--discard-old", "いまのデータベースを残しません（既定では別の名前で残ります）")
    .option("--json", "結果を JSON で出します")
    .addHelpText(
      "after",
      "\n隣に新しいものを作り、できてから置き換えます。途中で止めても、元のままです。報告書は作り直さず、メールも送りません。\nkizuki serve は止めてから使ってください。\n",
    )
    .action(async (options: { discardOld?: boolean; json?: boolean }) => {
      const rebuilt = await rebuild(context, options.discardOld ?? false);
      await context.print(options.json ? JSON.stringify(rebuilt) : describe(rebuilt));
    });
}

function describe({ counts, records, kept }: Rebuilt): string {
  const { voices, segments, dead_letters, awareness, reports } = counts;
  return [
    `${formatCount(records)} 件の記録から作り直しました。声 ${formatCount(voices)} 件、文 ${formatCount(segments)} 件、気づき ${awareness} 件、報告書 ${reports} 件、不達 ${dead_letters} 件。`,
    ...(kept === undefined
      ? []
      : [`前のデータベースは ${kept} に残しました。確かめたら消してかまいません。`]),
  ].join("\n");
}
