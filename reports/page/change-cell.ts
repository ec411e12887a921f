import type { CommonReport } from "../common-report.ts";
import { type Figures, figureOf } from "../figure.ts";
import { formatRatio } from "../format-japanese.ts";
import type { Baseline } from "../past/past.ts";
import { begunNote } from "../past/past-rule.ts";
import type { Change } from "../statistics/change.ts";
import { CHANGE_WORDS, noChangeReason } from "../words.ts";
import { type Html, html } from "./html.ts";

const SIGNS: Readonly<Record<Change["word"], string>> = {
  increased: "▲ ",
  decreased: "▼ ",
  unclear: "",
  few: "",
  "nothing-before": "",
  "begun-before": "",
};

/** The word of a change, with a sign so that colour is not needed; certain ones stand out. */
export function changeWord(change: Change): Html {
  const { word } = change;
  const reason = noChangeReason(change);
  const isCertain = word === "increased" || word === "decreased";
  const told = html`<span class="${isCertain ? "change certain" : "change"}">${SIGNS[word]}${CHANGE_WORDS[word]}</span>`;
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

/** Of the number of voices, where the bare numbers may look otherwise; nothing where it cannot be said. */
export function evenedRatio(change: Change | null): Html {
  if (change === null || change.ratio === null) return html``;
  return html`<br><span class="soft">曜日・休日をならすと${formatRatio(change.ratio)}倍</span>`;
}

/** いつも 4.1%（3.0%〜5.2%）, such as a share or the count that the calendar lets expect. */
export function levelText(
  name: string,
  { level, low, high }: Baseline,
  format: (level: number) => string,
): Html {
  const span = low === high ? "" : `（${format(low)}〜${format(high)}）`;
  return html`${name} ${format(level)}<span class="soft nowrap">${span}</span>`;
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
