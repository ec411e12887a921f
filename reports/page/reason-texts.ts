import { shortId } from "../../pipeline/schema/short-id.ts";
import type { CommonReport } from "../common-report.ts";
import { formatCount } from "../format-japanese.ts";
import type { Correction } from "../frozen/correction.ts";
import type { Cause, Reason } from "../frozen/reasons-of-change.ts";
import { type Html, html } from "./html.ts";
import { voiceItem } from "./voice-item.ts";
import { labelsOf } from "./voice-lists.ts";
import { moreVoices, numberedVoices, voiceNumbers } from "./voice-numbers.ts";

/** Short, as two may stand together; what was renewed or moved, the lines below the table say. */
const WORDS: Readonly<Record<Exclude<Cause, "came" | "went">, string>> = {
  judged: "担当者の判定",
  reworded: "内容の訂正",
  readAnew: "仕組みの更新",
  recalibrated: "確信度の校正",
  retopiced: "話題の表の変更",
  unknown: "分類の変更（わけは記録にありません）",
  whole: "割合のもとになる声全体の件数の変化",
};

/** A piece of a reason: words, or the voices that a page leads to. */
type Piece = string | { readonly voiceIds: readonly string[]; readonly count: number };

/** Why a number is another; one text for the revisions since which the same is said. */
export function reasonText(line: Line, correction: Correction, report: CommonReport): string {
  return piecesOf(line, correction, report)
    .map((piece) =>
      typeof piece === "string" ? piece : `（${voiceNumbers(piece.voiceIds, piece.count)}）`,
    )
    .join("");
}

/** The same with its voices as links. */
export function reasonHtml(line: Line, correction: Correction, report: CommonReport): Html {
  const pieces = piecesOf(line, correction, report).map((piece) => {
    if (typeof piece === "string") return html`${piece}`;
    const links = piece.voiceIds.map(
      (id, index) =>
        html`${index === 0 ? "" : "、"}<a class="nowrap" href="#${anchorOf(id)}">${shortId(id)}</a>`,
    );
    return html`（番号 ${links}${moreVoices(piece.voiceIds, piece.count)}）`;
  });
  return html`${pieces}`;
}

/** The voices that reasons name, behind their numbers. */
export function reasonVoices(lines: readonly Line[], report: CommonReport): Html {
  const reasons = lines.flatMap(({ reasons = [] }) => reasons.flat());
  const ids = new Set(reasons.flatMap(({ voiceIds }) => numberedVoices(voiceIds, report.voices)));
  if (ids.size === 0) return html``;
  const view = { mark: undefined, longest: LONGEST_VOICE, topicLabels: labelsOf(report) };
  const items = [...ids].flatMap((id) => {
    const voice = report.voices[id];
    return voice === undefined
      ? []
      : [html`<ol id="${anchorOf(id)}">${voiceItem(id, voice, view)}</ol>`];
  });
  return html`<div class="panels"><section class="panel" aria-label="数字が変わるもとになった声"><header><h2>数字が変わるもとになった声</h2><a class="close" href="#close">閉じる</a></header>
${items}</section></div>
`;
}

type Line = Correction["lines"][number];

const LONGEST_VOICE = 160;

function piecesOf(
  { reasons = [] }: Line,
  { older = [], revision }: Correction,
  report: CommonReport,
): Piece[] {
  const revisions = [...older.map((each) => each.revision), revision];
  const alike = new Map<string, { since: string[]; pieces: Piece[] }>();
  for (const [index, each] of reasons.entries()) {
    if (each.length === 0) continue;
    const key = JSON.stringify(each);
    const pieces = each.flatMap((reason, at) => [
      at === 0 ? "" : "、",
      ...reasonPieces(reason, report),
    ]);
    const group = alike.get(key) ?? { since: [], pieces };
    group.since.push(`第${revisions[index]}版`);
    alike.set(key, group);
  }
  const groups = [...alike.values()];
  if (groups.length === 0) return ["―"];
  const isOne = revisions.length === 1 || groups[0]?.since.length === revisions.length;
  return groups.flatMap(({ since, pieces }, index) => [
    index === 0 ? "" : "。",
    isOne ? "" : `${since.join("・")}から：`,
    ...pieces,
  ]);
}

function reasonPieces(reason: Reason, report: CommonReport): Piece[] {
  const { causes, added, removed } = reason;
  const count = added + removed;
  const words = causes.map((cause) => wordOf(cause, report)).join("か");
  const moves = [
    ...(added > 0 ? [`＋${formatCount(added)}件`] : []),
    ...(removed > 0 ? [`−${formatCount(removed)}件`] : []),
  ];
  if (moves.length === 0) return [words];
  const voiceIds = numberedVoices(reason.voiceIds, report.voices);
  return [`${words} ${moves.join("・")}`, ...(voiceIds.length === 0 ? [] : [{ voiceIds, count }])];
}

function wordOf(cause: Cause, { line }: CommonReport): string {
  if (cause === "came") return line === undefined ? "あとから届いた声" : "このラインに入った声";
  if (cause !== "went") return WORDS[cause];
  return line === undefined ? "消去か日付の訂正で外れた声" : "消去か、日付かラインの訂正で外れた声";
}

/** Not that of a list, which is named by its figure. */
function anchorOf(id: string): string {
  return `c-${shortId(id)}`;
}
