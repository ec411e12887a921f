import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command } from "commander";
import { UsageError } from "../errors.ts";
import { shortId } from "../schema/short-id.ts";
import type { CliContext } from "./context.ts";
import { runHomeCommand } from "./home-command.ts";
import { changesText, type TagChange } from "./tag-changes.ts";
import { registerJudging } from "./tag-judging.ts";
import { labelsText, tagLabelsCommand } from "./tag-labels.ts";
import { listedText, tagExportCommand, tagListCommand } from "./tag-list.ts";
import { tagConfirmCommand, tagFixCommand, tagUndoCommand } from "./tag-say.ts";
import { shownText, tagShowCommand } from "./tag-show.ts";

const VOICE = "声の番号（報告書の声の下にある 8 桁か、元のシステムの番号）";
const SEGMENT = "文の番号（tag show にある 1 からの数）";
const AUTHOR = "確かめた人";
const JSON_OPTION = "JSON で出します";
const NEXT =
  "これから作る報告書は、これで数えます（作り終えた報告書は変わりません。report に --again で作り直すと、訂正が載ります）。";

type Place = { readonly voice: string; readonly segment: string; readonly author: string };
type Json = { readonly json?: boolean };

export function registerTag(program: Command, context: CliContext): void {
  const tag = program
    .command("tag")
    .description("文のタグ（感情・声の種類・話題）を人が確かめる・直す（推定が確認済になります）")
    .addHelpText(
      "after",
      "\n例:\n  kizuki tag show --voice 3f2a9c1b\n  kizuki tag fix --voice 3f2a9c1b --segment 2 --sentiment ネガティブ --topic 味・風味 --author 林\n  kizuki tag confirm --voice 3f2a9c1b --segment 1 --author 林\n",
    );
  registerReading(tag, context);
  registerSaying(tag, context);
  registerJudging(tag, context);
  tag
    .command("export")
    .argument("<ファイル>", "書くファイル（JSON Lines）")
    .description("確認済の文を、models train と models evaluate の読む例文にします")
    .requiredOption("--head <何>", "sentiment、kind、または話題の分類の名前")
    .option("--overwrite", "もうあるファイルに上書きします")
    .addHelpText(
      "after",
      "\n例:\n  kizuki tag export 感情.jsonl --head sentiment\n  kizuki models evaluate --head sentiment --examples 感情.jsonl\n",
    )
    .action(async (file: string, { head, overwrite }: { head: string; overwrite?: boolean }) => {
      const path = resolve(context.workingFolder, file);
      if (existsSync(path) && !overwrite) {
        throw new UsageError(
          `${path} はもうあります。別の名前にするか、--overwrite を付けてください。`,
        );
      }
      const { lines } = await runHomeCommand(context, tagExportCommand, { head });
      await writeFile(path, `${lines.join("\n")}\n`, { mode: 0o600 });
      await context.print(`${lines.length} 文を書きました: ${path}`);
    });
}

function registerReading(tag: Command, context: CliContext): void {
  tag
    .command("show")
    .description("声の文と、それぞれのタグ、推定か確認済かを示します")
    .requiredOption("--voice <番号>", VOICE)
    .option("--json", JSON_OPTION)
    .addHelpText("after", "\n例:\n  kizuki tag show --voice 3f2a9c1b\n")
    .action(async ({ json, ...asked }: { voice: string } & Json) => {
      const shown = await runHomeCommand(context, tagShowCommand, asked);
      await context.print(json ? JSON.stringify(shown) : shownText(shown));
    });
  tag
    .command("labels")
    .description("--topic に書ける話題の名前と、深刻度を示します")
    .option("--json", JSON_OPTION)
    .action(async ({ json }: Json) => {
      const rows = await runHomeCommand(context, tagLabelsCommand, {});
      await context.print(json ? JSON.stringify(rows) : labelsText(rows));
    });
  tag
    .command("list")
    .description("人がタグについて言ったことを、新しい順に示します")
    .option("--since <日付>", "この日から（2026-01-05 や 2026年1月5日 など、日本時間）")
    .option("--json", JSON_OPTION)
    .addHelpText("after", "\n例:\n  kizuki tag list --since 2026-01-05\n")
    .action(async ({ json, ...asked }: { since?: string } & Json) => {
      const rows = await runHomeCommand(context, tagListCommand, asked);
      await context.print(json ? JSON.stringify(rows) : listedText(rows));
    });
}

