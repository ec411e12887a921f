import type { Command } from "commander";
import { loadEncoder } from "../../models/encoder.ts";
import type { CliContext } from "./context.ts";
import { plainWords } from "./labelled-cases.ts";
import { registerCalibrate } from "./models-calibrate.ts";
import { registerCompare } from "./models-compare.ts";
import { registerEvaluate } from "./models-evaluate.ts";
import { encoderOption, registerTrain } from "./models-train.ts";
import { readLineGroups } from "./read-lines.ts";

async function embed(context: CliContext, options: { readonly encoder?: string }): Promise<void> {
  const encoder = await loadEncoder(encoderOption(context, options.encoder));
  for await (const group of readLineGroups(context.input, 16)) {
    const lines: string[] = [];
    for (const line of group) {
      lines.push(JSON.stringify({ vector: unitVector(await encoder.encode(plainWords(line))) }));
    }
    await context.print(lines.join("\n"));
  }
}

/** The stored direction as a vector of length 1. */
function unitVector(direction: Int8Array): number[] {
  let sum = 0;
  for (const value of direction) sum += value * value;
  const length = Math.sqrt(sum) || 1;
  return Array.from(direction, (value) => value / length);
}

export function registerModels(program: Command, context: CliContext): void {
  const models = program
    .command("models")
    .description(
      "自分のラベルの分類器を作る・測る・比べる、確信度を判定に合わせる、文をベクトルにする",
    );
  registerTrain(models, context);
  registerEvaluate(models, context);
  registerCompare(models, context);
  registerCalibrate(models, context);
  models
    .command("embed")
    .description("標準入力の文（1行に1件）をベクトルにします")
    .option("--encoder <名前|フォルダ>", "base、small、またはフォルダ（省くと設定のもの）")
    .option("--json", '1行に {"vector": […]} を出します（いまはこの形だけです）')
    .action((options: { encoder?: string }) => embed(context, options));
}
