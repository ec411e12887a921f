import { formatCount } from "../../reports/format-japanese.ts";
import { InputError } from "../errors.ts";
import { shortId } from "../schema/short-id.ts";
import { shorten } from "../text/code-points.ts";
import { type FoundRecords, MOST_FOUND } from "./find-records.ts";

/** Names no word that was looked for. */
export function foundNothing({ read }: FoundRecords): InputError {
  return new InputError(
    `${formatCount(read)} 件の記録を調べましたが、見つかりません。名字だけ、よみ、市外局番のない番号でも探してください。見つけられないものは kizuki vault find --help にあります。`,
  );
}

const SHOWN_OF_TEXT = 60;

/** Shows the masked texts, and what can be done with them. @param asked how many words */
export function describeFound(
  { read, isCut, voices, letters }: FoundRecords,
  asked: number,
): string {
  const by = (words: readonly number[]) =>
    asked === 1 ? "" : `  （${words.join("・")} 番目のことば）`;
  const examples = [
    ...voices.slice(0, 1).map(({ voiceId }) => `--voice ${shortId(voiceId)}`),
    ...letters.slice(0, 1).map(({ id }) => `--dead ${id}`),
  ];
  return [
    `${formatCount(read)} 件の記録を調べ、声 ${voices.length} 件${letters.length === 0 ? "" : `、不達 ${letters.length} 件`}が見つかりました。`,
    ...(isCut
      ? [`  ${MOST_FOUND} 件を超えたので、途中で終えました。もっと長いことばで探してください。`]
      : []),
    ...voices.flatMap(({ voiceId, receivedOn, source, words, text }) => [
      `  ${shortId(voiceId)}  ${receivedOn}  ${source}${by(words)}`,
      `    ${text === null ? "（まだ分類されていません）" : shorten(text.replaceAll("\n", " "), SHOWN_OF_TEXT)}`,
    ]),
    ...letters.map(
      ({ id, file, row, words }) => `  不達 ${id}  ${file} の ${row} 行目${by(words)}`,
    ),
    "",
    "名前は、ほかの名前の一部でも見つかります（「山田」は「小山田」にもあります）。同じ方のものか、一件ずつ本文を確かめてください:",
    ...examples.map((one) => `  kizuki vault read ${one} --reason '…'`),
    "本文を確かめてから、その方の番号だけを消去します（番号は例です）:",
    ...examples.map((one) => `  kizuki vault forget ${one} --reason '…'`),
  ].join("\n");
}