function registerSaying(tag: Command, context: CliContext): void {
  // `true` is what commander has for an option of this name that was not given.
  const collect = (name: string, names: string[] | true | undefined) => [
    ...(Array.isArray(names) ? names : []),
    name,
  ];
  const print = async (
    said: {
      readonly tagId: string;
      readonly text: string;
      readonly changes: readonly TagChange[];
      readonly notes: readonly string[];
    },
    what: string,
    json: boolean | undefined,
  ) => {
    const number = shortId(said.tagId);
    await context.print(
      json
        ? JSON.stringify(said)
        : [
            `${what}（番号 ${number}）。`,
            ...[`文: ${said.text}`, ...changesText(said)].map((line) => `  ${line}`),
            NEXT,
          ].join("\n"),
    );
  };
  tag
    .command("fix")
    .description("文のタグを直します。言わなかったものは推定のままです")
    .requiredOption("--voice <番号>", VOICE)
    .requiredOption("--segment <番号>", SEGMENT)
    .requiredOption("--author <名前>", AUTHOR)
    .option("--sentiment <感情>", "ネガティブ、中立、ポジティブ")
    .option("--kind <種類>", "ご指摘、ご要望、お問い合わせ、お褒め、その他")
    .option(
      "--topic <話題>",
      "報告書にある話題の名前（一覧は tag labels）。何度でも書けます。その分類の推定の話題は、これに替わります。深刻度 5 の話題を付けると、報告書はお体への害を伝える声（確認済）として数えます",
      collect,
    )
    .option("--no-topics <分類>", "その分類の話題は、どれも当てはまらない", collect)
    .option("--json", JSON_OPTION)
    .addHelpText(
      "after",
      "\n例:\n  kizuki tag fix --voice 3f2a9c1b --segment 2 --sentiment ネガティブ --kind ご指摘 --author 林\n  kizuki tag fix --voice 3f2a9c1b --segment 2 --topic 味・風味 --topic 価格 --author 林\n  kizuki tag fix --voice 3f2a9c1b --segment 1 --no-topics food-maker --author 林\n",
    )
    .action(
      async (
        given: Place & {
          topic?: string[];
          topics: string[] | true;
          sentiment?: string;
          kind?: string;
        } & Json,
      ) => {
        const { json, topic = [], topics: none, ...asked } = given;
        const said = { ...asked, topics: topic, without: none === true ? [] : none };
        await print(await runHomeCommand(context, tagFixCommand, said), "タグを直しました", json);
      },
    );
  tag
    .command("confirm")
    .description("文のタグが機械の推定のとおりだと確かめます（判定保留は保留のままです）")
    .requiredOption("--voice <番号>", VOICE)
    .requiredOption("--segment <番号>", SEGMENT)
    .requiredOption("--author <名前>", AUTHOR)
    .option("--json", JSON_OPTION)
    .addHelpText("after", "\n例:\n  kizuki tag confirm --voice 3f2a9c1b --segment 1 --author 林\n")
    .action(async ({ json, ...asked }: Place & Json) => {
      await print(
        await runHomeCommand(context, tagConfirmCommand, asked),
        "確認済にしました",
        json,
      );
    });
  tag
    .command("undo")
    .description("人が言ったことを取り消し、機械の推定に戻します")
    .option("--voice <番号>", VOICE)
    .option("--segment <番号>", SEGMENT)
    .option("--tag <番号>", "tag list にある 8 桁（当てはまる文がなくなったものに）")
    .requiredOption("--author <名前>", "取り消す人")
    .option("--json", JSON_OPTION)
    .addHelpText("after", "\n例:\n  kizuki tag undo --voice 3f2a9c1b --segment 2 --author 林\n")
    .action(
      async ({ json, ...asked }: Partial<Place> & { author: string; tag?: string } & Json) => {
        await print(await runHomeCommand(context, tagUndoCommand, asked), "取り消しました", json);
      },
    );
}
