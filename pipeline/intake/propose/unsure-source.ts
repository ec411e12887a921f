import { stringify } from "yaml";
import { InputError } from "../../errors.ts";
import { maskField } from "../../text/mask/mask-field.ts";
import type { MaskRules } from "../../text/mask/mask-rules.ts";
import type { Encoding } from "../encoding/encoding.ts";
import { quotePath } from "../files/quote-path.ts";
import type { Found } from "./guess-source.ts";
import { HeadlessError, headless } from "./headless.ts";

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
    readonly encoding: Encoding | undefined;
  },
): InputError {
  const { path, mask, columns, reasons } = seen;
  const noHeader = headless(seen);
  // What stands in the headings' place is a customer's words, name and number: none of it goes to a log.
  if (noHeader !== undefined) return new HeadlessError(`${label}: ${noHeader}。`);
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

/**
 * A description with what is known, and what a person has to fill in between < and >. Masked: where a file has no header,
 * what stands in its place is a customer's, and descriptions are sent around.
 */
export function draftSource({
  name,
  found,
  encoding,
  header,
  names,
  mask,
}: {
  name: string;
  found: Found;
  encoding?: Encoding | undefined;
  header?: readonly string[];
  /** Of a file without a header. */
  names?: readonly string[] | undefined;
  mask: MaskRules;
}): string {
  const { columns, channel, attributes, dates, marks } = found;
  const draft = {
    name,
    channel,
    ...(encoding && { encoding }),
    ...(dates && { dates }),
    ...(marks && { marks }),
    columns: { receivedAt: "<受付日時の列>", verbatim: "<お客様の言葉の列>", ...columns },
    attributes,
    ...(names ? { names } : header && { header }),
  };
  return stringify(draft, (_key, value: unknown) =>
    typeof value === "string" ? maskField(value, { rules: mask }) : value,
  );
}

/** Whether a person has to fill something in. */
export function isToComplete(draft: string): boolean {
  return /: "?<[^>]+>"?$/m.test(draft);
}
