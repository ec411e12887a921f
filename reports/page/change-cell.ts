import type { CommonReport } from "../common-report.ts";
import { type Figures, figureOf } from "../figure.ts";
import { formatRatio } from "../format-japanese.ts";
import { cellText } from "../formats/cell-text.ts";
import type { Cell } from "../outline/outline.ts";
import { begunNote } from "../past/past-rule.ts";
import { type Change, isCertain, isJudged } from "../statistics/change.ts";
import type { ToldMove } from "../told-moves.ts";
import { againstText, CHANGE_WORDS, noChangeReason } from "../words.ts";
import { type Html, html } from "./html.ts";

const SIGNS: Readonly<Record<Change["word"], string>> = {
  increased: "▲ ",
  decreased: "▼ ",
  unclear: "",
  few: "",
  "nothing-before": "",
  "begun-before": "",
};

/** The word of a change, with a sign so that colour is not needed; certain ones stand out. @param against 前週, いつも, 前年; left out where the column's title says it */
export function changeWord(change: Change, against?: string): Html {
  const { word } = change;
  const reason = noChangeReason(change);
  const told = html`<span class="${isCertain(change) ? "change certain" : "change"}">${SIGNS[word]}${against === undefined ? CHANGE_WORDS[word] : againstText(word, against)}</span>`;
  return reason === "" ? told : html`<span>${told}<wbr><span class="soft">${reason}</span></span>`;
}

/** 2.3倍（1.3〜4.1倍）; nothing where no ratio can be given. */
export function ratioText({ ratio, low, high }: Omit<Change, "word">): string {
  if (low === null) return ratio === null ? "" : `${formatRatio(ratio)}倍`;
  const point = ratio === null ? "" : `${formatRatio(ratio)}倍`;
  const interval =
    high === null ? `${formatRatio(low)}倍以上` : `${formatRatio(low)}〜${formatRatio(high)}倍`;
  return `${point}（${interval}）`;
}

/** Of the number of voices, where the bare numbers may look otherwise; nothing where nothing is compared. */
export function evenedText(moves: readonly ToldMove[]): string {
  const compared = moves.filter(({ change }) => change !== null && isJudged(change));
  if (compared.length === 0) return "";
  const ratios = compared.flatMap(({ name, change }) =>
    change?.ratio == null ? [] : [{ name, times: `${formatRatio(change.ratio)}倍` }],
  );
  const [first] = ratios;
  if (first === undefined) return "曜日・休日をならした比較";
  const told =
    moves.length === 1
      ? first.times
      : ratios.map(({ name, times }) => `${name}の${times}`).join("、");
  return `曜日・休日をならすと${told}`;
}

/** いつも 4.1%（3.0%〜5.2%）, such as a share or the count that the calendar lets expect. */
export function levelText({ name, level, low, high, kind }: ToldMove): Html {
  if (level === null) return html``;
  const text = (cell: Cell) => `${cellText(cell, kind)}${kind === "count" ? "件" : ""}`;
  const span = text(low) === text(high) ? "" : `（${text(low)}〜${text(high)}）`;
  return html`${name} ${text(level)}<span class="soft nowrap">${span}</span>`;
}

/** Beside the figures, why no change is told of them. */
export function begunLine(report: CommonReport): Html {
  const note = begunNote(report);
  return note === "" ? html`` : html`<p class="small">${note}</p>`;
}

/** Four shades by size against the largest number of the table; what is small beside it has none. */
export function heatClass(figures: Figures, id: string, largest: number): string {
  const level = Math.round((4 * figureOf(figures, id).value) / largest);
  return level === 0 ? "num" : `num heat${level}`;
}
