import { InputError } from "../../errors.ts";
import { maskField } from "../../text/mask/mask-field.ts";
import { parseReceivedAt } from "../record/parse-received-at.ts";

/** A file whose first record stands in the header's place. */
export class HeadlessError extends InputError {}

/** @returns a doubt where a heading is a day or says who somebody is: the first record stands in the header's place */
export function headless({ columns }: { readonly columns: readonly string[] }): string | undefined {
  const day = columns.find((column) => typeof parseReceivedAt(column) === "object");
  if (day === undefined && !columns.some(isPersonsValue)) return undefined;
  const seen = day === undefined ? "電話番号や住所のようなもの" : `「${day}」`;
  return `見出しの行がなく、1 行目から声が始まっているようです（見出しの位置に${seen}があります）。列の名前（names）を書いた説明を --source で指定してください\n（説明の案は kizuki source init で作れます）`;
}

/** A telephone number, an address: nothing is left of it under the mask. */
function isPersonsValue(heading: string): boolean {
  const masked = maskField(heading);
  return masked !== heading && /^(?:【[^】]+】\s*)+$/.test(masked);
}
