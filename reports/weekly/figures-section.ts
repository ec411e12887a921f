import { changeWord, levelText } from "../change-cell.ts";
import { figureOf } from "../figure.ts";
import { formatCount, formatPercent } from "../format-japanese.ts";
import { type Html, html } from "../html.ts";
import { comparableFigure, type KeyFigure } from "../key-figures.ts";
import { type Change, FEWEST_FOR_CHANGE } from "../statistics/change.ts";
import { figureLink } from "../voice-lists.ts";
import { CHANGE_WORDS } from "../words.ts";
import type { WeeklyReport } from "./weekly-report.ts";

const SHOWN = new Set<KeyFigure["measure"]>(["all", "complaint", "negative", "praise"]);

export function figuresSection(report: WeeklyReport): Html {
  return html`<section class="key" aria-label="主な数字">${report.keyFigures
    .filter(({ measure }) => SHOWN.has(measure))
    .map((line) => card(report, line))}</section>`;
}

/** Of fewer voices than a change can be told of, a share says more than is known: their number stands there. */
function card(report: WeeklyReport, line: KeyFigure): Html {
  const { label, figure, share, previousShare } = line;
  const { previous, change, usual, lastYear } = comparableFigure(line, report.trend);
  const compared = [change, usual?.change, lastYear?.change].filter((each) => each != null);
  const isStill = compared.length > 1 && compared.every((each) => each.word === "unclear");
  const word = (told: Change) => (isStill ? html`` : html`　${changeWord(told)}`);
  const still = isStill
    ? html`
<p class="small soft">${compared.length === 2 ? "どちら" : "どれ"}とも、${CHANGE_WORDS.unclear}</p>`
    : html``;
  const before = (rest: string) =>
    previous === null
      ? html`${change === null ? "" : changeWord(change)}`
      : html`前週 ${figureLink(report, previous)}件${rest}${change === null ? "" : word(change)}`;
  const past = (format: (level: number) => string) =>
    [
      { name: "いつも", baseline: usual },
      { name: "前年", baseline: lastYear },
    ].map(({ name, baseline }) =>
      baseline === null
        ? html``
        : html`
<p class="small">${levelText(name, baseline, format)}${word(baseline.change)}</p>`,
    );
  if (share === null) {
    const expected = (level: number) => `${formatCount(Math.round(level))}件`;
    return html`<div class="card"><h2>${label}</h2><p class="big">${figureLink(report, figure)}<span>件</span></p>
<p class="small">${before("")}</p>${past(expected)}${still}</div>`;
  }
  const total = figureOf(report.figures, "all").value;
  const value =
    total < FEWEST_FOR_CHANGE
      ? html`<p class="big">${figureLink(report, figure)}<span>件</span></p>
<p class="small soft">声${formatCount(total)}件のうち</p>`
      : html`<p class="big">${formatPercent(share.value)}</p>
<p class="small">${figureLink(report, figure)}件　<span class="soft">95%信頼区間 ${formatPercent(share.low)}〜${formatPercent(share.high)}</span></p>`;
  return html`<div class="card"><h2>${label}</h2>${value}
<p class="small">${before(previousShare === null ? "" : `（${formatPercent(previousShare.value)}）`)}</p>${past(formatPercent)}${still}</div>`;
}
