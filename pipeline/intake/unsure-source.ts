import { stringify } from "yaml";
import { InputError } from "../errors.ts";
import { maskField } from "../text/mask-field.ts";
import type { MaskRules } from "../text/mask-rules.ts";
import { type Found, headless } from "./guess-source.ts";

/** Says what was seen of a file that explains itself too little, and gives the description to complete. */
export function unsureSource(
  label: string,
  seen: {
    readonly path: string;
    readonly mask: MaskRules;
    readonly name: string;
    readonly columns: readonly string[];
    readonly reasons: readonly string[];
    readonly found: Found;
  },
): InputError {
  const { path, mask, columns, reasons } = seen;
  const noHeader = headless(seen);
  // What stands in the headings' place is a customer's words, name and number: none of it goes to a log.
  if (noHeader !== undefined) return new InputError(`${label}: ${noHeader}。`);
  const masked = (text: string) => maskField(text, { rules: mask });
  const draft = draftSource(seen);
  return new InputError(
    [
      `${label}: どの列に何があるか、確かなことがわかりません。`,
      ...reasons.map((reason) => `  - ${masked(reason)}`),
      `見出し: ${columns.map(masked).join("、")}`,
      "",
      `kizuki source init ${quotePath(path)} で、説明の案を書き、はじめの行がどう読めるかを見られます。`,
      "または次の内容を「説明.yaml」に保存し、" +
        (isToComplete(draft) ? "<> のところを書き換えて、" : "違うところがあれば直して、"),
      `kizuki import ${quotePath(path)} --source 説明.yaml`,
      "を実行してください。",
      "",
      draft,
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

/** Whether a person has to fill something in. */
export function isToComplete(draft: string): boolean {
  return /: "?<[^>]+>"?$/m.test(draft);
}

/** As it is typed on a command line. */
export function quotePath(path: string): string {
  return /^[\p{L}\p{N}._/-]+$/u.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
