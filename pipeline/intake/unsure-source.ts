import { stringify } from "yaml";
import { InputError } from "../errors.ts";
import { maskField } from "../text/mask-field.ts";
import type { Found } from "./guess-source.ts";

/** Says what was seen of a file that explains itself too little, and gives the description to complete. */
export function unsureSource(
  label: string,
  seen: {
    readonly path: string;
    readonly name: string;
    readonly columns: readonly string[];
    readonly reasons: readonly string[];
    readonly found: Found;
  },
): InputError {
  return new InputError(
    [
      `${label}: どの列に何があるか、確かなことがわかりません。`,
      ...seen.reasons.map((reason) => `  - ${reason}`),
      `見出し: ${seen.columns.map((column) => maskField(column)).join("、")}`,
      "",
      "次の内容を「説明.yaml」に保存し、<> のところを見出しの名前に書き換えて、",
      `kizuki import ${quotePath(seen.path)} --source 説明.yaml`,
      "を実行してください。",
      "",
      draftSource(seen),
    ].join("\n"),
  );
}

/** A description with what is known, and what a person has to fill in between < and >. */
export function draftSource({
  name,
  found,
  header,
}: {
  name: string;
  found: Found;
  header?: readonly string[];
}): string {
  const { columns, channel, attributes, dates, marks } = found;
  return stringify({
    name,
    channel,
    ...(dates && { dates }),
    ...(marks && { marks }),
    columns: { receivedAt: "<受付日時の列>", verbatim: "<お客様の言葉の列>", ...columns },
    attributes,
    ...(header && { header }),
  });
}

/** As it is typed on a command line. */
export function quotePath(path: string): string {
  return /^[\p{L}\p{N}._/-]+$/u.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
