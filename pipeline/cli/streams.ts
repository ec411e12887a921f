import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { padText, textWidth } from "../../reports/formats/text-width.ts";
import { ConfigError, StorageError } from "../errors.ts";
import { DAY_MS } from "../period.ts";
import { messageJsonSchema, STREAM_NAMES } from "../schema/message.ts";
import { ensureStreams, type StreamState } from "../streams/ensure-streams.ts";
import { type KafkaSettings, StreamSettings } from "../streams/kafka-settings.ts";
import { namedSettings, streamDefinitions } from "../streams/stream-definitions.ts";
import { type CliContext, configOf } from "./context.ts";
import { acceptStreams } from "./streams-accept.ts";

const STATES = { created: "作りました", there: "あります", missing: "ありません" } as const;

/** @throws ConfigError where the config names no Kafka */
export function kafkaOf(context: CliContext): KafkaSettings {
  const { kafka, file } = configOf(context);
  if (kafka !== undefined) return kafka;
  throw new ConfigError(
    `${file ?? "kizuki.yaml"} に kafka: がありません。Kafka を使うなら kafka: { brokers: [ホスト:ポート] } を書いてください。`,
  );
}

type EnsureOptions = { readonly check?: boolean; readonly print?: boolean };

async function ensure(context: CliContext, options: EnsureOptions): Promise<void> {
  if (options.print === true) {
    const { kafka } = configOf(context);
    return await context.print(requestOf(kafka?.streams ?? StreamSettings.parse({})));
  }
  const states = await ensureStreams(kafkaOf(context), { create: options.check !== true });
  await context.print(tableOf(states));
  const problems = states.flatMap(problemsOf);
  if (problems.length === 0) return;
  throw new ConfigError(
    `ストリームが設定と違います（何も変えていません）:\n${problems.join("\n")}\nkizuki.yaml の kafka.streams を合わせるか、Kafka の側を直してください。`,
  );
}

function problemsOf({ definition, state, differences }: StreamState): string[] {
  if (state === "missing") {
    return [
      `  ${definition.name} … 読んだもの: （ありません）、期待: \`kizuki streams ensure\` が作るストリーム`,
    ];
  }
  return differences.map(
    ({ setting, read, expected }) =>
      `  ${definition.name} ${setting} … 読んだもの: ${read}、期待: ${expected}`,
  );
}

function tableOf(states: readonly StreamState[]): string {
  const rows = states.map(({ definition, state, differences }) => [
    definition.name,
    differences.length > 0 ? "違います" : STATES[state],
    String(definition.partitions),
    String(definition.replicationFactor),
    definition.settings["min.insync.replicas"] ?? "",
    retentionOf(definition.settings["retention.ms"]),
  ]);
  return aligned([["ストリーム", "状態", "パーティション", "複製", "同期の下限", "保存"], ...rows]);
}

/** What whoever makes the topics must set, by Kafka's names: it goes into a request as it is. */
function requestOf(streams: KafkaSettings["streams"]): string {
  const topics = streamDefinitions(streams).map((definition) => ({
    name: definition.name,
    settings: namedSettings(definition),
  }));
  const names = new Set(topics.flatMap(({ settings }) => Object.keys(settings)));
  return aligned([
    ["", ...topics.map(({ name }) => name)],
    ...[...names].map((name) => [name, ...topics.map(({ settings }) => settings[name] ?? "")]),
  ]);
}

function aligned(all: readonly (readonly string[])[]): string {
  const widths = all[0]?.map((_, column) =>
    Math.max(...all.map((row) => textWidth(row[column] ?? ""))),
  );
  const line = (row: readonly string[]) =>
    row.map((cell, column) => padText(cell, widths?.[column] ?? 0, "left")).join("  ");
  return all.map((row) => line(row).trimEnd()).join("\n");
}

function retentionOf(milliseconds: string | undefined): string {
  const days = Number(milliseconds) / DAY_MS;
  return days < 0 ? "無期限" : `${days} 日`;
}

async function writeSchemas(context: CliContext, options: { readonly out: string }): Promise<void> {
  const folder = resolve(context.workingFolder, options.out);
  try {
    mkdirSync(folder, { recursive: true });
    for (const stream of STREAM_NAMES) {
      writeFileSync(join(folder, `${stream}.json`), schemaText(stream));
    }
  } catch (cause) {
    throw new StorageError(`${folder} に書けません。`, { cause });
  }
  await context.print(`${folder} に ${STREAM_NAMES.length} 件書きました。`);
}

/** As it stands in `docs/messages`. */
function schemaText(stream: (typeof STREAM_NAMES)[number]): string {
  return `${JSON.stringify(messageJsonSchema(stream), null, 2)}\n`;
}

export function registerStreams(program: Command, context: CliContext): void {
  const streams = program
    .command("streams")
    .description("Kafka のストリーム（トピック）を用意する・調べる");
  streams
    .command("ensure")
    .description(
      "足りないストリームを作り、すでにあるストリームが設定どおりかを調べます。すでにあるものは変えません",
    )
    .option("--check", "調べるだけで、作りません")
    .option("--print", "四つのトピックの設定を表にするだけで、Kafka にはつなぎません")
    .action((options: EnsureOptions) => ensure(context, options));
  streams
    .command("accept")
    .description("失われた記録を確かめたあと、いまのストリームのまま続けるようにします")
    .action(() => acceptStreams(context, kafkaOf(context)));
  streams
    .command("schema")
    .description("各ストリームのメッセージの形を JSON Schema で書き出します")
    .option("--out <フォルダ>", "書き出す場所", "docs/messages")
    .action((options: { out: string }) => writeSchemas(context, options));
}
