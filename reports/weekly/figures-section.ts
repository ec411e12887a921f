import { changeWord } from "../change-cell.ts";
import { formatPercent } from "../format-japanese.ts";
import { type Html, html } from "../html.ts";
import type { KeyFigure } from "../key-figures.ts";
import { figureLink } from "../voice-lists.ts";
import type { WeeklyReport } from "./weekly-report.ts";

const SHOWN = new Set<KeyFigure["measure"]>(["all", "complaint", "negative", "praise"]);

export function figuresSection(report: WeeklyReport): Html {
  return html`<section class="key" aria-label="主な数字">${report.keyFigures
    .filter(({ measure }) => SHOWN.has(measure))
    .map((line) => card(report, line))}</section>`;
}

function card(report: WeeklyReport, line: KeyFigure): Html {
  const { label, figure, previous, share, previousShare, change } = line;
  if (share === null || change === null) {
    return html`<div class="card"><h2>${label}</h2><p class="big">${figureLink(report, figure)}<span>件</span></p>
<p class="small">前週 ${figureLink(report, previous)}件</p></div>`;
  }
  return html`<div class="card"><h2>${label}</h2><p class="big">${formatPercent(share.value)}</p>
<p class="small">${figureLink(report, figure)}件　<span class="soft">95%信頼区間 ${formatPercent(share.low)}〜${formatPercent(share.high)}</span></p>
<p class="small">前週 ${figureLink(report, previous)}件${
    previousShare === null ? "" : `（${formatPercent(previousShare.value)}）`
  }　${changeWord(change)}</p></div>`;
}
