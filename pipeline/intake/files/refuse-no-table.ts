import { InputError } from "../../errors.ts";
import { maskField } from "../../text/mask/mask-field.ts";
import type { MaskRules } from "../../text/mask/mask-rules.ts";
import type { RecordSource } from "../record-source.ts";
import type { Sample } from "../table/sample.ts";

/**
 * Says what is wrong with a file that is no table of voices, before its columns are looked for.
 *
 * @param seen.records how many the sample was taken from; those that cannot be read are not in it
 * @param seen.isWhole no more of it would be looked at: what comes later may be read else
 * @throws InputError saying what to do
 */
export function refuseNoTable(
  label: string,
  sample: Sample,
  {
    format,
    mask,
    records,
    isWhole,
  }: { format: RecordSource["format"]; mask: MaskRules; records: number; isWhole: boolean },
): void {
  const { columns } = sample;
  if (columns.length === 0) {
    if (!isWhole) return;
    throw new InputError(
      `${label}: はじめの ${records} 件がどれも読めません。CSV なら見出しの行と列の数が合っているか、区切りがコンマかタブか、JSON なら 1 件ずつ波かっこで囲まれているかを確かめてください。`,
    );
  }
  const list = columns.find((column) => sample.cells(column).some((cell) => /^\[\s*\{/.test(cell)));
  if (records === 1 && list !== undefined && format !== "sheet") {
    throw new InputError(
      `${label}: 声の一覧は「${list}」の中にあるようです。その配列だけをファイルにしてから取り込んでください（jq なら: jq '.["${list}"]' 元のファイル）。`,
    );
  }
  const [only, second] = columns;
  if (only === undefined || second !== undefined || (format !== "csv" && format !== "tsv")) return;
  const [separator] = /[;|；｜，、]/.exec(only) ?? [];
  const why =
    separator === undefined ? "表ではないようです" : `列の区切りが「${separator}」のようです`;
  throw new InputError(
    `${label}: 列が 1 つしかありません（1 行目: ${maskField(only, { rules: mask }).slice(0, 100)}）。${why}。見出しがあり、コンマかタブで区切った表にしてから取り込んでください。`,
  );
}
