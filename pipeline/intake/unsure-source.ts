import { stringify } from "yaml";
import { InputError } from "../errors.ts";
import { maskField } from "../text/mask-field.ts";
import type { Found } from "./guess-source.ts";

/** Says what was seen of a file that explains itself too little, and gives the description to complete. */
export function unsureSource(
  path: string,
  seen: {
    readonly name: string;
    readonly columns: readonly string[];
    readonly reasons: readonly string[];
    readonly found: Found;
  },
): InputError {
  return new InputError(
    [
      `${path}: どの列に何があるか、確かなことがわかりません。`,
      ...seen.reasons.map((reason) => `  - ${reason}`),
      `見出し: ${seen.columns.map((column) => maskField(column)).join("、")}`,
      "",
      "次の内容を「説明.yaml」に保存し、<> のところを見出しの名前に書き換えて、",
      `kizuki import ${quotePath(path)} --source 説明.yaml`,
      "を実行してください。",
      "",
      draft(seen),
    ].join("\n"),
  );
}

function draft({ name, found }: { name: string; found: Found }): string {
  const { columns, channel, attributes } = found;
  return stringify({
    name,
    channel,
    columns: { receivedAt: "<受付日時の列>", verbatim: "<お客様の言葉の列>", ...columns },
    attributes,
  });
}

function quotePath(path: string): string {
  return /^[\p{L}\p{N}._/-]+$/u.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
