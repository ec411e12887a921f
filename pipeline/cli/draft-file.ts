import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { UsageError } from "../errors.ts";
import { quotePath } from "../intake/files/quote-path.ts";
import { CHANNEL_NAMES } from "../intake/propose/guess-channel.ts";

/** 2025-07.xlsx and 2025-07.csv.gz are described in 2025-07.yaml; no file in what is read as the config. */
export function draftName(file: string): string {
  const stem = basename(file).replace(ENDINGS, "");
  return stem.toLowerCase() === "kizuki" ? "kizuki-source.yaml" : `${stem}.yaml`;
}

const ENDINGS = /(?<=.)(?:\.(?:csv|tsv|txt|tab|jsonl|ndjson|json|xlsx|xlsm|gz|zip))+$/i;

/** What a person has written there is kept. @throws UsageError that says how to name another */
export async function writeDraft(target: string, yaml: string): Promise<void> {
  if (!existsSync(target)) return await writeFile(target, yaml, { flag: "wx" });
  if ((await readFile(target, "utf8")) === yaml) return;
  const other = basename(target).replace(/(?:\.ya?ml)?$/, "-2.yaml");
  throw new UsageError(
    `${target} はもうあり、中身が違います。--out で別の名前にしてください（例: --out ${quotePath(other)}）。`,
  );
}

/** For whoever completes the draft. @param names of the columns, where the file has no header */
export function draftComments(description: string, names: readonly string[] | undefined): string {
  const lines = [
    ...description.split("\n"),
    "",
    "name: 同じシステムの書き出しはいつも同じ名前にします（声が同じかどうかを決めます）",
    `channel: 声の届いた方法。${CHANNELS}`,
    "columns: 役割と列の名前。attributes: そのまま残す列（氏名や連絡先は入れません）",
    ...(names === undefined
      ? ["header: この説明を書いた時の見出し。変わると取り込みの前に知らせます"]
      : [
          "names: 見出しの行がないので、列の名前を左から順に付けました。「4列目」のような名前は、わかる名前に書き換えてください。",
          "  書き換えた列を残すには attributes に、役割があれば columns に（商品なら product、店舗なら place）、同じ名前を書きます",
        ]),
  ];
  return lines
    .map((line) => `# ${line}`.trimEnd())
    .join("\n")
    .concat("\n");
}

const CHANNELS = Object.entries(CHANNEL_NAMES)
  .map(([channel, name]) => `${channel} ${name}`)
  .join("、");
