import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, Option } from "commander";
import { ShippedName } from "../encoder-folder.ts";

/** A command on the heads that ship with one encoder. @param script of `package.json` */
export function shippedCommand(script: string): Command {
  return new Command(`npm run ${script} --`)
    .addOption(
      new Option("--encoder <名前>", "どのエンコーダの分類器か")
        .choices(ShippedName.options)
        .default(ShippedName.options[0]),
    )
    .option(
      "--cache <フォルダ>",
      "ベクトルを次のために置くフォルダ",
      join(tmpdir(), "kizuki-embeddings"),
    )
    .helpOption("-h, --help", "この説明を示します");
}
